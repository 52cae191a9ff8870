"""Documents that hold one account: PDF, Word (.docx) and Markdown."""

from __future__ import annotations

from tellings.ingest.docx import accounts_of_docx
from tellings.ingest.markdown import accounts_of_markdown
from tellings.ingest.pdf import accounts_of_pdf

__all__ = ["accounts_of_docx", "accounts_of_markdown", "accounts_of_pdf"]
