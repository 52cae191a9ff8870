"""Show a reading, layer by layer: in the terminal, as one self-contained page, as JSON or as a table.

Reading -> draw -> Drawn (plain records in which every span brings its words) -> render_terminal, render_page,
to_json, to_table
"""

from tellings.show.reading.as_json import to_json
from tellings.show.reading.as_table import to_table
from tellings.show.reading.as_terminal import render_terminal
from tellings.show.reading.check import check, check_drawn
from tellings.show.reading.draw import draw
from tellings.show.reading.drawn import Drawn
from tellings.show.reading.layers import CALM, LAYERS, Layer, chosen
from tellings.show.reading.page import render_page

__all__ = [
    "CALM",
    "LAYERS",
    "Drawn",
    "Layer",
    "check",
    "check_drawn",
    "chosen",
    "draw",
    "render_page",
    "render_terminal",
    "to_json",
    "to_table",
]
