"""Another prompt, and the one before."""

from datetime import timedelta

import pytest
from django.test import Client
from time_machine import Traveller

from learning.models import Skill
from reinforcement.models import Brief, BriefItem, Prompt
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.portal.cast import MakePerson, Visit, WriteBrief


@pytest.fixture
def item(ada: Person, lee: Person, write_brief: WriteBrief) -> BriefItem:
    return write_brief(ada, lee).items.get()


@pytest.fixture
def browser(visit: Visit, acme: Company, ada: Person) -> Client:
    return visit(acme, ada)


def now_of(item: BriefItem) -> Prompt:
    """The prompt that the item has by now."""
    return Prompt.objects.get(items=item)


def said(item: BriefItem) -> str:
    """The same, about Lee, as a page writes it."""
    return now_of(item).said_about("Lee").replace("'", "&#x27;")


def ask(client: Client, item: BriefItem, back: str = "", prompt: str = "") -> str:
    """The page after a press, as the page before it would send it."""
    sent = {"prompt": prompt or str(now_of(item).uid)}
    return client.post(f"/week/{item.uid}/prompt{back}", sent, follow=True).content.decode()


def test_another_one_takes_the_place_of_the_first(browser: Client, item: BriefItem) -> None:
    first = said(item)
    page = ask(browser, item)
    assert said(item) != first
    assert said(item) in page
    assert first not in page
    assert "The one before" in page


def test_the_next_best_fits_the_step_and_the_moment_first(browser: Client, item: BriefItem) -> None:
    order = []
    for _ in range(3):
        ask(browser, item)
        order.append((now_of(item).skill, now_of(item).moment))
    skills = Skill.objects.filter(steps__plan_steps=item.plan_step)
    assert {skill for skill, _moment in order} <= set(skills)
    closeness = {"starting": 2, "in_the_middle": 1}
    found = [closeness.get(moment, 0) for _skill, moment in order]
    assert found == sorted(found, reverse=True)


def test_the_one_before_comes_back_until_the_first(browser: Client, item: BriefItem) -> None:
    seen = [said(item)]
    for _ in range(2):
        ask(browser, item)
        seen.append(said(item))
    assert len(set(seen)) == 3
    assert seen[1] in ask(browser, item, "/back")
    page = ask(browser, item, "/back")
    assert seen[0] in page
    assert "The one before" not in page
    assert BriefItem.objects.get(pk=item.pk).prompts_seen == []
    assert seen[0] in ask(browser, item, "/back")


def test_pressing_twice_is_once(browser: Client, item: BriefItem) -> None:
    first = str(now_of(item).uid)
    for _ in range(2):
        ask(browser, item, prompt=first)
    second = str(now_of(item).uid)
    assert BriefItem.objects.get(pk=item.pk).prompts_seen == [item.prompt_id]
    ask(browser, item)
    for _ in range(2):
        ask(browser, item, "/back", prompt=str(now_of(item).uid))
        ask(browser, item, "/back", prompt=second + "0")
    assert BriefItem.objects.get(pk=item.pk).prompt_id == item.prompt_id


def test_where_all_were_used_it_says_so_and_keeps_the_last(
    browser: Client, item: BriefItem
) -> None:
    Prompt.objects.exclude(items=item).update(active=False)
    page = ask(browser, item)
    assert "There is no other one for Lee: you had them all in the last eight weeks." in page
    assert said(item) in page


def test_never_one_that_the_two_had_in_eight_weeks(
    browser: Client, item: BriefItem, ada: Person
) -> None:
    had, seen, older, free = Prompt.objects.filter(skill=None, outcome=None, role=None)[:4]
    Prompt.objects.exclude(pk__in=[had.pk, seen.pk, older.pk, free.pk]).update(active=False)
    for weeks, shown, before in ((7, had, [seen.pk]), (9, older, [])):
        earlier = Brief.objects.create(
            manager=ada,
            iso_year=2026,
            iso_week=47 - weeks,
            due_at=item.brief.due_at - timedelta(weeks=weeks),
            written_at=item.brief.written_at,
            state="written",
        )
        BriefItem.objects.create(
            brief=earlier,
            report=item.report,
            assignment=item.assignment,
            position=0,
            why="turn",
            moment="stuck",
            prompt=shown,
            prompts_seen=before,
        )
    got = set()
    for _ in range(2):
        ask(browser, item)
        got.add(now_of(item))
    assert got == {older, free}
    assert "There is no other one for Lee" in ask(browser, item)


def test_no_two_people_hear_the_same_unless_there_is_no_other(
    browser: Client, ada: Person, lee: Person, nia: Person, write_brief: WriteBrief
) -> None:
    brief = write_brief(ada, lee, nia)
    first, second, third = Prompt.objects.filter(skill=None, outcome=None, role=None)[:3]
    Prompt.objects.exclude(pk__in=[first.pk, second.pk, third.pk]).update(active=False)
    brief.items.filter(report=nia).update(prompt=second)
    brief.items.filter(report=lee).update(prompt=first)
    item = brief.items.get(report=lee)
    ask(browser, item)
    assert now_of(item) == third
    ask(browser, item)
    assert now_of(item) == second


def test_one_that_was_deleted_meanwhile_is_passed_over(browser: Client, item: BriefItem) -> None:
    first = said(item)
    ask(browser, item)
    gone = Prompt.objects.create(text="Gone", moment="stuck")
    BriefItem.objects.filter(pk=item.pk).update(prompts_seen=[item.prompt_id, gone.pk])
    gone.delete()
    assert first in ask(browser, item, "/back")


@pytest.mark.parametrize("back", ["", "/back"])
def test_only_whose_week_it_is(
    visit: Visit,
    acme: Company,
    globex: Company,
    gus: Person,
    lee: Person,
    olive: Person,
    person: MakePerson,
    item: BriefItem,
    back: str,
) -> None:
    address = f"/week/{item.uid}/prompt{back}"
    for reader in (lee, olive, person("Bo", "Ek")):
        assert visit(acme, reader).post(address).status_code == 404
    assert visit(globex, gus).post(address).status_code == 404
    assert "/login/" in visit(acme).post(address)["Location"]
    assert visit(acme, lee).get(address).status_code == 405
    assert BriefItem.objects.get(pk=item.pk).prompt_id == item.prompt_id


def test_once_the_week_is_over_it_stays(browser: Client, item: BriefItem, clock: Traveller) -> None:
    clock.shift(timedelta(days=7))
    response = browser.post(f"/week/{item.uid}/prompt", {"prompt": str(now_of(item).uid)})
    assert response.status_code == 409
    assert "That week is over." in response.content.decode()
    assert BriefItem.objects.get(pk=item.pk).prompt_id == item.prompt_id
