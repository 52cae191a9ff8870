"""Feeds watched: read politely, their pages taken in and grouped, and said what is new of each story."""

from tellings.watching.records import AccountNews, ConflictNews, News, StoryNews, Stretch, Tools, VersionNews
from tellings.watching.watch import Watch

__all__ = ["AccountNews", "ConflictNews", "News", "StoryNews", "Stretch", "Tools", "VersionNews", "Watch"]
