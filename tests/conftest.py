"""What holds for all tests."""

import os

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
