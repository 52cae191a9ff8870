"""How links named on the command line are fetched: what came is kept in the user's cache folder."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tellings.fetching import Settings


def fetching(inputs: Iterable[str]) -> Settings | None:
    """Settings for the links among some inputs, None where there is none, so that nothing of fetching is loaded."""
    from tellings.ingest.files import is_link

    if not any(map(is_link, inputs)):
        return None
    from tellings.fetching import Settings, usual_folder

    return Settings(cache=usual_folder(os.environ, sys.platform))
