"""The form asks once about a wording that will not land, and takes it when it is kept."""

from typing import Any

import pytest

from learning.framing import Framing
from learning.models import Assignment, Path
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.console.cast import Visit

ADD = "/admin/learning/assignment/add/"
BOX = 'name="keep_wording"'
CAREER = {"claim": "boost your career in sales"}
KEEP = {"keep_wording": "on"}


@pytest.fixture
def form(lee: Person, sales_path: Path, framing: Framing) -> dict[str, Any]:
    """The form for Lee's path, filled in well, about the price."""
    return {
        "person": lee.pk,
        "path": sales_path.pk,
        "outcome": sales_path.role.outcomes.get(slug="hold-price").pk,
        "claim": framing.claim,
        "because": framing.because,
        "sign": framing.sign,
        "starts_on": "",
    }


@pytest.fixture
def post(acme: Company, olive: Person, visit: Visit, form: dict[str, Any]) -> Any:
    """``post(claim="...")``: what the site answers when Olive sends the form with these changes."""
    client = visit(acme, olive)
    return lambda **changes: client.post(ADD, form | changes)


def help_of(answer: Any, part: str) -> str:
    return str(answer.context["adminform"].form[part].help_text)


def test_form_comes_back_with_the_reason_and_the_hint_at_the_field(post: Any) -> None:
    answer = post(**CAREER)
    assert answer.status_code == 200
    assert not Assignment.objects.exists()
    told = help_of(answer, "claim")
    assert "“boost your career” speaks of a career" not in told  # the words, not their surroundings
    assert "“your career” speaks of a career" in told
    assert told in answer.text
    assert 'aria-describedby="id_claim_helptext"' in answer.text
    assert 'id="id_claim_helptext"' in told
    assert "speaks of" not in help_of(answer, "because") + help_of(answer, "sign")
    assert "in one place" in answer.text


def test_warning_is_no_error(post: Any) -> None:
    answer = post(**CAREER)
    assert not answer.context["errors"]
    assert "Please correct" not in answer.text


def test_hint_speaks_of_the_outcome_that_was_chosen_where_no_other_is_nearer(post: Any) -> None:
    told = help_of(post(**CAREER), "claim")
    assert "“Hold the price” (average discount on signed contracts)" in told
    told = help_of(post(claim="close deals to boost your career"), "claim")
    assert "“Close deals faster” (median days from demo to close)" in told


def test_hint_is_told_once_for_all_that_is_said_of_one_field(post: Any) -> None:
    told = help_of(post(claim="boost your career and complete 20 hours of training"), "claim")
    assert "speaks of a career" in told
    assert "counts time spent learning" in told
    assert told.count("Say what changes at work instead") == 1


def test_word_of_an_outcome_of_the_role_is_no_concern(post: Any, sales_path: Path) -> None:
    told = {"claim": "get promoted accounts to reorder"}
    assert "speaks of a career" in help_of(post(**told), "claim")
    sales_path.role.outcomes.filter(slug="win-more").update(name="Win more promotions")
    assert post(**told).status_code == 302


def test_what_is_kept_is_assigned_as_it_stands(post: Any) -> None:
    assert post(**CAREER, **KEEP).status_code == 302
    assert Assignment.objects.get().claim == CAREER["claim"]


def test_what_is_reworded_is_assigned_without_keeping_anything(post: Any) -> None:
    post(**CAREER)
    assert post().status_code == 302
    assert Assignment.objects.get().claim == "close deals faster"


def test_box_is_there_only_when_it_is_needed_and_once(
    acme: Company, olive: Person, visit: Visit, post: Any
) -> None:
    assert BOX not in visit(acme, olive).get(ADD).text
    assert BOX not in post(person="").text
    three = {**CAREER, "because": "HR asks for it", "sign": "you have finished the course"}
    answer = post(**three)
    assert answer.text.count(BOX) == 1
    assert BOX in help_of(answer, "sign")
    assert "in 3 places" in answer.text


def test_concerns_and_errors_are_told_together(post: Any) -> None:
    answer = post(**CAREER, person="")
    assert set(answer.context["adminform"].form.errors) == {"person"}
    assert "speaks of a career" in help_of(answer, "claim")


def test_keeping_a_wording_does_not_save_an_empty_one(post: Any) -> None:
    answer = post(claim="tbd", **KEEP)
    assert set(answer.context["adminform"].form.errors) == {"claim"}
    assert not Assignment.objects.exists()


def test_ticked_box_stays_ticked_while_something_else_is_wrong(post: Any) -> None:
    answer = post(**CAREER, **KEEP, person="")
    assert "checked" in help_of(answer, "claim")
    assert "Not saved yet" not in answer.text


def test_what_was_typed_is_shown_as_text(post: Any) -> None:
    told = help_of(post(claim="boost your career <b>now</b> & grow as a <i>leader"), "claim")
    assert "<b>" not in told
    assert "<i>" not in told
