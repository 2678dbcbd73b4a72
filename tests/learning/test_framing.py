"""An assignment says why, or it is not made."""

import pytest
from django.core.exceptions import ValidationError

from learning.framing import QUESTIONS, Framing, check_framing
from learning.models import Assignment
from tenants.people.models import Person
from tests.learning.cast import Assign

GOOD = {
    "claim": "close deals faster",
    "because": "two demos ended without a next meeting",
    "sign": "every demo ends with a date in both calendars",
}


def problems(**changes: str) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused:
        check_framing(Framing(**{**GOOD, **changes}))
    return refused.value.message_dict


@pytest.mark.parametrize("part", ["claim", "because", "sign"])
@pytest.mark.parametrize(
    "text",
    [
        *("", "   ", "short", "TBD", "n/a", "placeholder", "xxxxxxxxxx", "----------", "????????"),
        *(
            "Lorem ipsum dolor sit amet",
            "[the reason goes here]",
            "{because it helps}",
            "tbd tbd tbd",
            "todo - tba",
        ),
    ],
)
def test_a_part_that_says_nothing_is_refused_with_the_question_it_should_answer(
    part: str, text: str
) -> None:
    assert problems(**{part: text}) == {part: [QUESTIONS[part]]}


def test_each_part_is_told_on_its_own() -> None:
    assert set(problems(claim="", because="todo", sign="")) == {"claim", "because", "sign"}


@pytest.mark.parametrize("part", ["claim", "because", "sign"])
def test_a_part_longer_than_an_assignment_holds_is_refused(part: str) -> None:
    longest = getattr(Assignment._meta.get_field(part), "max_length")  # noqa: B009
    check_framing(Framing(**{**GOOD, part: "a" * (longest - 1) + "b"}))
    assert problems(**{part: "a" * longest + "b"}) == {
        part: [f"Say it in at most {longest} characters."]
    }


def test_spaces_and_the_full_stop_are_tidied_so_that_the_sentence_reads() -> None:
    assert Framing(**{**GOOD, "claim": " close  deals\nfaster. "}).claim == "close deals faster"


def test_nothing_is_assigned_without_a_framing(assign: Assign, lee: Person) -> None:
    with pytest.raises(ValidationError) as refused:
        assign(lee, framing=Framing(claim="sell", because="", sign=GOOD["sign"]))
    assert set(refused.value.message_dict) == {"claim", "because"}
    assert not Assignment.objects.exists()


def test_the_framing_is_one_sentence_and_its_sign(assign: Assign, lee: Person) -> None:
    assert assign(lee, framing=Framing(**GOOD)).assignments[0].framing == (
        "This helps you close deals faster, because two demos ended without a next meeting. "
        "You will see it when every demo ends with a date in both calendars."
    )
