"""What holds for all tests."""

import os

from hypothesis import settings

# Examples are not timed: a busy machine would fail them. In CI the same examples are tried each time, so that a change
# is judged by what it does and not by the dice; elsewhere they vary.
settings.register_profile("tellings", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("tellings")
