"""What is wrong stands at its field, which has the focus; what was typed stays."""

import re

import pytest
from django.core.cache import cache

from learning.models import PlanStep
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.portal.cast import Assign, Visit


@pytest.fixture
def plan_step(lee: Person, assign: Assign) -> PlanStep:
    return assign(lee).plan_steps.earliest("position")


def control(page: str, name: str) -> str:
    """The tag of a field."""
    found = re.search(rf'<(?:input|select|textarea)[^>]*name="{name}"[^>]*>', page)
    assert found
    return found[0]


@pytest.mark.parametrize("verb", ["start", "done", "intention"])
def test_a_line_that_is_too_long_is_kept_as_typed_at_its_field(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep, verb: str
) -> None:
    line = "Ask who signs. " * 21
    answer = visit(acme, lee).post(f"/path/{plan_step.uid}/{verb}", {"intention": line})
    assert answer.status_code == 400
    field = control(answer.text, "intention")
    for part in (line.strip(), 'aria-invalid="true"', "autofocus", "intention_error"):
        assert part in field
    told = answer.text[answer.text.index('id="intention_error"') :]
    assert "Keep it to 300 characters: this line has 314." in told[: told.index("</div>")]
    assert "no-store" in answer["Cache-Control"]


def test_after_done_a_wrong_line_opens_the_fold_it_stands_in(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep
) -> None:
    client = visit(acme, lee)
    client.post(f"/path/{plan_step.uid}/done")
    assert "<details" not in client.get(f"/path/{plan_step.uid}/").text  # nothing to unfold yet
    client.post(f"/path/{plan_step.uid}/intention", {"intention": "Ask who signs"})
    assert '<details id="line" >' in client.get(f"/path/{plan_step.uid}/").text
    page = client.post(f"/path/{plan_step.uid}/intention", {"intention": "x" * 301}).text
    assert '<details id="line" open>' in page


def test_of_several_wrong_settings_the_first_has_the_focus_and_each_is_listed(
    visit: Visit, acme: Company, ada: Person, lee: Person
) -> None:
    sent = {"channel": "mail", "day": "9", "hour": "99", "paused_until": "soon"}
    page = visit(acme, ada).post("/settings/", sent).text
    assert "Not saved yet: 3 things to change." in page
    for name in ("day", "hour", "paused_until"):
        assert f'href="#id_{name}"' in page
        assert f'id="id_{name}"' in control(page, name)
        assert ("autofocus" in control(page, name)) == (name == "paused_until")
    assert page.count("autofocus") == 1


def test_a_wrong_way_has_the_focus_on_what_is_chosen(
    visit: Visit, acme: Company, ada: Person, lee: Person
) -> None:
    page = visit(acme, ada).post("/settings/", {"channel": ""}).text
    first = page[page.index('name="channel"') :]
    assert "autofocus" in first[: first.index(">")]
    assert page.count("autofocus") == 1


def test_a_refused_sign_in_keeps_the_address_and_asks_for_the_password(
    visit: Visit, acme: Company, lee: Person
) -> None:
    cache.clear()
    sent = {"login": "lee.tanaka@acme.example", "password": "not this one"}
    page = visit(acme).post("/accounts/login/", sent).text
    assert 'value="lee.tanaka@acme.example"' in control(page, "login")
    assert "autofocus" in control(page, "password")
    assert "autofocus" not in control(page, "login")
    assert "not this one" not in page
    page = visit(acme).post("/accounts/login/", {"login": "lee", "password": "x"}).text
    assert 'aria-invalid="true"' in control(page, "login")
    assert "autofocus" in control(page, "login")
    assert "autofocus" not in visit(acme).get("/accounts/login/").text


def test_a_wrong_address_for_a_reset_is_said_at_the_field(visit: Visit, acme: Company) -> None:
    cache.clear()
    page = visit(acme).post("/accounts/password/reset/", {"email": "lee"}).text
    assert 'value="lee"' in control(page, "email")
    assert "id_email_error" in control(page, "email")
    assert "autofocus" in control(page, "email")


def test_a_bad_answer_in_the_self_check_has_the_focus_on_the_levels(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep
) -> None:
    skill = plan_step.step.step_skills.get().skill
    answer = visit(acme, lee).post(f"/where-am-i/{skill.uid}/", {"level": "7"})
    assert "autofocus" in control(answer.text, "level")
    assert answer.text.count("autofocus") == 1


def test_a_learners_wrong_choice_of_mail_is_said_where_it_is_made(
    visit: Visit, acme: Company, lee: Person
) -> None:
    answer = visit(acme, lee).post("/settings/", {"mail": "pigeon"})
    assert answer.status_code == 400
    assert 'aria-describedby="mail-wrong"' in answer.text
    assert answer.text.count("autofocus") == 1
