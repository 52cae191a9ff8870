"""A page taken apart again, with the standard library's parser, by what its elements say of themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "input", "br"}


@dataclass
class Element:
    """An element with its attributes and the text in it and below it."""

    name: str
    attributes: dict[str, str | None]
    text: str = ""
    parents: tuple[str, ...] = ()

    def get(self, name: str) -> str:
        return self.attributes.get(name) or ""

    def at(self) -> tuple[str, int, int]:
        """The account's letter and the code points of the words the element holds."""
        letter, start, end = self.get("data-at").split(" ")
        return letter, int(start), int(end)


@dataclass
class Page(HTMLParser):
    """All elements of a page in the order in which they begin."""

    elements: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs), parents=tuple(e.name for e in self.open))
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"{self.open[-1].name} is closed by {tag}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

    def traced(self) -> list[Element]:
        """The elements that say which words of which account they hold."""
        return [e for e in self.elements if not e.attributes.keys().isdisjoint(("data-at", "data-account"))]

    def named(self, name: str) -> list[Element]:
        return [element for element in self.elements if element.name == name]

    def with_class(self, name: str) -> list[Element]:
        return [element for element in self.elements if name in element.get("class").split()]

    def by_id(self, name: str) -> Element:
        (found,) = (element for element in self.elements if element.get("id") == name)
        return found


def parse(html: str) -> Page:
    """Parse a page and see that every element is closed."""
    page = Page()
    page.feed(html)
    page.close()
    assert page.open == []
    return page
