"""What grouping and watching keep.

Revision: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

EXACT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_SPAN = ("account", "start", "end", "other", "other_start", "other_end")


def upgrade() -> None:
    """Tables of sketches and of conflicts told; why stories changed; when feeds and their links are visited."""
    op.create_table(
        "sketches",
        sa.Column("account", sa.Integer(), sa.ForeignKey("accounts.id"), autoincrement=False, nullable=False),
        sa.Column("numbers", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("account"),
        comment="What the grouping compares of its latest accounts: numbers that lead back to no sentence.",
    )
    leads = {"account": (sa.ForeignKey("accounts.id"),), "other": (sa.ForeignKey("accounts.id"),)}
    op.create_table(
        "conflicts",
        *(sa.Column(name, sa.Integer(), *leads.get(name, ()), autoincrement=False, nullable=False) for name in _SPAN),
        sa.Column("seen", EXACT, nullable=False),
        sa.PrimaryKeyConstraint(*_SPAN),
        comment="Conflicts between two accounts that watching has told of.",
        sqlite_with_rowid=False,
    )
    op.add_column("story_changes", sa.Column("why", sa.Text(), nullable=True))
    for column in (sa.Column("moved", EXACT, nullable=True), sa.Column("pace", sa.Text(), nullable=True)):
        op.add_column("feeds", column)
    for number in ("number", "visits", "failures"):
        op.add_column("feed_links", sa.Column(number, sa.Integer(), nullable=True))
    for exact in ("item", "next"):
        op.add_column("feed_links", sa.Column(exact, EXACT, nullable=True))
    for words in ("etag", "modified"):
        op.add_column("feed_links", sa.Column(words, sa.Text(), nullable=True))
    op.create_index("feed_links_next", "feed_links", ["next"], unique=False)
