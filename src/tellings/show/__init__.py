"""Show a comparison: in the terminal, as one self-contained page, as CSV tables, or as the JSON contract."""

from tellings.show.contract import check, from_json, schema, to_json
from tellings.show.csv import render_csv
from tellings.show.only import only
from tellings.show.page import render_page
from tellings.show.terminal import render_terminal

__all__ = ["check", "from_json", "only", "render_csv", "render_page", "render_terminal", "schema", "to_json"]
