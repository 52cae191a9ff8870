"""Invented pages and accounts in any number, the same for the same number: what the benchmarks of running work on."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

_WHO = ("The harbour council", "A night ferry", "The school board", "One of the bakers", "The fire brigade", "A judge")
_DID = ("voted to close", "asked for", "has put off", "will pay for", "inspected", "promised to repair", "refused")
_WHAT = ("the old swing bridge", "a new roof", "two buses", "the library's cellar", "a hundred lamps", "the north quay")
_WHEN = ("on Monday", "last week", "after a long debate", "before the winter", "in the spring", "without a word")
_SAID = ("We cannot wait any longer", "Nobody was asked", "It will be open by May", "There is no money for that")
_NAMES = ("Ada Lindqvist", "Tom Orsa", "Mara Velden", "Ilse Brink", "Jon Harrow", "Pia Castell")


def paragraphs(number: int, sentences: int = 28) -> list[str]:
    """The text of one account, some 400 words."""
    dice = random.Random(number)
    told = []
    for place in range(sentences):
        line = f"{dice.choice(_WHO)} {dice.choice(_DID)} {dice.choice(_WHAT)} {dice.choice(_WHEN)}"
        if place % 3 == 1:
            line += f", and {dice.randrange(2, 900)} people came to hear of it"
        if place % 4 == 2:
            line = f"“{dice.choice(_SAID)},” said {dice.choice(_NAMES)}, who lives near {dice.choice(_WHAT)}"
        told.append(f"{line}.")
    return [" ".join(told[at : at + 4]) for at in range(0, sentences, 4)]


def page(number: int, sentences: int = 8) -> str:
    """A web page with what stands around a short article."""
    body = "\n".join(f"<p>{told}</p>" for told in paragraphs(number, sentences))
    links = "".join(f'<li><a href="/{number}/{at}">More of part {at}</a></li>' for at in range(40))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Story {number} of the quay</title>'
        f'<meta property="og:site_name" content="The Tidewater Post">'
        f'<meta property="article:published_time" content="2024-03-{number % 28 + 1:02}T08:00:00Z"></head>'
        f"<body><nav><ul>{links}</ul></nav><article><h1>Story {number} of the quay</h1>{body}</article>"
        f"<footer>About us. Contact. All rights reserved.</footer></body></html>\n"
    )


def pages(folder: Path, count: int) -> Path:
    """A folder of saved pages."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"{number:06}.html").write_text(page(number), encoding="utf-8")
    return folder


def lines(path: Path, count: int) -> Path:
    """A file of accounts, one a line."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            text = "\n\n".join(paragraphs(number))
            file.write(json.dumps({"id": f"told-{number}", "title": f"Story {number}", "text": text}) + "\n")
    return path


def archive(path: Path, bodies: list[bytes]) -> Path:
    """A web archive of pages, gzipped record by record."""
    with path.open("wb") as file:
        for number, body in enumerate(bodies):
            block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
            head = (
                f"WARC/1.1\r\nWARC-Type: response\r\n"
                f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
                f"WARC-Target-URI: https://tidewater.example/{number}\r\nWARC-Date: 2024-03-06T08:00:00Z\r\n"
                f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + block + b"\r\n\r\n", mtime=0))
    return path
