"""The words of corrections and around them, by which they are found again in another version of a text.

Revision: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Six columns; what a correction made before has none of them."""
    for name in ("exact", "prefix", "suffix", "other_exact", "other_prefix", "other_suffix"):
        op.add_column("corrections", sa.Column(name, sa.Text(), nullable=True))
