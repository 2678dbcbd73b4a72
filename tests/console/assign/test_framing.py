"""The framing of a draft: checked while it is written and when it is sent, with ideas to take."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission

from learning.models import Outcome
from reinforcement.actions import note_barrier
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.console.assign.cast import START, WORDS, Wizard
from tests.console.cast import MakePerson, Visit

CAREER = "it is good for your career"


@pytest.fixture
def framing_of(wizard: Wizard, lee: Person) -> Wizard:
    """Lee is chosen."""
    wizard.choose(lee)
    return wizard


def parts(answer: Any) -> dict[str, Any]:
    return {part.name: part for part in answer.context["parts"]}


def test_the_outcomes_of_the_role_are_offered_with_what_they_measure(framing_of: Wizard) -> None:
    shown = framing_of.look("framing")
    assert "median days from demo to close: 62 → 45 days" in shown.text
    assert len(shown.context["outcomes"]) == framing_of.draft.path.role.outcomes.count()


def test_what_is_refused_is_said_at_its_part_and_what_was_written_stays(
    framing_of: Wizard,
) -> None:
    told = framing_of.frame(claim="tbd", because="", outcome="")
    assert "Say what it helps them do at work" in parts(told)["claim"].error
    assert "Say which struggle" in parts(told)["because"].error
    assert parts(told)["sign"].error == ""
    assert told.context["outcome_error"] == "Choose what it is to move."
    framing_of.draft.refresh_from_db()
    assert (framing_of.draft.claim, framing_of.draft.sign) == ("tbd", WORDS["sign"])
    assert framing_of.draft.step == "framing"


def test_a_concern_is_asked_about_once_and_the_wording_can_be_kept(framing_of: Wizard) -> None:
    told = framing_of.frame(because=CAREER)
    assert [concern.code for concern in parts(told)["because"].concerns] == ["career"]
    assert "Keep this wording" in told.text
    assert framing_of.look("plans").url == framing_of.at("framing")
    kept = framing_of.frame(because=CAREER, keep_wording="on")
    assert kept.redirect_chain[-1][0] == framing_of.at("plans")
    again = framing_of.frame(because=CAREER)  # having gone back, with the words as they were
    assert again.redirect_chain[-1][0] == framing_of.at("plans")
    changed = framing_of.frame(because=f"{CAREER} path")
    assert "Keep this wording" in changed.text


def test_while_it_is_written_it_is_checked_kept_and_shown_as_it_will_read(
    framing_of: Wizard,
) -> None:
    answer = framing_of.client.post(framing_of.at("check"), {"because": CAREER})
    assert "speaks of a career" in answer.text
    assert "Say what it helps them do" not in answer.text  # that is still empty: patience
    assert "This helps you …, because it is good for your career." in answer.text
    framing_of.draft.refresh_from_db()
    assert framing_of.draft.because == CAREER
    assert framing_of.client.get(framing_of.at("check")).status_code == 405


def test_back_keeps_what_was_written_right_or_wrong(framing_of: Wizard) -> None:
    back = framing_of.frame("back", claim="tbd", because="")
    assert back.redirect_chain[-1][0] == framing_of.at("people")
    assert parts(framing_of.look("framing"))["claim"].text == "tbd"


def test_open_barriers_and_words_used_before_are_ideas_that_a_button_takes(
    framing_of: Wizard, ada: Person, nia: Person, olive: Person, assign: Any
) -> None:
    outcome = Outcome.objects.get(slug="close-faster")
    note_barrier(manager=ada, words="Legal takes nine days.", actor=olive, outcome=outcome)
    assign(nia)
    because = parts(framing_of.look("framing"))["because"].ideas
    assert [(idea.text, idea.origin) for idea in because] == [
        ("Legal takes nine days", "a barrier Ada Lindqvist named"),
        (WORDS["because"], "used on this path before"),
    ]
    assert {idea.outcome for idea in because} == {outcome.pk}
    claims = [idea.text for idea in parts(framing_of.look("framing"))["claim"].ideas]
    assert claims.count("close deals faster") == 1
    taken = framing_of.frame("", because="old", take="because:Legal takes nine days")
    assert parts(taken)["because"].text == "Legal takes nine days"
    assert parts(taken)["claim"].text == WORDS["claim"]


def test_who_may_not_read_barriers_is_not_shown_them(
    acme: Company, ada: Person, lee: Person, olive: Person, visit: Visit, person: MakePerson,
    framing_of: Wizard,
) -> None:  # fmt: skip
    outcome = Outcome.objects.get(slug="close-faster")
    note_barrier(manager=ada, words="Legal takes nine days.", actor=olive, outcome=outcome)
    giver = person("Gil", "Ek", is_staff=True)
    giver.user_permissions.add(Permission.objects.get(codename="add_assignment"))
    theirs = Wizard(visit(acme, giver), framing_of.draft.path)
    theirs.choose(lee)
    assert "Legal takes nine days" in framing_of.look("framing").text
    assert "Legal takes nine days" not in theirs.look("framing").text


@pytest.mark.parametrize("day", ["soon", "2036-01-01"])
def test_a_day_that_is_none_or_far_off_is_said_at_its_field(framing_of: Wizard, day: str) -> None:
    told = framing_of.frame(starts_on=day)
    assert told.context["starts_on_error"]
    assert told.context["steps"][2]["is_now"]


def test_an_outcome_of_another_role_is_refused(framing_of: Wizard) -> None:
    from learning.library import load_role

    other = load_role("people-manager").outcomes.all()[0]
    assert framing_of.frame(outcome=other.pk).context["outcome_error"]


def test_what_is_written_is_text(framing_of: Wizard) -> None:
    told = framing_of.frame("check", claim="</textarea><b>x\0")
    assert "</textarea><b>" not in told.text
    assert framing_of.client.get(START).status_code == 200
