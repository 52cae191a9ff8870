"""What was fetched as an input: a name that shows its form, and its bytes."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import urldefrag

from tellings.fetching.records import Fetched

ENDINGS: dict[str, str] = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt",
    "application/x-ndjson": ".jsonl", "application/ndjson": ".jsonl", "application/jsonl": ".jsonl",
    "application/jsonlines": ".jsonl", "application/rss+xml": ".rss", "application/atom+xml": ".atom",
    "application/feed+json": ".json", "application/json": ".json", "application/xml": ".xml", "text/xml": ".xml",
    "message/rfc822": ".eml", "application/mbox": ".mbox", "application/warc": ".warc", "application/pdf": ".pdf",
}  # fmt: skip
"""The ending a file of a content type has. For others the first bytes must tell."""


def as_input(fetched: Fetched) -> tuple[str, bytes]:
    """Return what was fetched as an importer takes it: the link as it was named, and the bytes as they came.

    Where the link's own ending is not that of its content type, the type's is put behind it as a fragment
    (`https://news.example/story#.html`): a fragment is never sent, so the name still is a link to the page.
    """
    ending = ENDINGS.get(fetched.head.content_type or "", "")
    plain = urldefrag(fetched.asked).url
    own = PurePosixPath(plain).suffix.lower()
    alike = own == ending or (own, ending) in ((".htm", ".html"), (".ndjson", ".jsonl"))
    return (plain if alike or not ending else f"{plain}#{ending}"), fetched.body
