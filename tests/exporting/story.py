"""A small invented story, as two accounts tell it: what `docs/exporting.md` shows."""

from __future__ import annotations

from tellings.records import (
    Account,
    Appearance,
    Claim,
    Comparison,
    Excerpt,
    FigureUse,
    InputFile,
    Manifest,
    Origin,
    Relation,
    Source,
    SourceAttribution,
    Span,
    Voice,
)
from tests.exporting.marked import account

FERRY = "The ferry Alda ran aground at noon. Six people were hurt, harbour master Jory Pell said."
COAST = "Eight people were hurt when a ferry ran aground, a nurse said."


def accounts() -> tuple[Account, Account]:
    """The two, one with a link."""
    link = "https://gull.example/ferry"
    head = {"title": "Ferry aground", "outlet": "The Gull", "published": "2026-05-04T14:00", "url": link}
    return account(FERRY, "gull", **head), account(COAST, "coast", outlet="Coast Post", published="2026-05-04T18:00")


def excerpt(one: Account, words: str) -> Excerpt:
    start = one.text.index(words)
    return Excerpt(one.id, start, start + len(words), words)


def told(one: Account, words: str, speaker: str, kind: str) -> Appearance:
    at, said = excerpt(one, words), excerpt(one, speaker)
    voice = Voice(speaker, kind, Span(said.start, said.end))  # type: ignore[arg-type] # one of the types
    return Appearance(one.id, at.start, at.end, words, (voice,), "event", "affirmed", "certain")


def comparison() -> Comparison:
    """The two compared: how many were hurt is told differently."""
    gull, coast = accounts()
    hurt = Claim(
        "hurt", "disputed", 0.91,
        (
            told(gull, "Six people were hurt", "harbour master Jory Pell", "named person"),
            told(coast, "Eight people were hurt", "a nurse", "anonymous"),
        ),
        (Relation(0, 1, "conflict", 0.88, (excerpt(gull, "Six"), excerpt(coast, "Eight"))),),
        (Origin("o-1", "named person", "harbour master Jory Pell", (0,)), Origin("o-2", "anonymous", "a nurse", (1,))),
    )  # fmt: skip
    sources = tuple(
        Source(
            one.id, speaker, kind, None, None,  # type: ignore[arg-type] # one of the types
            (SourceAttribution(
                (excerpt(one, speaker),), (excerpt(one, "said"),), (excerpt(one, words),), "indirect", None, "neutral",
            ),),
            f"s-{number}",
        )
        for number, (one, speaker, kind, words) in enumerate((
            (gull, "harbour master Jory Pell", "named person", "Six people were hurt"),
            (coast, "a nurse", "anonymous", "Eight people were hurt when a ferry ran aground"),
        ), start=1)
    )  # fmt: skip
    six = FigureUse("gull", 36, 39, "Six", 6, 6, "people", "exactly", "hurt", "quoted")
    manifest = Manifest(
        "0.1.0", "the shipped reader", tuple(InputFile(f"{one.id}.txt", one.sha256) for one in (gull, coast)), (), (),
    )  # fmt: skip
    return Comparison((gull, coast), (hurt,), (), sources, (), (), (six,), (), (), manifest)
