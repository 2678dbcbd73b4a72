"""Nothing about fewer than five people is shown, nor can be worked out from what is."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learning.reports.small_groups import FEWEST, Share, Split, hidden_among

SIZES = st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 12), max_size=8)


def test_five_people_are_shown_and_four_are_not() -> None:
    assert Share.about(5, met=3, of=5) == Share(3, 5, 5)
    assert Share.about(4, met=3, of=4) == Share(None, None, None)
    assert Split.about(5, {"yes": 2, "no": 3}) == Split({"yes": 2, "no": 3}, 5, 5)
    assert Split.about(4, {"yes": 4}) == Split(None, None, None)


def test_a_hidden_figure_has_no_value_and_an_empty_one_is_no_division_by_zero() -> None:
    assert (Share.about(5, met=3, of=6).value, Share.about(4, met=1, of=4).value) == (0.5, None)
    assert Share.about(5, met=0, of=0).value is None
    assert Share.about(4, met=1, of=4).hidden
    assert not Share.about(5, met=0, of=5).hidden
    split = Split.about(8, {"yes": 2, "no": 5, "maybe": 1})
    assert (split.share("yes"), split.share("yes", "no"), split.share("maybe")) == (
        2 / 8,
        7 / 8,
        1 / 8,
    )
    assert Split.about(4, {"yes": 4}).share("yes") is None
    assert (split.hidden, Split.about(4, {"yes": 4}).hidden) == (False, True)


def test_many_things_about_few_people_are_hidden_too() -> None:
    assert Share.about(2, met=12, of=20).hidden


@pytest.mark.parametrize(
    "given",
    [
        {"met": 1, "of": 4, "people": 4},
        {"met": 1, "of": 4},
        {"met": 1},
        {"of": 9},
        {"people": 9},
        {"met": 6, "of": 5, "people": 5},
        {"met": -1, "of": 5, "people": 5},
    ],
)
def test_a_share_that_tells_too_much_or_makes_no_sense_cannot_be_made(given) -> None:
    with pytest.raises(ValueError, match=r"hidden|share"):
        Share(**given)


@pytest.mark.parametrize(
    "given",
    [
        {"parts": {"yes": 4}, "of": 4, "people": 4},
        {"parts": {"yes": 4}, "of": 4},
        {"parts": {"yes": 4}, "of": 9, "people": 9},
        {"of": 9, "people": 9},
        {"people": 9},
    ],
)
def test_a_split_that_tells_too_much_or_does_not_add_up_cannot_be_made(given) -> None:
    with pytest.raises(ValueError, match=r"hidden|share|together"):
        Split(**given)


def test_one_small_group_takes_the_next_smallest_with_it() -> None:
    assert hidden_among({"A": 4, "B": 20, "C": 9}) == {"A", "C"}
    assert hidden_among({"A": 2, "B": 2, "C": 9, "D": 8}) == {"A", "B", "D"}
    assert hidden_among({"A": 3, "B": 2, "C": 9}) == {"A", "B"}
    assert hidden_among({"A": 0, "B": 9}) == {"A"}  # nobody: there is nothing to work out
    assert hidden_among({"A": 5, "B": 9}) == frozenset()
    assert hidden_among({"A": 4}) == {"A"}
    assert hidden_among({}) == frozenset()


@settings(max_examples=300)
@given(sizes=SIZES)
def test_no_subtraction_leaves_one_to_four_people(sizes: dict[str, int]) -> None:
    """Whatever shown groups are taken off the whole, what is left is five people, or nobody."""
    hidden = hidden_among(sizes)
    whole = sum(sizes.values())
    shown = [size for key, size in sizes.items() if key not in hidden]
    assert all(size >= FEWEST for size in shown)
    if whole < FEWEST:
        assert not shown  # the whole is hidden itself
        return
    for number in range(len(shown) + 1):
        for taken in combinations(shown, number):
            assert not 0 < whole - sum(taken) < FEWEST


@settings(max_examples=300)
@given(sizes=SIZES)
def test_no_more_is_hidden_than_has_to_be(sizes: dict[str, int]) -> None:
    hidden = hidden_among(sizes)
    small = {key for key, size in sizes.items() if size < FEWEST}
    assert small <= hidden
    assert len(hidden - small) <= 1
    if more := hidden - small:
        assert 0 < sum(sizes[key] for key in small) < FEWEST
        assert max(sizes[key] for key in more) <= min(
            (size for key, size in sizes.items() if key not in hidden), default=99
        )
