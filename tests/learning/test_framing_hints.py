"""What the framing check says: why such words do not land, and what to say instead."""

import pytest

from learning.framing import Framing, check_framing
from learning.models import Outcome
from tests.learning.framings.corpus import outcomes_of

VAGUE = Framing("boost your career", "it is required by policy", "you feel more confident")
AUDITS = Outcome(name="Pass audits without findings", measure="findings per audit")


def test_reason_tells_the_words_as_they_were_written() -> None:
    framing = Framing("this time: Boost YOUR  Career", "two demos ended early", "demos end on time")
    (concern,) = check_framing(framing)
    assert concern.words == "YOUR Career"
    assert concern.reason.startswith("“YOUR Career” speaks of a career.")


def test_each_kind_has_its_reason() -> None:
    hours = Framing("complete 20 hours", "deals wait for weeks", "deals wait for days")
    concerns = [*check_framing(VAGUE), *check_framing(hours)]
    assert len({concern.reason.removeprefix(f"“{concern.words}”") for concern in concerns}) == 4


@pytest.mark.parametrize("first", outcomes_of("account-executive"), ids=str)
def test_hint_names_the_first_outcome_and_its_measure_where_none_is_nearer(first: Outcome) -> None:
    hints = {concern.part: concern.hint for concern in check_framing(VAGUE, [first, AUDITS])}
    assert list(hints) == ["claim", "because", "sign"]
    assert len(set(hints.values())) == 3
    assert all(f"“{first.name}” ({first.measure})" in hint for hint in hints.values())


def test_hint_names_the_outcome_that_shares_words_with_the_part() -> None:
    framing = Framing("pass audits and get promoted", "three had findings", "the next has none")
    (concern,) = check_framing(framing, [*outcomes_of("account-executive"), AUDITS])
    assert concern.hint == (
        "Say what changes at work instead, for instance how it helps to "
        "“Pass audits without findings” (findings per audit)."
    )


def test_hint_is_general_where_no_outcomes_are_known() -> None:
    claim, because, sign = check_framing(VAGUE)
    assert claim.hint == "Say what gets faster, better or easier in their work."
    assert because.hint == "Say what happens at work today that this is to change."
    assert sign.hint.startswith("Say what the two of you will see at work")


def test_percent_signs_stand_in_the_hint_as_they_are() -> None:
    odd = Outcome(name="Reach 100 %s", measure="share in % (of all)")
    assert "“Reach 100 %s” (share in % (of all))" in check_framing(VAGUE, [odd])[0].hint
