"""What is marked in each account: of a comparison, or of what a library keeps. Pure."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tellings.exporting.records import Kept, KeptAccount, KeptSource, Made, Mark, Marked, Value
from tellings.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tellings.exporting.records import KeptAttribution
    from tellings.records import Comparison, Excerpt


def made_by(comparison: Comparison) -> Made:
    """What made a comparison."""
    return Made(comparison.manifest.version, comparison.manifest.model, "comparison")


def of_comparison(comparison: Comparison) -> Iterator[Marked]:
    """The accounts with their attributions, statements of claims, labels, figures, times of claims and wording.

    Raises:
        SpanError: a shown text is not its account's `text[start:end]`.

    """
    from tellings.show.contract import check

    check(comparison)
    by: dict[str, list[Mark]] = defaultdict(list)
    _sources(comparison, by)
    _statements(comparison, by)
    for name in comparison.names:
        for use in name.labels:
            said = _said(entity=name.entity, type=name.type, voice=use.voice, kind=use.kind)
            parts = _parts(speaker=() if use.speaker is None else (use.speaker,))
            by[use.account].append(Mark("label", (Span(use.start, use.end),), said, parts))
    for figure in comparison.figures:
        said = _said(low=figure.low, high=figure.high, unit=figure.unit, bound=figure.bound, claim=figure.claim)
        parts = _parts(counted=() if figure.counted is None else (figure.counted,))
        by[figure.account].append(Mark("figure", (Span(figure.start, figure.end),), said, parts))
    for time in comparison.timeline:
        said = _said(value=time.value, until=time.until, claim=time.claim)
        by[time.account].append(Mark("time", (Span(time.start, time.end),), said))
    for loaded in comparison.wording:
        said = _said(score=loaded.score, voice=loaded.voice, claim=loaded.claim)
        by[loaded.account].append(Mark("wording", (Span(loaded.start, loaded.end),), said))
    copies = {one.account: one for one in comparison.copies}
    for account in comparison.accounts:
        copy = copies.get(account.id)
        of, version = (None, False) if copy is None else (copy.of, copy.kind == "version")
        yield Marked(account, tuple(by[account.id]), of, version)


def _sources(comparison: Comparison, by: dict[str, list[Mark]]) -> None:
    for source in comparison.sources:
        for one in source.attributions:
            said = _said(
                manner=one.manner, speaker=source.name, source_type=source.type, source_id=source.id, via=source.via
            )
            spans = tuple(Span(part.start, part.end) for part in one.content)
            if spans:
                mark = Mark("attribution", spans, said, _parts(source=one.source, cue=one.cue))
                by[source.account].append(mark)


def _statements(comparison: Comparison, by: dict[str, list[Mark]]) -> None:
    for claim in comparison.claims:
        for use in claim.appearances:
            speaker = next((step.name for step in reversed(use.voice) if step.name), None)
            said = _said(
                claim=claim.id, standing=claim.standing, kind=use.kind, polarity=use.polarity,
                certainty=use.certainty, speaker=speaker,
            )  # fmt: skip
            by[use.account].append(Mark("statement", (Span(use.start, use.end),), said))


def of_library(records: Iterable[Kept]) -> Iterator[Marked]:
    """The accounts of a library with their attributions, statements, names, figures, times and wording."""
    sources: dict[int, KeptSource] = {}
    for record in records:
        if isinstance(record, KeptSource):
            sources[record.id] = record
        elif isinstance(record, KeptAccount):
            first = record.version_of if record.version > 1 else None
            yield Marked(record.account, tuple(_kept(record, sources)), first, version=first is not None)


def _kept(one: KeptAccount, sources: dict[int, KeptSource]) -> Iterator[Mark]:
    names = [_name(said, sources) for said in one.attributions]
    for said, (speaker, kind) in zip(one.attributions, names, strict=True):
        parts = _ends(source=(said.source_start, said.source_end), cue=(said.cue_start, said.cue_end))
        spans = said.parts or (Span(said.start, said.end),)
        yield Mark("attribution", spans, _said(manner=said.manner, speaker=speaker, source_type=kind), parts)
    for told in one.statements:
        speaker = None if told.attribution is None else names[told.attribution][0]
        details = _said(
            kind=told.kind, quoted=told.quoted, polarity="negated" if told.negated else "affirmed",
            certainty="hedged" if told.hedged else "certain", speaker=speaker,
        )  # fmt: skip
        yield Mark("statement", (Span(told.start, told.end),), details)
    for entity in one.entities:
        for place in entity.places:
            yield Mark("name", (place,), _said(entity=entity.name, type=entity.type))
    for figure in one.figures:
        details = _said(low=figure.low, high=figure.high, unit=figure.unit, bound=figure.bound)
        parts = _ends(counted=(figure.counted_start, figure.counted_end))
        yield Mark("figure", (Span(figure.start, figure.end),), details, parts)
    for time in one.times:
        yield Mark("time", (Span(time.start, time.end),), _said(kind=time.kind, value=time.value))
    for loaded in one.wording:
        details = _said(score=loaded.score / 100, voice="quoted" if loaded.quoted else "own")
        yield Mark("wording", (Span(loaded.start, loaded.end),), details)


def _name(said: KeptAttribution, sources: dict[int, KeptSource]) -> tuple[str | None, str | None]:
    source = None if said.source is None else sources[said.source]
    return (None, None) if source is None else (source.name, source.type)


def _said(**given: Value | None) -> tuple[tuple[str, Value], ...]:
    """What is known of some things."""
    return tuple((name, value) for name, value in given.items() if value is not None)


def _parts(**given: tuple[Excerpt, ...]) -> tuple[tuple[str, tuple[Span, ...]], ...]:
    return tuple(
        (name, tuple(Span(one.start, one.end) for one in excerpts)) for name, excerpts in given.items() if excerpts
    )


def _ends(**given: tuple[int | None, int | None]) -> tuple[tuple[str, tuple[Span, ...]], ...]:
    return tuple(
        (name, (Span(start, end),)) for name, (start, end) in given.items() if start is not None and end is not None
    )
