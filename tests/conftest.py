"""What holds for all tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

# Examples are not timed: a busy machine would fail them. In CI the same examples are tried each time, so that a change
# is judged by what it does and not by the dice; elsewhere they vary.
settings.register_profile("tellings", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("tellings")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Two processes share the tests: a module stays together, for its fixtures' sake, but each floor stands alone."""
    for item in items:
        alone = item.get_closest_marker("corpora") is not None and hasattr(item, "callspec")
        item.add_marker(pytest.mark.xdist_group(item.nodeid if alone else item.nodeid.partition("::")[0]))


CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))),
    None,
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Chromium, started once."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: install Debian's package chromium to run the browser tests")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        # Containers run as root, where Chromium's own sandbox cannot start; the pages are our own.
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()
