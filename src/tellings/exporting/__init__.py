"""Exports of comparisons and of libraries: a file a format, each taking records and giving text, piece by piece.

`marks` makes what is marked in accounts of a comparison, or of what a library keeps; `annotations` (W3C Web
Annotation), `prov` (W3C PROV) and `tables` (CSV, Parquet, data frames) show that. `claims` (schema.org) shows a
comparison's claims. `lines` are JSON lines, `bundle` takes the texts out of a library's and puts them in again.
`reattach` finds what was annotated in a text that may have changed.
"""
