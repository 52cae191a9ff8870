"""The tables of a library, the same in SQLite and in PostgreSQL.

Every table is meant to be read by people, too: offsets are code points of the account's text, half-open, so that
`substr(text, start + 1, end - start)` are the words; the views do that. What a comparison needs besides (words, parse,
pieces) is read again when it is asked for. Numbers are given by whoever adds, under the writer's lock, so that the same
accounts in the same order have the same numbers in both stores.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
)

HEAD = "0003"
"""The version of these tables; a migration of that name leads to it."""

metadata = MetaData()

# dates and ids are compared as written, whatever the server's language
Exact = Text().with_variant(Text(collation="C"), "postgresql")

about = Table(
    "about",
    metadata,
    Column("name", Exact, primary_key=True),
    Column("value", Text, nullable=False),
    comment="What holds for the whole library: which form of vectors it keeps.",
)

readers = Table(
    "readers",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", Exact, nullable=False, unique=True),
    comment="The models that accounts were read with.",
)

texts = Table(
    "texts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sha256", Exact, nullable=False, unique=True),
    Column("text", Text, nullable=False),
    comment="Texts, each once; sha256 is of its UTF-8 bytes.",
)

originals = Table(
    "originals",
    metadata,
    Column("sha256", Exact, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("zlib", LargeBinary, nullable=False),
    comment="The bytes that accounts were taken from, compressed; sha256 and size are of them before.",
    sqlite_with_rowid=False,
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", Exact, nullable=False, unique=True),
    Column("text", Integer, ForeignKey("texts.id"), nullable=False),
    Column("sha256", Exact, nullable=False, unique=True),
    Column("kind", Exact, nullable=False),
    Column("title", Text),
    Column("outlet", Text),
    Column("author", Text),
    Column("published", Exact),
    Column("updated", Exact),
    Column("fetched", Exact),
    Column("url", Exact),
    Column("path", Text, nullable=False),
    Column("offset", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("encoding", Exact, nullable=False),
    Column("runs", LargeBinary),
    Column("notes", Text),
    Column("reader", Integer, ForeignKey("readers.id"), nullable=False),
    Column("added", Exact, nullable=False),
    Index("accounts_text", "text"),
    Index("accounts_outlet", "outlet"),
    Index("accounts_published", "published"),
    Index("accounts_url", "url"),
    comment="Accounts; sha256 is of the original's bytes. runs lead from the text to them; notes are JSON.",
)

versions = Table(
    "versions",
    metadata,
    Column("account", Integer, ForeignKey("accounts.id"), primary_key=True, autoincrement=False),
    Column("first", Integer, ForeignKey("accounts.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Index("versions_first", "first"),
    comment="Accounts that are versions of one page: the first that was added, and the number of each from 1.",
    sqlite_with_rowid=False,
)

sources = Table(
    "sources",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("key", Exact, nullable=False),
    Column("type", Exact, nullable=False),
    Column("name", Text, nullable=False),
    Index("sources_key", "key", "type", unique=True),
    comment="Who is quoted, by name as first met; key is how names are matched, type '' where it cannot be told.",
)

source_words = Table(
    "source_words",
    metadata,
    Column("word", Exact, primary_key=True),
    Column("source", Integer, ForeignKey("sources.id"), primary_key=True, autoincrement=False),
    comment="The words of a source's name, by which it is found.",
    sqlite_with_rowid=False,
)

attributions = Table(
    "attributions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("account", Integer, ForeignKey("accounts.id"), nullable=False),
    Column("source", Integer, ForeignKey("sources.id")),
    Column("manner", Exact, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("source_start", Integer),
    Column("source_end", Integer),
    Column("cue_start", Integer),
    Column("cue_end", Integer),
    Column("parent", Integer, ForeignKey("attributions.id")),
    Column("parts", Text),
    Index("attributions_account", "account"),
    Index("attributions_source", "source"),
    comment="Who says what: start, end are of the content, parts its spans (JSON) where they do not hang together.",
)

statements = Table(
    "statements",
    metadata,
    Column("account", Integer, ForeignKey("accounts.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("attribution", Integer, ForeignKey("attributions.id")),
    Column("kind", Exact),
    Column("quoted", Boolean, nullable=False),
    Column("negated", Boolean, nullable=False),
    Column("hedged", Boolean, nullable=False),
    comment="Things told; attribution is the innermost voice, none for the account's own.",
    sqlite_with_rowid=False,
)

vectors = Table(
    "vectors",
    metadata,
    Column("account", Integer, ForeignKey("accounts.id"), primary_key=True, autoincrement=False),
    Column("codes", LargeBinary, nullable=False),
    comment="The meaning of an account's statements, 32 bytes each, in the order of their numbers.",
)

entities = Table(
    "entities",
    metadata,
    Column("account", Integer, ForeignKey("accounts.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("type", Exact, nullable=False),
    Column("name", Text, nullable=False),
    Column("places", Exact, nullable=False),
    comment="Who and what an account names; name is the fullest name there, places where it is named (JSON).",
    sqlite_with_rowid=False,
)

figures = Table(
    "figures",
    metadata,
    Column("account", Integer, ForeignKey("accounts.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("low", Float, nullable=False),
    Column("high", Float, nullable=False),
    Column("unit", Text, nullable=False),
    Column("bound", Exact, nullable=False),
    Column("counted_start", Integer),
    Column("counted_end", Integer),
    comment="Numbers with their unit and bound; low and high differ for a range.",
    sqlite_with_rowid=False,
)

times = Table(
    "times",
    metadata,
    Column("account", Integer, ForeignKey("accounts.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", Exact, nullable=False),
    Column("value", Exact),
    Column("first", Exact),
    Column("last", Exact),
    comment="Times by TIMEX3 value; first and last day, both in it, where they are other than the value.",
    sqlite_with_rowid=False,
)

wording = Table(
    "wording",
    metadata,
    Column("account", Integer, ForeignKey("accounts.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("score", SmallInteger, nullable=False),
    Column("quoted", Boolean, nullable=False),
    comment="Loaded wording; score in percent.",
    sqlite_with_rowid=False,
)

stories = Table(
    "stories",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("title", Text),
    Column("made", Exact, nullable=False),
    Column("changed", Exact, nullable=False),
    comment="Stories: accounts of one event.",
)

story_accounts = Table(
    "story_accounts",
    metadata,
    Column("story", Integer, ForeignKey("stories.id"), primary_key=True, autoincrement=False),
    Column("account", Integer, ForeignKey("accounts.id"), primary_key=True, autoincrement=False),
    Index("story_accounts_account", "account", unique=True),
    comment="Which accounts a story has now; an account is in one story at most.",
    sqlite_with_rowid=False,
)

story_changes = Table(
    "story_changes",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("story", Integer, ForeignKey("stories.id"), nullable=False),
    Column("account", Integer, ForeignKey("accounts.id"), nullable=False),
    Column("what", Exact, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Exact, nullable=False),
    Column("why", Text),
    Index("story_changes_story", "story"),
    Index("story_changes_account", "account"),
    comment="What became of stories: an account 'joined' or 'left', by whom (a person, or 'grouping').",
)

sketches = Table(
    "sketches",
    metadata,
    Column("account", Integer, ForeignKey("accounts.id"), primary_key=True, autoincrement=False),
    Column("numbers", LargeBinary, nullable=False),
    comment="What the grouping compares of its latest accounts: numbers that lead back to no sentence.",
)

conflicts = Table(
    "conflicts",
    metadata,
    Column("account", Integer, ForeignKey("accounts.id"), primary_key=True, autoincrement=False),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("end", Integer, primary_key=True, autoincrement=False),
    Column("other", Integer, ForeignKey("accounts.id"), primary_key=True, autoincrement=False),
    Column("other_start", Integer, primary_key=True, autoincrement=False),
    Column("other_end", Integer, primary_key=True, autoincrement=False),
    Column("seen", Exact, nullable=False),
    comment="Conflicts between two accounts that watching has told of.",
    sqlite_with_rowid=False,
)

corrections = Table(
    "corrections",
    metadata,
    Column("key", Exact, primary_key=True),
    Column("sha256", Exact, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("other_sha256", Exact),
    Column("other_start", Integer),
    Column("other_end", Integer),
    Column("kind", Exact, nullable=False),
    Column("value", Text),
    Column("author", Text, nullable=False),
    Column("made", Exact, nullable=False),
    Column("withdrawn", Exact),
    Column("note", Text),
    *(Column(name, Text) for name in ("exact", "prefix", "suffix", "other_exact", "other_prefix", "other_suffix")),
    Index("corrections_sha256", "sha256"),
    comment="What people put right: keyed to the hash of a text and a span of it, never to a reading.",
)

feeds = Table(
    "feeds",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("url", Exact, nullable=False, unique=True),
    Column("title", Text),
    Column("etag", Text),
    Column("modified", Text),
    Column("visited", Exact),
    Column("next", Exact),
    Column("failures", Integer, nullable=False),
    Column("problem", Text),
    Column("moved", Exact),
    Column("pace", Text),
    comment="Feeds that are watched, and when each was and will be visited.",
)

feed_links = Table(
    "feed_links",
    metadata,
    Column("feed", Integer, ForeignKey("feeds.id"), primary_key=True, autoincrement=False),
    Column("url", Exact, primary_key=True),
    Column("seen", Exact, nullable=False),
    Column("account", Integer, ForeignKey("accounts.id")),
    Column("problem", Text),
    Column("number", Integer),
    Column("item", Exact),
    Column("visits", Integer),
    Column("failures", Integer),
    Column("etag", Text),
    Column("modified", Text),
    Column("next", Exact),
    Index("feed_links_next", "next"),
    comment="What a feed named, and the account that came of it.",
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
"""Views: what people ask for in words, and (`said`, `told`) what the search by words is over."""
