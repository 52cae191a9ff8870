"""Comparisons made by hand for the renderers: an invented fire in a harbour, told by three accounts."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from tellings.records import (
    Account,
    Appearance,
    Bound,
    Certainty,
    Change,
    Claim,
    Comparison,
    Copy,
    CueSort,
    Excerpt,
    FigureUse,
    Gap,
    InputFile,
    LabelUse,
    Manifest,
    Name,
    Note,
    Origin,
    Original,
    Polarity,
    Quote,
    QuoteAppearance,
    Relation,
    RelationKind,
    Setting,
    Source,
    SourceAttribution,
    SourceType,
    Span,
    Standing,
    TimelineEntry,
    Voice,
    Wording,
)

WIRE = """\
A fire destroyed two warehouses in Brackhaven harbour on Tuesday night, injuring at \
least nine people.

The fire broke out at 9 p.m. in a store of the Lodestar company, fire chief Ana Lind told \
reporters. "We saw no alarm and we heard no alarm," she said.

The alarm worked, the harbour company said in a statement. "Our systems did what they are built \
for."

About 60 firefighters fought the flames. The harbour was reopened on Wednesday."""

ECHO = """\
Two warehouses burned down in the harbour on Tuesday night. Fourteen people were \
injured, the Brackhaven hospital said on Wednesday.

The alarm never sounded, according to a dock worker who did not want to be named. "We heard no \
alarm," fire chief Ana Lind said.

Sixty firefighters were at work. A night watchman, Piet Orrel, carried a colleague out of the \
smoke."""

LETTER = """\
The harbour fire, in short: two warehouses are gone, and at least nine people were \
injured, says the Wire.

The fire chief, Ana Lind, told the Wire: "We saw no alarm and heard none." The company swears that \
the alarm worked.

What burned was furniture, mostly."""
LIND = "The fire chief, Ana Lind"


def account(name: str, text: str, *, path: str | None = None, **head: str | None) -> Account:
    """Make an account from its text alone."""
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    where = path or f"{name}.txt"
    original = Original(path=where, sha256=digest, size=len(text.encode("utf-8")), encoding="utf-8")
    return Account(id=name, text=text, sha256=digest, original=original, **head)  # type: ignore[arg-type] # heads are texts


def words(where: Account, text: str, nth: int = 0) -> Excerpt:
    """Find words in an account; `nth` counts their places from 0."""
    start = -1
    for _ in range(nth + 1):
        start = where.text.index(text, start + 1)
    return Excerpt(where.id, start, start + len(text), text)


def voice(where: Account, name: str | None, type_: SourceType | None, nth: int = 0) -> Voice:
    """One step of a voice, found by its words."""
    if name is None:
        return Voice(None, type_, None)
    found = words(where, name, nth)
    return Voice(name, type_, Span(found.start, found.end))


def told(
    where: Account,
    text: str,
    *steps: Voice,
    nth: int = 0,
    polarity: Polarity = "affirmed",
    certainty: Certainty = "certain",
) -> Appearance:
    """An appearance found by its words."""
    found = words(where, text, nth)
    return Appearance(where.id, found.start, found.end, text, steps, "event", polarity, certainty)


def relation(a: int, b: int, kind: RelationKind, *why: Excerpt, score: float = 0.9) -> Relation:
    """A relation, rather sure."""
    return Relation(a, b, kind, score, why)


def claim(
    name: str,
    standing: Standing,
    appearances: tuple[Appearance, ...],
    relations: tuple[Relation, ...] = (),
    origins: tuple[Origin, ...] = (),
) -> Claim:
    """A claim, rather sure."""
    own = Origin(f"{name}-own", "own reporting", None, tuple(range(len(appearances))))
    return Claim(name, standing, 0.87, appearances, relations, origins or (own,))


def figure(where: Account, text: str, value: float, unit: str, *, bound: Bound, of: str) -> FigureUse:
    """A figure found by its words."""
    found = words(where, text)
    return FigureUse(where.id, found.start, found.end, text, float(value), float(value), unit, bound, of)


def manifest(accounts: tuple[Account, ...], *layers: str) -> Manifest:
    """The manifest of a comparison of these accounts."""
    inputs = tuple(InputFile(a.original.path, a.original.sha256) for a in accounts)
    return Manifest("0.1.0", "encoder-1 (test)", inputs, (Setting("threshold", "0.5"),), layers)


def harbour_accounts() -> tuple[Account, Account, Account]:
    """The three accounts: a wire report, a local paper, a newsletter that names no date."""
    wire = account(
        "wire",
        WIRE,
        title="Harbour fire injures at least nine",
        outlet="The Wire",
        published="2026-03-11T07:10",
    )
    echo = account(
        "echo",
        ECHO,
        title="Fourteen injured in harbour fire",
        outlet="Brackhaven Echo",
        author="Lou Tamm",
        published="2026-03-11T16:05",
        url="https://echo.example/fire",
    )
    no_date = Note("no date", "the input gives no date")
    letter = account("letter", LETTER, title="What burned", outlet="Quay Letter")
    return wire, echo, replace(letter, notes=(no_date,))


def _hurt(wire: Account, echo: Account, letter: Account) -> Claim:
    hospital = voice(echo, "the Brackhaven hospital", "organisation")
    appearances = (
        told(wire, "injuring at least nine people"),
        told(echo, "Fourteen people were injured", hospital),
        told(letter, "at least nine people were injured", voice(letter, "the Wire", "outlet")),
    )
    relations = (
        relation(0, 1, "update", words(wire, "at least nine"), words(echo, "Fourteen")),
        relation(0, 2, "agree"),
        relation(2, 1, "update", words(letter, "at least nine"), words(echo, "Fourteen"), score=0.71),
    )
    origins = (
        Origin("hurt-own", "own reporting", None, (0, 2)),
        Origin("hurt-hospital", "organisation", "the Brackhaven hospital", (1,)),
    )
    return claim("hurt", "updated", appearances, relations, origins)


def _alarm(wire: Account, echo: Account, letter: Account) -> Claim:
    company = voice(wire, "the harbour company", "organisation")
    worker = voice(echo, "a dock worker who did not want to be named", "anonymous")
    appearances = (
        told(wire, "The alarm worked", company),
        told(echo, "The alarm never sounded", worker, polarity="negated"),
        told(letter, "the alarm worked", voice(letter, "The company", "organisation"), certainty="hedged"),
    )
    relations = (
        relation(0, 1, "conflict", words(wire, "worked"), words(echo, "never sounded"), score=0.97),
        relation(0, 2, "agree"),
        relation(1, 2, "conflict", words(echo, "never sounded"), words(letter, "worked"), score=0.93),
    )
    origins = (
        Origin("alarm-company", "organisation", "the harbour company", (0, 2)),
        Origin("alarm-worker", "anonymous", "a dock worker who did not want to be named", (1,)),
    )
    return claim("alarm", "disputed", appearances, relations, origins)


def _no_alarm(wire: Account, echo: Account, letter: Account) -> Claim:
    lind = voice(letter, LIND, "named person")
    to_wire = voice(wire, "fire chief Ana Lind", "named person")
    appearances = (
        told(wire, "We saw no alarm and we heard no alarm", to_wire),
        told(echo, "We heard no alarm", voice(echo, "fire chief Ana Lind", "named person")),
        told(letter, "We saw no alarm and heard none", voice(letter, "the Wire", "outlet", 1), lind),
    )
    relations = (relation(0, 1, "narrower", words(wire, "saw no alarm")), relation(0, 2, "agree"))
    origin = Origin("no-alarm-lind", "named person", "fire chief Ana Lind", (0, 1, 2))
    return claim("no-alarm", "narrower", appearances, relations, (origin,))


def harbour_claims(wire: Account, echo: Account, letter: Account) -> tuple[Claim, ...]:
    """Nine claims of every standing, in no helpful order; two overlap in the text."""
    return (
        claim(
            "begin",
            "single",
            (told(wire, "The fire broke out at 9 p.m.", voice(wire, "fire chief Ana Lind", "named person")),),
        ),
        _hurt(wire, echo, letter),
        claim(
            "crew",
            "differs",
            (
                told(wire, "About 60 firefighters fought the flames"),
                told(echo, "Sixty firefighters were at work"),
            ),
            (relation(0, 1, "differ", words(wire, "About 60"), words(echo, "Sixty"), score=0.55),),
        ),
        _alarm(wire, echo, letter),
        _no_alarm(wire, echo, letter),
        claim(
            "gone",
            "agreed",
            (
                told(wire, WIRE[: WIRE.index(".")]),
                told(echo, "Two warehouses burned down in the harbour on Tuesday night"),
                told(letter, "two warehouses are gone"),
            ),
            (relation(0, 1, "agree"), relation(1, 2, "agree")),
        ),
        claim(
            "watchman",
            "single",
            (told(echo, "A night watchman, Piet Orrel, carried a colleague out of the smoke"),),
        ),
        claim("open", "single", (told(wire, "The harbour was reopened on Wednesday"),)),
        claim("furniture", "single", (told(letter, "What burned was furniture, mostly"),)),
    )


def harbour_quotes(wire: Account, echo: Account, letter: Account) -> tuple[Quote, ...]:
    """One utterance in three versions: whole, clipped and altered."""
    whole = words(wire, "We saw no alarm and we heard no alarm,")
    clipped = words(echo, "We heard no alarm,")
    altered = words(letter, "We saw no alarm and heard none.")
    to_wire, to_echo = (words(where, "fire chief Ana Lind") for where in (wire, echo))
    versions = (
        QuoteAppearance(wire.id, whole.start, whole.end, whole.text, to_wire),
        QuoteAppearance(echo.id, clipped.start, clipped.end, clipped.text, to_echo),
        QuoteAppearance(letter.id, altered.start, altered.end, altered.text, None),
    )
    changes = (
        Change(0, 1, "left out", words(wire, "We saw no alarm and"), None),
        Change(0, 2, "altered", words(wire, "we heard no alarm"), words(letter, "heard none")),
    )
    return (Quote("Ana Lind", "altered", versions, changes),)


def _source(
    where: Account, name: str | None, type_: SourceType, content: str, cue: str, *, via: str | None = None
) -> Source:
    source = (words(where, name),) if name is not None else ()
    attribution = SourceAttribution(source, (words(where, cue),), (words(where, content),), "direct", None)
    return Source(where.id, name, type_, None, via, (attribution,))


def harbour_sources(wire: Account, echo: Account, letter: Account) -> tuple[Source, ...]:
    """The speakers of each account."""
    return (
        _source(wire, "fire chief Ana Lind", "named person", "The fire broke out at 9 p.m.", "told"),
        _source(wire, "the harbour company", "organisation", "The alarm worked", "said"),
        _source(echo, "the Brackhaven hospital", "organisation", "Fourteen people were injured", "said"),
        _source(
            echo,
            "a dock worker who did not want to be named",
            "anonymous",
            "The alarm never sounded",
            "according to",
        ),
        _source(letter, LIND, "named person", "We saw no alarm", "told", via="the Wire"),
        _source(letter, None, "organisation", "the alarm worked", "swears"),
    )


def harbour() -> Comparison:
    """The whole story, with the layers that the first version fills."""
    wire, echo, letter = accounts = harbour_accounts()
    gaps = (
        Gap("crew", "letter", "not told", "other accounts tell it"),
        Gap("begin", "letter", "cannot tell", "the input gives no date"),
    )
    figures = (
        figure(wire, "at least nine people", 9, "people", bound="at least", of="hurt"),
        figure(echo, "Fourteen people", 14, "people", bound="exactly", of="hurt"),
        figure(letter, "at least nine people", 9, "people", bound="at least", of="hurt"),
        figure(wire, "About 60 firefighters", 60, "firefighters", bound="about", of="crew"),
        figure(echo, "Sixty firefighters", 60, "firefighters", bound="exactly", of="crew"),
    )
    return Comparison(
        accounts=accounts,
        claims=harbour_claims(wire, echo, letter),
        quotes=harbour_quotes(wire, echo, letter),
        sources=harbour_sources(wire, echo, letter),
        names=(),
        wording=(),
        figures=figures,
        timeline=(),
        gaps=gaps,
        manifest=manifest(accounts, "claims", "quotes", "sources", "figures", "gaps"),
    )


def harbour_all_layers() -> Comparison:
    """The same story with the layers that later versions fill."""
    story = harbour()
    wire, echo, _ = story.accounts
    chief = words(wire, "fire chief Ana Lind")
    watchman = words(echo, "A night watchman, Piet Orrel")
    night = words(echo, "on Tuesday night")
    swears = words(story.accounts[2], "swears")
    return replace(
        story,
        names=(
            Name("Ana Lind", (LabelUse("wire", chief.start, chief.end, chief.text, "own"),)),
            Name("Piet Orrel", (LabelUse("echo", watchman.start, watchman.end, watchman.text, "own"),)),
        ),
        wording=(Wording("letter", swears.start, swears.end, swears.text, 0.8, "own"),),
        timeline=(TimelineEntry("gone", "echo", night.start, night.end, night.text, "2026-03-10"),),
        manifest=manifest(
            story.accounts, "claims", "quotes", "sources", "figures", "gaps", "names", "wording", "timeline"
        ),
    )


def _gulls(n: int, k: int) -> str:
    return f"Reader number {n} counted {k} gulls on the rocks below the lamp"


def crowd(count: int) -> Comparison:
    """A story of `count` accounts: all but the last agree on one thing, each tells twenty of its own."""
    accounts = tuple(
        account(
            f"paper-{n:02}",
            f"The lighthouse {'fell' if n < count - 1 else 'did not fall'} into the sea on Sunday. "
            + " ".join(f"{_gulls(n, k)}." for k in range(20)),
            title=f"Lighthouse report {n}",
            outlet=f"Skarrow Paper {n}",
            published=f"2026-05-{n + 1:02}",
        )
        for n in range(count)
    )
    fell = tuple(told(a, "fell" if n < count - 1 else "did not fall") for n, a in enumerate(accounts))
    last = count - 1
    relations = tuple(relation(0, n, "agree") for n in range(1, last)) + tuple(
        relation(n, last, "conflict", words(accounts[n], "fell"), words(accounts[last], "did not")) for n in range(last)
    )
    singles = tuple(
        claim(f"gulls-{n:02}-{k:02}", "single", (told(a, _gulls(n, k)),))
        for n, a in enumerate(accounts)
        for k in range(20)
    )
    return Comparison(
        accounts=accounts,
        claims=(claim("fell", "disputed", fell, relations), *singles),
        quotes=(),
        sources=(),
        names=(),
        wording=(),
        figures=(),
        timeline=(),
        gaps=(),
        manifest=manifest(accounts, "claims"),
    )


STONES = 40
"""Claims that the first three of the forty accounts tell, besides the three that all tell."""


def _paper(n: int) -> str:
    """One account of the forty: what some tell otherwise, stones that the first three tell, one thing of its own."""
    alarm = "The foghorn sounded" if n % 3 else "The foghorn never sounded"
    stones = " ".join(f"Stone {k} of the pier is lost." for k in range(STONES if n < 3 else 0)) or "The pier stands."
    return (
        f"The lighthouse fell into the sea on Sunday.\n\n{alarm}, keeper Ada Lorn said. "
        f"At least {9 + n % 5} people watched, harbour master Bo Quill {'claimed' if n % 2 else 'said'}. "
        f'"It went like a candle," Lorn {"told" if n % 2 else "said to"} the paper.\n\n{stones}\n\n'
        f"Reader {n} saw {n} gulls."
    )


def forty() -> Comparison:
    """A story of forty accounts with every layer; every fourth is a copy of the one before it."""
    accounts = tuple(
        account(
            f"paper-{n:02}",
            _paper(n),
            title=f"Lighthouse falls, report {n}",
            outlet=f"Skarrow Paper {n}",
            published=f"2026-05-{n // 4 + 1:02}T{8 + n % 4:02}:00",
        )
        for n in range(40)
    )
    copies = tuple(Copy(accounts[n].id, accounts[n - 1].id, 0.92) for n in range(3, 40, 4))
    return Comparison(
        accounts=accounts,
        claims=_forty_claims(accounts),
        quotes=_forty_quotes(accounts),
        sources=tuple(source for a in accounts for source in _forty_sources(a)),
        names=(
            Name(
                "Ada Lorn",
                tuple(
                    LabelUse(a.id, w.start, w.end, w.text, "own")
                    for a in accounts
                    for w in [words(a, "keeper Ada Lorn")]
                ),
            ),
        ),
        wording=tuple(
            Wording(a.id, w.start, w.end, w.text, 0.7, "quoted")
            for a in accounts[:5]
            for w in [words(a, "like a candle")]
        ),
        figures=tuple(
            figure(a, f"{9 + n % 5} people", 9 + n % 5, "people", bound="at least", of="watched")
            for n, a in enumerate(accounts)
        ),
        timeline=tuple(
            TimelineEntry("fell", a.id, w.start, w.end, w.text, "2026-04-26")
            for a in accounts
            for w in [words(a, "on Sunday")]
        ),
        gaps=(),
        manifest=manifest(accounts, "claims", "quotes", "sources", "names", "wording", "figures", "timeline", "gaps"),
        copies=copies,
    )


def _forty_claims(accounts: tuple[Account, ...]) -> tuple[Claim, ...]:
    def agreed(name: str, text: str, tellers: int) -> Claim:
        found = tuple(told(a, text) for a in accounts[:tellers])
        return claim(name, "agreed", found, tuple(relation(0, n, "agree") for n in range(1, tellers)))

    lorn = tuple(voice(a, "keeper Ada Lorn", "named person") for a in accounts)
    horn = tuple(
        told(a, "The foghorn sounded" if n % 3 else "The foghorn never sounded", lorn[n])
        for n, a in enumerate(accounts)
    )
    conflicts = tuple(
        relation(0, n, "conflict", words(accounts[0], "never sounded"), words(accounts[n], "sounded"))
        for n in range(1, 40)
        if n % 3
    ) + tuple(relation(1 if n % 3 else 0, n, "agree") for n in range(2, 40))
    watched = tuple(told(a, f"At least {9 + n % 5} people watched") for n, a in enumerate(accounts))
    differ = tuple(
        relation(0, n, "differ", words(accounts[0], "9 people"), words(accounts[n], f"{9 + n % 5} people"))
        for n in range(1, 40)
        if n % 5
    ) + tuple(relation(n % 5, n, "agree") for n in range(5, 40))
    return (
        agreed("fell", "The lighthouse fell into the sea on Sunday.", 40),
        claim("horn", "disputed", horn, conflicts),
        claim("watched", "differs", watched, differ),
        *(agreed(f"stone-{k}", f"Stone {k} of the pier is lost.", 3) for k in range(STONES)),
        *(claim(f"gulls-{n}", "single", (told(a, f"Reader {n} saw {n} gulls."),)) for n, a in enumerate(accounts)),
    )


def _forty_quotes(accounts: tuple[Account, ...]) -> tuple[Quote, ...]:
    found = [words(a, "It went like a candle,") for a in accounts]
    versions = tuple(QuoteAppearance(w.account, w.start, w.end, w.text, None) for w in found)
    return (Quote(None, "identical", versions, ()), Quote(None, "identical", versions[2:4], ()))


def _forty_sources(where: Account) -> tuple[Source, Source]:
    cue = "claimed" if "claimed" in where.text else "said"
    watched = where.text[where.text.index("At least") : where.text.index(" watched")]
    lorn = _source(where, "keeper Ada Lorn", "named person", "foghorn", "said")
    (saying,) = lorn.attributions
    neutral = replace(lorn, id="lorn", attributions=(replace(saying, sort="neutral"),))
    quill = _source(where, "harbour master Bo Quill", "role", watched, cue)
    (other,) = quill.attributions
    sort: CueSort = "doubting" if cue == "claimed" else "neutral"
    return neutral, replace(quill, id="quill", attributions=(replace(other, sort=sort),))
