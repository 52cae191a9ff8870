"""Invented newsrooms on the test server: pages of invented events, and feeds that name them."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.fetching.server import Asked, Site, said

EVENTS = {
    "mill": (
        "A fire in the Harlow mill at Tessendale killed two weavers on Monday night, the brigade said.",
        "Captain Ines Varga said the blaze began in the carding room and was out by dawn.",
        "The Harlow mill at Tessendale, built in 1891, employs ninety weavers and carders.",
    ),
    "tram": (
        "The council of Port Quillan voted by nine to four for a tram to the harbour.",
        "Mayor Osric Dunn of Port Quillan had asked for the vote on the tram for six years.",
        "Work on the harbour tram begins in spring and will cost forty million crowns.",
    ),
}


def page(event: str, *more: str, title: str | None = None, published: str = "2026-03-02") -> bytes:
    """A page that tells an event."""
    head = title or f"What happened: {event}"
    told = "".join(f"<p>{line}</p>" for line in (*EVENTS[event], *more))
    return (
        f'<!doctype html><html lang="en"><head><title>{head}</title>'
        f'<meta property="article:published_time" content="{published}T08:00:00Z"></head>'
        f"<body><article><h1>{head}</h1>{told}</article></body></html>"
    ).encode()


@dataclass
class Newsroom:
    """A feed on a site, and the pages it names; the newest first, as feeds do."""

    site: Site
    path: str = "/feed"
    head: str = ""
    items: list[tuple[str, str]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    def publish(self, path: str, body: bytes, *, title: str = "News", link: str | None = None) -> None:
        """Put a page on the site and name it in the feed, or name it with another title."""
        self.site.pages[path] = said(body)
        self.items = [
            (link or self.site.url(path), title),
            *(one for one in self.items if one[0] != self.site.url(path)),
        ]
        self.renew()

    def renew(self) -> None:
        def answer(asked: Asked) -> bytes:  # the server tells functions by their arguments, of which methods have more
            return self.answer(asked)

        self.site.pages[self.path] = answer

    def answer(self, asked: Asked) -> bytes:
        """The feed, or 304 for who has it."""
        items = "".join(f"<item><title>{title}</title><link>{link}</link></item>" for link, title in self.items)
        feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Quay</title>{self.head}{items}</channel></rss>'
        tag = f'"{hash(feed)}"'
        if asked.headers.get("if-none-match") == tag:
            return said(b"", "304 Not Modified", etag=tag)
        return said(feed.encode(), content_type="application/rss+xml", etag=tag, **self.headers)
