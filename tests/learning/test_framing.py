"""An assignment says why, or it is not made."""

from collections.abc import Callable
from dataclasses import astuple

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from learning.framing import LONGEST, QUESTIONS, Framing, check_framing
from learning.models import Assignment
from tenants.people.models import Person
from tests.learning.cast import Assign
from tests.learning.framings.corpus import refused

GOOD = {
    "claim": "close deals faster",
    "because": "two demos ended without a next meeting",
    "sign": "every demo ends with a date in both calendars",
}
PARTS = st.sampled_from(sorted(GOOD))


def problems(**changes: str) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as error:
        check_framing(Framing(**{**GOOD, **changes}))
    return error.value.message_dict


@pytest.mark.parametrize("part", GOOD)
@pytest.mark.parametrize("text", refused())
def test_a_part_that_says_nothing_is_refused_with_the_question_it_should_answer(
    part: str, text: str
) -> None:
    assert problems(**{part: text}) == {part: [str(QUESTIONS[part])]}


@pytest.mark.parametrize("part", GOOD)
def test_what_stands_at_the_fields_is_no_framing(part: str) -> None:
    pasted = [str(question) for question in QUESTIONS.values()]
    pasted += [
        str(getattr(Assignment._meta.get_field(name), "help_text"))  # noqa: B009
        for name in ("because", "sign")  # the claim's is a claim
    ]
    for text in pasted:
        assert problems(**{part: text}) == {part: [str(QUESTIONS[part])]}


@given(
    part=PARTS,
    text=st.sampled_from(refused()),
    case=st.sampled_from([str.upper, str.lower, str.title]),
    before=st.text(" \n\t", max_size=4),
    after=st.text(" .!?\n", max_size=4),
)
def test_no_spelling_makes_a_placeholder_say_something(
    part: str, text: str, case: Callable[[str], str], before: str, after: str
) -> None:
    assert list(problems(**{part: f"{before}{case(text)}{after}"})) == [part]


@pytest.mark.parametrize("text", ["short???", "Sell!!!!!", "more . . ."])
def test_marks_make_no_word_longer(text: str) -> None:
    assert list(problems(claim=text)) == ["claim"]


def test_each_part_is_told_on_its_own() -> None:
    assert set(problems(claim="", because="todo", sign="")) == {"claim", "because", "sign"}


def test_parts_that_repeat_each_other_are_refused() -> None:
    same = GOOD["claim"]
    assert set(problems(because=same.upper())) == {"because"}
    assert set(problems(because=same, sign=same)) == {"because", "sign"}
    assert problems(sign=same)["sign"] == [f"Another part says the same. {QUESTIONS['sign']}"]


@pytest.mark.parametrize("part", GOOD)
def test_a_part_longer_than_an_assignment_holds_is_refused(part: str) -> None:
    longest = getattr(Assignment._meta.get_field(part), "max_length")  # noqa: B009
    assert LONGEST[part] == longest
    text = ("win the deals that we work on " * longest)[: longest - 1] + "b"
    check_framing(Framing(**{**GOOD, part: text}))
    assert problems(**{part: f"{text}b"}) == {part: [f"Say it in at most {longest} characters."]}


def test_spaces_and_the_full_stop_are_tidied_so_that_the_sentence_reads() -> None:
    assert Framing(**{**GOOD, "claim": " close  deals\nfaster. "}).claim == "close deals faster"


@given(claim=st.text(), because=st.text(), sign=st.text())
def test_tidying_twice_changes_nothing(claim: str, because: str, sign: str) -> None:
    framing = Framing(claim, because, sign)
    assert Framing(*astuple(framing)) == framing


def test_nothing_is_assigned_without_a_framing(assign: Assign, lee: Person) -> None:
    with pytest.raises(ValidationError) as error:
        assign(lee, framing=Framing(claim="sell", because="", sign=GOOD["sign"]))
    assert set(error.value.message_dict) == {"claim", "because"}
    assert not Assignment.objects.exists()


def test_what_is_only_a_concern_can_be_assigned(assign: Assign, lee: Person) -> None:
    career = Framing(**{**GOOD, "claim": "boost your career"})
    assert check_framing(career)
    assert assign(lee, framing=career).assignments[0].claim == "boost your career"


def test_the_framing_is_one_sentence_and_its_sign(assign: Assign, lee: Person) -> None:
    assert assign(lee, framing=Framing(**GOOD)).assignments[0].framing == (
        "This helps you close deals faster, because two demos ended without a next meeting. "
        "You will see it when every demo ends with a date in both calendars."
    )
