"""Old stories and new clusters: what becomes of each, and that repeating the changes gives the same stories."""

from hypothesis import given
from hypothesis import strategies as st

from tellings.grouping.ledger import Ledger
from tellings.grouping.records import Change
from tellings.grouping.settling import fates, told

LABELS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12)


@given(LABELS)
def test_repeating_the_changes_gives_the_clusters(labels):
    before = {row: old for row, (old, _) in enumerate(labels)}
    clusters = [[r for r, (_, new) in enumerate(labels) if new == n] for n in sorted({new for _, new in labels})]
    fate = fates(before, clusters)
    numbers = [100 + n if number is None else number for n, number in enumerate(fate.numbers)]
    assert len(set(numbers)) == len(clusters)
    names = {number: f"s{number}" for number in [*numbers, *before.values()]}
    ids = [f"a{row}" for row in before]
    ledger = Ledger()
    for row, old in before.items():
        kind = "begun" if old not in list(before.values())[:row] else "joined"
        ledger.add([Change(kind, names[old], ids[row], None, None, "")])
    ledger.add(told(before, clusters, numbers, fate, names, ids, [1.0] * len(clusters)))
    found = {story.id: set(story.accounts) for story in ledger.stories(dict.fromkeys(ids))}
    assert found == {names[n]: {ids[r] for r in rows} for n, rows in zip(numbers, clusters, strict=True)}


def test_a_split_keeps_the_name_for_the_larger_part():
    fate = fates({0: 7, 1: 7, 2: 7}, [[0, 1], [2]])
    assert fate.numbers == (7, None)


def test_a_merge_says_which_story_was_taken_in():
    fate = fates({0: 1, 1: 1, 2: 2}, [[0, 1, 2]])
    (change,) = told({0: 1, 1: 1, 2: 2}, [[0, 1, 2]], [1], fate, {1: "one", 2: "two"}, ["a", "b", "c"], [0.8])
    assert (change.kind, change.story, change.other, change.score) == ("merged", "one", "two", 0.8)
