"""Signed out in the middle of something: what was typed waits for whoever typed it."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from time_machine import Traveller

from learning.models import PlanStep
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import NOW, PASSWORD
from tests.portal.cast import Assign, Visit

LOGIN, AGAIN = "/accounts/login/", "/again/"
LINE = "Ask Brandt who signs, “by name” & <soon>"
HOST = "http://acme.localhost"


@pytest.fixture(autouse=True)
def _no_earlier_tries(acme: Company) -> None:
    cache.clear()


@pytest.fixture
def plan_step(lee: Person, assign: Assign) -> PlanStep:
    return assign(lee).plan_steps.earliest("position")


def typed(person: Person, **changes: str) -> dict[str, str]:
    return {"reader": str(person.uid), "intention": LINE, **changes}


def send_signed_out(client: Client, plan_step: PlanStep, sent: dict[str, str], **headers: str):
    page = f"{HOST}/path/{plan_step.uid}/"
    return client.post(
        f"/path/{plan_step.uid}/intention", sent, headers={"referer": page, **headers}
    )


def sign_in(client: Client, person: Person, after: str = AGAIN):
    sent = {"login": person.email, "password": PASSWORD, "next": after}
    return client.post(LOGIN, sent)


def form_in(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form with this action, as a browser would send them."""
    form = page[page.index(f'action="{action}"') :]
    pairs = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', form[: form.index("</")])
    return {name: unescape(value) for name, value in pairs}


def test_what_was_typed_is_shown_after_signing_in_and_sent_by_one_press(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep
) -> None:
    client = visit(acme)
    answer = send_signed_out(client, plan_step, typed(lee))
    assert answer["Location"] == f"{LOGIN}?next={AGAIN}"
    assert "What you wrote is kept" in client.get(answer["Location"]).text
    assert sign_in(client, lee)["Location"] == AGAIN
    page = client.get(AGAIN).text
    assert "You had been signed out. Nothing was lost." in page
    assert "Ask Brandt who signs, “by name” &amp; &lt;soon&gt;" in page
    assert f'href="/path/{plan_step.uid}/"' in page
    action = f"/path/{plan_step.uid}/intention"
    sent = form_in(page, action)
    assert sent["intention"] == LINE
    client.post(action, sent)
    plan_step.refresh_from_db()
    assert plan_step.intention == LINE
    assert client.get(AGAIN)["Location"] == "/"  # sent: nothing waits any more


def test_the_button_carries_a_fresh_token(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep
) -> None:
    client = visit(acme)
    send_signed_out(client, plan_step, typed(lee))
    sign_in(client, lee)
    strict = Client(enforce_csrf_checks=True, headers={"host": "acme.localhost"})
    strict.cookies = client.cookies
    action = f"/path/{plan_step.uid}/intention"
    sent = form_in(strict.get(AGAIN).text, action)
    assert strict.post(action, sent).status_code == 302
    plan_step.refresh_from_db()
    assert plan_step.intention == LINE


def test_nobody_else_sees_it_and_then_it_is_gone(
    visit: Visit, acme: Company, lee: Person, nia: Person, plan_step: PlanStep
) -> None:
    client = visit(acme)
    send_signed_out(client, plan_step, typed(lee))
    sign_in(client, nia)
    assert client.get(AGAIN)["Location"] == "/"
    client.post("/accounts/logout/")
    sign_in(client, lee)
    assert client.get(AGAIN)["Location"] == "/"


def test_it_waits_half_an_hour(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep, clock: Traveller
) -> None:
    client = visit(acme)
    send_signed_out(client, plan_step, typed(lee))
    clock.move_to(NOW + timedelta(minutes=30))
    sign_in(client, lee)
    assert client.get(AGAIN).status_code == 200
    clock.shift(timedelta(seconds=1))
    assert client.get(AGAIN)["Location"] == "/"


def test_words_lie_encrypted_in_the_session(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep
) -> None:
    send_signed_out(visit(acme), plan_step, typed(lee))
    kept = json.dumps([session.get_decoded() for session in Session.objects.all()])
    assert str(lee.uid) in kept
    assert "Brandt" not in kept


@pytest.mark.parametrize("reader", ["", "nobody", "00000000-0000-7000-8000-000000000000"])
def test_without_the_stamp_of_somebody_here_nothing_is_kept(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep, reader: str
) -> None:
    answer = send_signed_out(visit(acme), plan_step, typed(lee, reader=reader))
    assert answer["Location"] == f"{LOGIN}?next=/path/{plan_step.uid}/"
    assert not Session.objects.exists()


def test_past_ten_kilobytes_nothing_is_kept(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep
) -> None:
    client = visit(acme)
    send_signed_out(client, plan_step, typed(lee, intention="x" * 10_000))
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    "referer", ["", "https://evil.example/path/", f"{HOST}/nowhere/at/all", "javascript:alert(1)"]
)
def test_the_way_back_is_a_page_of_ours(
    visit: Visit, acme: Company, plan_step: PlanStep, referer: str
) -> None:
    answer = send_signed_out(visit(acme), plan_step, {"intention": LINE}, referer=referer)
    assert answer["Location"] == f"{LOGIN}?next=/"


def test_a_small_action_is_led_to_the_whole_sign_in_page(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep
) -> None:
    client = visit(acme)
    small = {"hx-request": "true", "hx-current-url": f"{HOST}/path/"}
    answer = send_signed_out(client, plan_step, typed(lee), **small)
    assert (answer.status_code, answer["HX-Redirect"]) == (401, f"{LOGIN}?next={AGAIN}")
    sign_in(client, lee)
    assert LINE.split(",")[0] in client.get(AGAIN).text
    answer = visit(acme).get("/week/", headers=small)
    assert (answer.status_code, answer["HX-Redirect"]) == (401, f"{LOGIN}?next=/path/")


def test_the_page_asks_to_sign_in_and_takes_no_post(
    visit: Visit, acme: Company, globex: Company, lee: Person, gus: Person, plan_step: PlanStep
) -> None:
    assert visit(acme).get(AGAIN)["Location"] == f"{LOGIN}?next={AGAIN}"
    assert visit(acme, lee).post(AGAIN).status_code == 405
    client = visit(acme)
    send_signed_out(client, plan_step, typed(lee))
    abroad = visit(globex, gus)
    assert abroad.get(AGAIN)["Location"] == "/"


@pytest.fixture
def strict(visit: Visit, acme: Company, lee: Person) -> Client:
    """Lee's browser, whose forms are checked; another sign-in made its open pages old."""
    client = Client(enforce_csrf_checks=True, headers={"host": "acme.localhost"})
    client.cookies = visit(acme, lee).cookies
    return client


def test_a_form_of_before_another_sign_in_shows_its_words_and_sends_them(
    strict: Client, lee: Person, plan_step: PlanStep
) -> None:
    action = f"/path/{plan_step.uid}/intention"
    page = strict.post(action, typed(lee), headers={"sec-fetch-site": "same-origin"})
    assert page.status_code == 403
    assert "Nothing was lost." in page.text
    assert "Ask Brandt who signs" in page.text
    assert strict.post(action, form_in(page.text, action)).status_code == 302
    plan_step.refresh_from_db()
    assert plan_step.intention == LINE


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": HOST},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
def test_a_form_that_is_not_ours_is_only_refused(
    strict: Client, lee: Person, plan_step: PlanStep, headers: dict[str, str]
) -> None:
    page = strict.post(f"/path/{plan_step.uid}/intention", typed(lee), headers=headers)
    assert page.status_code == 403
    assert "That form was out of date." in page.text
    assert "Brandt" not in page.text


def test_a_stale_form_of_somebody_else_or_of_another_part_shows_nothing(
    strict: Client, lee: Person, nia: Person, plan_step: PlanStep
) -> None:
    ours = {"sec-fetch-site": "same-origin"}
    for path, sent in (
        (f"/path/{plan_step.uid}/intention", typed(nia)),
        ("/admin/login/", typed(lee)),
        ("/accounts/login/", typed(lee)),
    ):
        page = strict.post(path, sent, headers=ours)
        assert page.status_code == 403
        assert "Brandt" not in page.text
    anonymous = Client(enforce_csrf_checks=True, headers={"host": "acme.localhost"})
    page = anonymous.post(f"/path/{plan_step.uid}/intention", typed(lee), headers=ours)
    assert "Brandt" not in page.text


def test_a_stale_small_action_is_led_to_its_words(
    strict: Client, lee: Person, plan_step: PlanStep
) -> None:
    small = {"hx-request": "true", "sec-fetch-site": "same-origin"}
    answer = strict.post(f"/path/{plan_step.uid}/intention", typed(lee), headers=small)
    assert (answer.status_code, answer["HX-Redirect"]) == (403, AGAIN)
    assert "Ask Brandt who signs" in strict.get(AGAIN).text


def test_every_form_that_takes_words_carries_its_readers_stamp(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep
) -> None:
    client = visit(acme, lee)
    stamp = f'name="reader" value="{lee.uid}"'
    skill = plan_step.step.step_skills.get().skill
    for address in (f"/path/{plan_step.uid}/", f"/where-am-i/{skill.uid}/", "/settings/"):
        assert stamp in client.get(address).text
