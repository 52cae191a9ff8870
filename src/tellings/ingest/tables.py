"""What researchers export: tables (CSV, TSV), JSONL with names of its own, LexisNexis's and Factiva's text."""

from __future__ import annotations

from tellings.ingest.columns import Columns
from tellings.ingest.csvtable import accounts_of_table
from tellings.ingest.factiva import accounts_of_factiva, is_factiva
from tellings.ingest.lexis import accounts_of_lexis, is_lexis
from tellings.ingest.objectlines import accounts_of_objects

__all__ = [
    "Columns",
    "accounts_of_factiva",
    "accounts_of_lexis",
    "accounts_of_objects",
    "accounts_of_table",
    "is_factiva",
    "is_lexis",
]
