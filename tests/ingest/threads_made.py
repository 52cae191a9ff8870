"""Invented threads and pages in the ways that common engines write them, and what reads them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from tellings.errors import InputError
from tellings.ingest.decode import decode
from tellings.ingest.thread_hints import may_hold_parts
from tellings.ingest.threads import entries_of_page, posts_of_page, posts_of_text
from tellings.records import Account, Original
from tests.ingest.inputs import every_run_reads_back

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = "The old crane on the north quay came down in the storm, and nobody had looked at its bolts since the spring."
ARTICLE = "".join(
    f"<p>{words}</p>"
    for words in (
        "The old crane on the north quay of Ostrel came down in the storm on Monday night, the harbour master said.",
        "Nobody was hurt, because the quay had been closed at dusk when the wind rose and the ferries stayed in port.",
        "The council will meet on Thursday to say what the repair may cost and who will have to pay for the work.",
        "A new crane was planned for the year after next, but the money for it was spent on the swing bridge.",
    )
)

Posts = list[Account | InputError] | None


def page(source: str | bytes, *, entries: bool = False) -> Posts:
    """The posts, or the entries, of a page; what is placed is checked against the bytes, and a first look for parts."""
    data = source.encode() if isinstance(source, str) else source
    read, notes = decode("talk.html", data, page=True)
    original = Original("talk.html", hashlib.sha256(data).hexdigest(), len(data), read.encoding)
    ways = entries_of_page if entries else posts_of_page
    found = ways("talk.html", read, original, data, given_id="talk-1", notes=notes)
    assert found is None or may_hold_parts(read.text)
    return checked(found, data)


def text(source: str | bytes) -> Posts:
    """The posts of a plain text; what is placed is checked against the bytes."""
    data = source.encode() if isinstance(source, str) else source
    return checked(posts_of_text("talk.txt", data, hashlib.sha256(data).hexdigest()), data)


def checked(found: Posts, data: bytes) -> Posts:
    """The same, where each original is bytes of the file with their own digest and each run reads back from them."""
    for one in found or ():
        if isinstance(one, Account):
            original = one.original
            part = data[original.offset : original.offset + original.size]
            assert hashlib.sha256(part).hexdigest() == original.sha256 == one.sha256
            assert every_run_reads_back(one, part)
    return found


def told(found: Posts) -> list[tuple[str | None, str | None, str]]:
    """Author, time and text of each account."""
    return [(one.author, one.published, one.text) for one in found or () if isinstance(one, Account)]


def others(account: Account) -> list[str]:
    """What an account's notes of no code of their own say."""
    return [note.message for note in account.notes if note.code == "other"]


def html(*parts: str, head: str = "", title: str = "The crane") -> str:
    """A page of some parts."""
    return f"<!DOCTYPE html><html><head>{head}</head><body><h1>{title}</h1>{''.join(parts)}</body></html>"


def phpbb(number: int, author: str, body: str) -> str:
    """A post as phpBB 3 writes it."""
    return (
        f'<div id="p{number}" class="post has-profile bg2"><dl class="postprofile" id="profile{number}"><dt>'
        f'<a href="./u" class="username">{author}</a></dt><dd>Posts: 12</dd></dl><div class="postbody"><h3><a '
        f'href="#p{number}">Re: The crane</a></h3><p class="author">by <b><a class="username">{author}</a></b> '
        f'&raquo; Wed Nov 05, 2025 10:0{number} am</p><div class="content">{body}</div>'
        f'<div class="signature">Sail on</div></div></div>'
    )


def xenforo(number: int, author: str, body: str) -> str:
    """A post as XenForo 2 writes it."""
    return (
        f'<article class="message message--post" data-author="{author}" data-content="post-{number}" '
        f'id="js-post-{number}"><div class="message-user"><h4 class="message-name"><a class="username">{author}</a>'
        f'</h4></div><ul><li><time class="u-dt" datetime="2025-11-05T10:0{number}:00+0000">Wednesday</time></li></ul>'
        f'<div class="message-body"><div class="bbWrapper">{body}</div></div></article>'
    )


def vbulletin(number: int, author: str, body: str) -> str:
    """A post as vBulletin 4 writes it."""
    return (
        f'<li class="postbit" id="post_{number}"><span class="date">11-{number + 12}-2025, 10:00</span><a '
        f'class="username">{author}</a><div class="content"><blockquote class="postcontent restore">{body}</blockquote>'
        "</div></li>"
    )


def discourse(number: int, author: str, body: str) -> str:
    """A reply as Discourse writes it for crawlers."""
    return (
        '<div itemprop="comment" itemscope itemtype="http://schema.org/Comment" class="topic-body crawler-post">'
        '<span class="creator" itemprop="author" itemscope itemtype="http://schema.org/Person"><a itemprop="url">'
        f'<span itemprop="name">{author}</span></a></span><time itemprop="datePublished" '
        f'datetime="2025-11-05T10:0{number}:00Z">Nov 5</time><div class="post" itemprop="text">{body}</div></div>'
    )


def reddit(number: int, author: str, body: str, inside: str = "") -> str:
    """A comment, with those that answer it, as the old Reddit writes it."""
    return (
        f'<div class="thing id-t1_{number} comment" data-author="{author}"><p class="tagline"><a class="author">'
        f'{author}</a> <time datetime="2025-11-05T10:0{number}:00+00:00">1 h ago</time></p><div class="usertext-body">'
        f'<div class="md">{body}</div></div><ul class="flat-list"><li>reply</li></ul>'
        f'<div class="child">{inside}</div></div>'
    )


def wordpress(number: int, author: str, body: str, inside: str = "") -> str:
    """A comment, with those that answer it, as WordPress writes it."""
    return (
        f'<li id="comment-{number}" class="comment depth-1"><article id="div-comment-{number}" class="comment-body">'
        f'<footer class="comment-meta"><div class="comment-author vcard"><b class="fn">{author}</b> <span class="says">'
        f'says:</span></div><div class="comment-metadata"><a href="#"><time '
        f'datetime="2025-11-05T10:0{number % 10}:00+00:00">x</time></a></div></footer><div class="comment-content">'
        f'{body}</div></article><ol class="children">{inside}</ol></li>'
    )


def disqus(number: int, author: str, body: str) -> str:
    """A post as a Disqus export (XML) has it."""
    return (
        f'<post dsq:id="{number}"><id/><message><![CDATA[<p>{body}</p>]]></message>'
        f"<createdAt>2025-11-05T10:0{number}:00Z</createdAt><isDeleted>false</isDeleted><author><name>{author}</name><isAnonymous>false</isAnonymous></author>"
        "</post>"
    )


def of_no_engine(number: int, author: str, body: str) -> str:
    """A post of an engine that nobody knows."""
    return (
        f'<div class="answer-box n{number}"><span class="user-name">{author}</span> <span class="date">'
        f'5 November 2025, 10:0{number}</span><div class="said">{body}</div><a class="reply-link">Reply</a>'
        "</div>"
    )


def joined(parts: Sequence[str]) -> str:
    """Parts in a list as it stands on pages."""
    return f'<div class="list">{"".join(parts)}</div>'
