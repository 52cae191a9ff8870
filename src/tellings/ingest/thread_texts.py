"""Plain text threads: one account a post where marks part them; one of kind `thread` where only hands show."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tellings.errors import InputError
from tellings.ingest.decode import decode
from tellings.ingest.head import Facts, line_at
from tellings.ingest.make import made_id, stem_of
from tellings.ingest.nested import nested_voices
from tellings.ingest.text import account_of_text, without_returns
from tellings.ingest.thread_chat import Message, messages_of
from tellings.ingest.thread_lines import Mark, is_control, is_rule, marks_of, texts_between
from tellings.ingest.thread_parts import account_of_part, bytes_under, part_of
from tellings.ingest.thread_signs import hands
from tellings.records import Note, Original

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tellings.ingest.bytemap import Source
    from tellings.ingest.head import Line
    from tellings.records import Account

_LEAST = 2
_HEAD_LINES, _HEAD_WORDS = 3, 20
"""A thread's own head: so many lines at most before its first mark, each of so many words and without a full stop."""
_FIRST = Note("other", "what stands before the thread's first mark; who wrote it, and when, is not marked")
_UNPARTED = (
    "cannot tell where one post ends and the next begins: the text reads like several people's ({signs}), and nothing "
    "in it marks their posts; what is said in it is not one person's"
)


class _Section(NamedTuple):
    """The lines of one post: its marks from `first`, its words in `[body, end)`."""

    marks: tuple[Mark, ...]
    first: int
    body: int
    end: int


def posts_of_text(path: str, data: bytes, sha256: str) -> list[Account | InputError] | None:
    """Return the posts of a plain text thread in order; None where nothing shows that the text is one.

    Posts are parted where lines mark them: `Posted by X on DATE`, `#12`, `X wrote:`, `Re: ...`, a line of only an
    author and a time, with or without rules of dashes. Where several people seem to speak and nothing parts them, the
    text is one account of kind `thread` with a note that says so: no boundary, author or date is made up. Voices inside
    a post (quoted posts, e-mails) stay in its text, and notes say where. A post without words, or not in English, is an
    InputError in its place. Raises InputError for binary data.
    """
    source, notes = decode(path, data)
    lines = _lines(source.text)
    chat = messages_of([line.text for line in lines])
    if chat:
        original = Original(path, sha256, len(data), source.encoding)
        return list(_messages(path, source, original, data, lines, chat, notes))
    sections = _sections([line.text for line in lines])
    if sections:
        original = Original(path, sha256, len(data), source.encoding)
        return list(_posts(path, source, original, data, lines, sections, notes))
    signs = hands(source.text)
    if not signs:
        return None
    account = account_of_text(path, data, sha256)
    if account.outlet or account.published or account.kind == "newsletter":
        return None
    note = Note("other", _UNPARTED.format(signs="; ".join(signs)))
    voices = (Note("other", voice.told()) for voice in nested_voices(account.text))
    return [replace(account, kind="thread", notes=(*account.notes, note, *voices))]


def _lines(text: str) -> list[Line]:
    found, at = [], 0
    while at < len(text):
        line = line_at(text, at)
        found.append(line)
        at = line.next
    return found


def _sections(lines: Sequence[str]) -> list[_Section]:
    """The posts of a thread; none where fewer than two are marked in one way."""
    blocks = list(_blocks(lines, _trusted(lines, marks_of(lines))))
    told = [any(True for _ in texts_between(lines, last + 1, end)) for (_, last, _), end in _with_ends(blocks, lines)]
    if len(blocks) < _LEAST or sum(told) < _LEAST:
        return []
    found = [_Section(marks, first, last + 1, end) for (first, last, marks), end in _with_ends(blocks, lines)]
    before = list(texts_between(lines, 0, found[0].first))
    if before and not _is_head([lines[n] for n in before]):
        found.insert(0, _Section((), before[0], before[0], found[0].first))
    return found


def _trusted(lines: Sequence[str], marks: Sequence[Mark]) -> list[Mark]:
    """The marks of the kinds that part a thread: those used twice or more; a subject or `X wrote:` begins its part."""
    counts: dict[str, int] = {}
    firm: list[Mark] = []
    for mark in marks:
        begins = mark.first == 0 or not lines[mark.first - 1].strip() or is_rule(lines[mark.first - 1])
        begins = begins or (not firm and mark.first <= _HEAD_LINES and _is_head(lines[: mark.first]))
        beside = bool(firm) and firm[-1].last == mark.first - 1
        if mark.kind in {"posted", "number", "headed"} or begins or beside:
            firm.append(mark)
            counts[mark.kind] = counts.get(mark.kind, 0) + 1
    opens = firm[0] if firm and firm[0].kind == "posted" and len(firm) > _LEAST else None
    return [mark for mark in firm if counts[mark.kind] >= _LEAST or mark is opens]


def _blocks(lines: Sequence[str], marks: Sequence[Mark]) -> Iterator[tuple[int, int, tuple[Mark, ...]]]:
    """Marks that stand together, with nothing but blank lines and rules between: first and last line, and the marks."""
    group: list[Mark] = []
    for mark in marks:
        if group and (
            mark.kind in {one.kind for one in group} or _words_between(lines, group[-1].last + 1, mark.first)
        ):
            yield _block(lines, group)
            group = []
        group.append(mark)
    if group:
        yield _block(lines, group)


def _words_between(lines: Sequence[str], first: int, end: int) -> bool:
    return end - first > 3 or any(True for _ in texts_between(lines, first, end))


def _block(lines: Sequence[str], group: Sequence[Mark]) -> tuple[int, int, tuple[Mark, ...]]:
    last = group[-1].last
    while last + 1 < len(lines) and is_rule(lines[last + 1]):
        last += 1
    return group[0].first, last, tuple(group)


def _with_ends(
    blocks: Sequence[tuple[int, int, tuple[Mark, ...]]], lines: Sequence[str]
) -> Iterator[tuple[tuple[int, int, tuple[Mark, ...]], int]]:
    """Each block with the line its post ends before."""
    for number, block in enumerate(blocks):
        end = blocks[number + 1][0] if number + 1 < len(blocks) else len(lines)
        while end > block[1] + 1 and (
            not lines[end - 1].strip() or is_rule(lines[end - 1]) or is_control(lines[end - 1])
        ):
            end -= 1
        yield block, end


def _is_head(lines: Sequence[str]) -> bool:
    return len(lines) <= _HEAD_LINES and all(
        len(line.split()) <= _HEAD_WORDS and line.rstrip()[-1:] not in (".", "!", "”", '"') for line in lines
    )


def _posts(  # noqa: PLR0913 - the parts of a file, each read elsewhere
    path: str,
    source: Source,
    original: Original,
    data: bytes,
    lines: Sequence[Line],
    sections: Sequence[_Section],
    notes: Sequence[Note],
) -> Iterator[Account | InputError]:
    before = [line.text.strip() for line in lines[: sections[0].first]]
    head = [before[n] for n in texts_between(before, 0, len(before))]
    ident = made_id(stem_of(path), original.sha256)
    for number, section in enumerate(sections, 1):
        last = lines[max(section.end, section.body) - 1]
        start, end = lines[section.first].start, max(last.end, lines[section.first].end)
        body = lines[section.body].start if section.body < section.end else end
        words = source.text[body:end]
        begin, stop = body + len(words) - len(words.lstrip()), body + len(words.rstrip())
        pieces = list(without_returns(source, begin, max(begin, stop)))
        facts = _facts(section.marks, head)
        try:
            yield account_of_part(
                f"{path}:post {number}", source, pieces, part_of(source, original, data, start, end), facts,
                begins=bytes_under(source, start, end)[0], given_id=f"{ident}.{number}", kind="post",
                voices=nested_voices("".join(piece.text for piece in pieces)),
                notes=notes if section.marks else (*notes, _FIRST),
            )  # fmt: skip
        except InputError as error:
            yield error


def _messages(  # noqa: PLR0913 - as above
    path: str,
    source: Source,
    original: Original,
    data: bytes,
    lines: Sequence[Line],
    chat: Sequence[Message],
    notes: Sequence[Note],
) -> Iterator[Account | InputError]:
    """The messages of a chat as posts."""
    ident = made_id(stem_of(path), original.sha256)
    for number, one in enumerate(chat, 1):
        start, end = lines[one.first].start, lines[one.end - 1].end
        words = source.text[start + one.at : end]
        begin, stop = start + one.at + len(words) - len(words.lstrip()), start + one.at + len(words.rstrip())
        pieces = list(without_returns(source, begin, max(begin, stop)))
        facts = Facts(author=one.author, published=one.published, unread_date=one.unread_date)
        try:
            yield account_of_part(
                f"{path}:message {number}", source, pieces, part_of(source, original, data, start, max(stop, begin)),
                facts, begins=bytes_under(source, start, end)[0], given_id=f"{ident}.{number}", kind="post",
                voices=(), notes=notes,
            )  # fmt: skip
        except InputError as error:
            yield error


def _facts(marks: Sequence[Mark], head: Sequence[str]) -> Facts:
    """What a post's marks say of it; its title is its subject, else the thread's."""
    return Facts(
        title=next((mark.title for mark in marks if mark.title), head[-1] if head else None),
        author=next((mark.author for mark in marks if mark.author), None),
        published=next((mark.published for mark in marks if mark.published), None),
        unread_date=next((mark.unread_date for mark in marks if mark.unread_date), None),
    )
