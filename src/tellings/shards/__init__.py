"""Accounts and readings as Parquet, a file a shard of the inputs: for more than fits into one comparison."""

from tellings.shards.kept import accounts_in, readings_in
from tellings.shards.plan import shards_of
from tellings.shards.write import Kind, made_now, write

__all__ = ["Kind", "accounts_in", "made_now", "readings_in", "shards_of", "write"]
