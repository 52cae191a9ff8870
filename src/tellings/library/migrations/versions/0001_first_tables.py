"""The first tables.

Revision: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

EXACT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make everything."""
    tables()
    views()
    words()


def tables() -> None:
    """The tables with their keys and indexes."""
    op.create_table(
        "about",
        sa.Column("name", EXACT, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        comment="What holds for the whole library: which form of vectors it keeps.",
    )
    op.create_table(
        "corrections",
        sa.Column("key", EXACT, nullable=False),
        sa.Column("sha256", EXACT, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("other_sha256", EXACT, nullable=True),
        sa.Column("other_start", sa.Integer(), nullable=True),
        sa.Column("other_end", sa.Integer(), nullable=True),
        sa.Column("kind", EXACT, nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("made", EXACT, nullable=False),
        sa.Column("withdrawn", EXACT, nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key"),
        comment="What people put right: keyed to the hash of a text and a span of it, never to a reading.",
    )
    op.create_index("corrections_sha256", "corrections", ["sha256"], unique=False)
    op.create_table(
        "feeds",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("url", EXACT, nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("modified", sa.Text(), nullable=True),
        sa.Column("visited", EXACT, nullable=True),
        sa.Column("next", EXACT, nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("url"),
        comment="Feeds that are watched, and when each was and will be visited.",
    )
    op.create_table(
        "originals",
        sa.Column("sha256", EXACT, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("zlib", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
        comment="The bytes that accounts were taken from, compressed; sha256 and size are of them before.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "readers",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", EXACT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
        comment="The models that accounts were read with.",
    )
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", EXACT, nullable=False),
        sa.Column("type", EXACT, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        comment="Who is quoted, by name as first met; key is how names are matched, type '' where it cannot be told.",
    )
    op.create_index("sources_key", "sources", ["key", "type"], unique=True)
    op.create_table(
        "stories",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("made", EXACT, nullable=False),
        sa.Column("changed", EXACT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        comment="Stories: accounts of one event.",
    )
    op.create_table(
        "texts",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", EXACT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sha256"),
        comment="Texts, each once; sha256 is of its UTF-8 bytes.",
    )
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", EXACT, nullable=False),
        sa.Column("text", sa.Integer(), nullable=False),
        sa.Column("sha256", EXACT, nullable=False),
        sa.Column("kind", EXACT, nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("published", EXACT, nullable=True),
        sa.Column("updated", EXACT, nullable=True),
        sa.Column("fetched", EXACT, nullable=True),
        sa.Column("url", EXACT, nullable=True),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("offset", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("encoding", EXACT, nullable=False),
        sa.Column("runs", sa.LargeBinary(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("reader", sa.Integer(), nullable=False),
        sa.Column("added", EXACT, nullable=False),
        sa.ForeignKeyConstraint(
            ["reader"],
            ["readers.id"],
        ),
        sa.ForeignKeyConstraint(
            ["text"],
            ["texts.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
        sa.UniqueConstraint("sha256"),
        comment="Accounts; sha256 is of the original's bytes. runs lead from the text to them; notes are JSON.",
    )
    op.create_index("accounts_outlet", "accounts", ["outlet"], unique=False)
    op.create_index("accounts_published", "accounts", ["published"], unique=False)
    op.create_index("accounts_text", "accounts", ["text"], unique=False)
    op.create_index("accounts_url", "accounts", ["url"], unique=False)
    op.create_table(
        "source_words",
        sa.Column("word", EXACT, nullable=False),
        sa.Column("source", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["source"],
            ["sources.id"],
        ),
        sa.PrimaryKeyConstraint("word", "source"),
        comment="The words of a source's name, by which it is found.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "attributions",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("source", sa.Integer(), nullable=True),
        sa.Column("manner", EXACT, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("source_start", sa.Integer(), nullable=True),
        sa.Column("source_end", sa.Integer(), nullable=True),
        sa.Column("cue_start", sa.Integer(), nullable=True),
        sa.Column("cue_end", sa.Integer(), nullable=True),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("parts", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.id"],
        ),
        sa.ForeignKeyConstraint(
            ["parent"],
            ["attributions.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source"],
            ["sources.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        comment="Who says what: start, end are of the content, parts its spans (JSON) where they do not hang together.",
    )
    op.create_index("attributions_account", "attributions", ["account"], unique=False)
    op.create_index("attributions_source", "attributions", ["source"], unique=False)
    op.create_table(
        "entities",
        sa.Column("account", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("type", EXACT, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("places", EXACT, nullable=False),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.id"],
        ),
        sa.PrimaryKeyConstraint("account", "number"),
        comment="Who and what an account names; name is the fullest name there, places where it is named (JSON).",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "feed_links",
        sa.Column("feed", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("url", EXACT, nullable=False),
        sa.Column("seen", EXACT, nullable=False),
        sa.Column("account", sa.Integer(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.id"],
        ),
        sa.ForeignKeyConstraint(
            ["feed"],
            ["feeds.id"],
        ),
        sa.PrimaryKeyConstraint("feed", "url"),
        comment="What a feed named, and the account that came of it.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "figures",
        sa.Column("account", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("low", sa.Float(), nullable=False),
        sa.Column("high", sa.Float(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("bound", EXACT, nullable=False),
        sa.Column("counted_start", sa.Integer(), nullable=True),
        sa.Column("counted_end", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.id"],
        ),
        sa.PrimaryKeyConstraint("account", "number"),
        comment="Numbers with their unit and bound; low and high differ for a range.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "story_accounts",
        sa.Column("story", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.id"],
        ),
        sa.ForeignKeyConstraint(
            ["story"],
            ["stories.id"],
        ),
        sa.PrimaryKeyConstraint("story", "account"),
        comment="Which accounts a story has now; an account is in one story at most.",
        sqlite_with_rowid=False,
    )
    op.create_index("story_accounts_account", "story_accounts", ["account"], unique=True)
    op.create_table(
        "story_changes",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("story", sa.Integer(), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("what", EXACT, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", EXACT, nullable=False),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.id"],
        ),
        sa.ForeignKeyConstraint(
            ["story"],
            ["stories.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        comment="What became of stories: an account 'joined' or 'left', by whom (a person, or 'grouping').",
    )
    op.create_index("story_changes_account", "story_changes", ["account"], unique=False)
    op.create_index("story_changes_story", "story_changes", ["story"], unique=False)
    op.create_table(
        "times",
        sa.Column("account", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", EXACT, nullable=False),
        sa.Column("value", EXACT, nullable=True),
        sa.Column("first", EXACT, nullable=True),
        sa.Column("last", EXACT, nullable=True),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.id"],
        ),
        sa.PrimaryKeyConstraint("account", "number"),
        comment="Times by TIMEX3 value; first and last day, both in it, where they are other than the value.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vectors",
        sa.Column("account", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("codes", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.id"],
        ),
        sa.PrimaryKeyConstraint("account"),
        comment="The meaning of an account's statements, 32 bytes each, in the order of their numbers.",
    )
    op.create_table(
        "versions",
        sa.Column("account", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.id"],
        ),
        sa.ForeignKeyConstraint(
            ["first"],
            ["accounts.id"],
        ),
        sa.PrimaryKeyConstraint("account"),
        comment="Accounts that are versions of one page: the first that was added, and the number of each from 1.",
        sqlite_with_rowid=False,
    )
    op.create_index("versions_first", "versions", ["first"], unique=False)
    op.create_table(
        "wording",
        sa.Column("account", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("score", sa.SmallInteger(), nullable=False),
        sa.Column("quoted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.id"],
        ),
        sa.PrimaryKeyConstraint("account", "number"),
        comment="Loaded wording; score in percent.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "statements",
        sa.Column("account", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("attribution", sa.Integer(), nullable=True),
        sa.Column("kind", EXACT, nullable=True),
        sa.Column("quoted", sa.Boolean(), nullable=False),
        sa.Column("negated", sa.Boolean(), nullable=False),
        sa.Column("hedged", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.id"],
        ),
        sa.ForeignKeyConstraint(
            ["attribution"],
            ["attributions.id"],
        ),
        sa.PrimaryKeyConstraint("account", "number"),
        comment="Things told; attribution is the innermost voice, none for the account's own.",
        sqlite_with_rowid=False,
    )


VIEWS = {
    "quotations": """
        SELECT attributions.id AS attribution, accounts.name AS account, accounts.outlet, accounts.published,
          sources.name AS speaker, sources.type AS source_type, attributions.manner, attributions.start,
          attributions."end",
          substr(texts.text, attributions.start + 1, attributions."end" - attributions.start) AS words
        FROM attributions JOIN accounts ON accounts.id = attributions.account
          JOIN texts ON texts.id = accounts.text LEFT JOIN sources ON sources.id = attributions.source""",
    "statements_text": """
        SELECT accounts.name AS account, statements.number, statements.start, statements."end", statements.kind,
          statements.quoted, statements.negated, statements.hedged, sources.name AS speaker,
          substr(texts.text, statements.start + 1, statements."end" - statements.start) AS words
        FROM statements JOIN accounts ON accounts.id = statements.account JOIN texts ON texts.id = accounts.text
          LEFT JOIN attributions ON attributions.id = statements.attribution
          LEFT JOIN sources ON sources.id = attributions.source""",
    "figures_text": """
        SELECT accounts.name AS account, figures.start, figures."end", figures.low, figures.high, figures.unit,
          figures.bound, substr(texts.text, figures.start + 1, figures."end" - figures.start) AS words
        FROM figures JOIN accounts ON accounts.id = figures.account JOIN texts ON texts.id = accounts.text""",
    "wording_text": """
        SELECT accounts.name AS account, accounts.outlet, wording.start, wording."end", wording.score, wording.quoted,
          substr(texts.text, wording.start + 1, wording."end" - wording.start) AS words
        FROM wording JOIN accounts ON accounts.id = wording.account JOIN texts ON texts.id = accounts.text""",
    "said": """
        SELECT attributions.id,
          substr(texts.text, attributions.start + 1, attributions."end" - attributions.start) AS words
        FROM attributions JOIN accounts ON accounts.id = attributions.account JOIN texts ON texts.id = accounts.text""",
    "told": """
        SELECT accounts.id, accounts.title AS title, texts.text AS words
        FROM accounts JOIN texts ON texts.id = accounts.text""",
}


def views() -> None:
    """What people ask for, in words."""
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")


def words() -> None:
    """What finds words: FTS5 over the views in SQLite; in PostgreSQL tables of tsvector, stemmed, no word left out."""
    if op.get_bind().dialect.name == "sqlite":
        for name, columns in (("told", "title, words"), ("said", "words, detail=none, columnsize=0")):
            op.execute(
                f"CREATE VIRTUAL TABLE {name}_index USING fts5({columns}, content='{name}', content_rowid='id', "
                """tokenize="porter unicode61 remove_diacritics 2")"""
            )
        return
    op.execute("CREATE TEXT SEARCH DICTIONARY tellings_stem (TEMPLATE = snowball, Language = english)")
    op.execute("CREATE TEXT SEARCH CONFIGURATION tellings (COPY = simple)")
    op.execute(
        "ALTER TEXT SEARCH CONFIGURATION tellings ALTER MAPPING FOR asciiword, word, asciihword, hword, "
        "hword_asciipart, hword_part WITH tellings_stem"
    )
    for name, of in (("told", "accounts"), ("said", "attributions")):
        op.execute(f"CREATE TABLE {name}_index (id integer PRIMARY KEY REFERENCES {of} (id), words tsvector NOT NULL)")
        op.execute(f"CREATE INDEX {name}_index_words ON {name}_index USING gin (words)")
