"""The framing check: what speaks of careers, growth, hours or compliance instead of work."""

from collections import Counter
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from learning.framing import Concern, Framing, check_framing
from learning.library import available_roles, example_framings
from learning.models import Outcome
from tests.learning.framings.corpus import concerning, outcomes_of, passing, refused

GOOD = {
    "claim": "close deals faster",
    "because": "two demos ended without a next meeting",
    "sign": "every demo ends with a date in both calendars",
}


def check(part: str, text: str, *outcomes: Outcome) -> list[Concern]:
    return check_framing(Framing(**{**GOOD, part: text}), outcomes)


def codes(part: str, text: str, *outcomes: Outcome) -> list[str]:
    return [concern.code for concern in check(part, text, *outcomes)]


@pytest.mark.parametrize(("role", "part", "text"), passing())
def test_what_speaks_of_work_is_no_concern(role: str, part: str, text: str) -> None:
    assert check(part, text) == []
    assert check(part, text, *outcomes_of(role)) == []


@pytest.mark.parametrize(("role", "part", "text", "expected"), concerning())
def test_what_speaks_of_something_else_is_a_concern(
    role: str, part: str, text: str, expected: set[str]
) -> None:
    found = check(part, text, *outcomes_of(role))
    assert {concern.code for concern in found} == expected
    assert {concern.part for concern in found} == {part}
    assert all(concern.words in text for concern in found)
    assert codes(part, text) == [concern.code for concern in found]


@pytest.mark.parametrize("role", available_roles())
def test_framings_of_the_starter_library_are_no_concern(role: str) -> None:
    for example in example_framings(role):
        framing = Framing(*(example[part] for part in GOOD))
        assert check_framing(framing, outcomes_of(role)) == []


def test_half_of_the_sentences_pass_and_every_role_and_part_is_among_them() -> None:
    passes = [(role, part) for role, part, _ in passing()]
    others = [(role, part) for role, part, *_ in concerning()]
    every = {(role, part) for role in available_roles() for part in GOOD}
    assert set(passes) == set(others) == every
    assert len(passes) >= len(others) + len(refused())
    texts = Counter([text for *_, text in passing()] + [text for _, _, text, _ in concerning()])
    assert [text for text, times in texts.items() if times > 1] == []


def test_one_concern_for_each_part_and_kind() -> None:
    career = "boost your career, get promoted, and grow as a leader"
    found = check_framing(Framing(career, f"you should {career}", GOOD["sign"]))
    assert [(concern.part, concern.code) for concern in found] == [
        ("claim", "career"),
        ("claim", "growth"),
        ("because", "career"),
        ("because", "growth"),
    ]


def test_what_an_outcome_of_the_role_speaks_of_is_the_work() -> None:
    inside = Outcome(name="Fill openings from inside", measure="share filled by promotion")
    assert codes("sign", "two of the team get promoted") == ["career"]
    assert codes("sign", "two of the team get promoted", inside) == []
    assert codes("claim", "boost your career", inside) == ["career"]  # which is another word

    valid = Outcome(name="Stay certified", measure="certificates that are valid on the day")
    assert codes("sign", "you are certified for the new line") == ["compliance"]
    assert codes("sign", "you are certified for the new line", inside, valid) == []


def test_an_outcome_in_hours_excuses_no_hours_of_training() -> None:
    sooner = Outcome(name="Answer sooner", measure="median hours to the first answer")
    assert codes("claim", "complete 20 hours", sooner) == []
    assert codes("claim", "complete 20 hours of training", sooner) == ["hours"]


@given(st.sampled_from(concerning()), st.sampled_from([str.upper, str.title, str.capitalize]))
def test_capitals_do_not_matter(
    sentence: tuple[str, str, str, set[str]], case: Callable[[str], str]
) -> None:
    _, part, text, expected = sentence
    assert set(codes(part, case(text))) == expected


SENTENCES = [*(text for _, _, text in passing()), *(text for _, _, text, _ in concerning())]


@given(st.text() | st.lists(st.sampled_from([*SENTENCES, "İ", "’", "ß", ","])).map(" ".join))
def test_any_text_is_refused_or_read(text: str) -> None:
    framing = Framing(**{**GOOD, "because": text})
    found: list[Concern] = []
    try:
        found = check_framing(framing)
    except ValidationError as error:
        told = error.message_dict
        assert list(told) == ["because"]
    assert all(concern.words and concern.words in framing.because for concern in found)
