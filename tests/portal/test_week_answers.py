import pytest
from django.test import Client

from learning.models import Observation, PlanStep
from reinforcement.models import Answer, Brief, BriefItem
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.portal.cast import MakePerson, Visit, WriteBrief


def item_of(brief: Brief, report: Person) -> BriefItem:
    return BriefItem.objects.get(brief=brief, report=report)


def press(client: Client, item: BriefItem, value: str) -> str:
    """The page that follows an answer given on This week."""
    response = client.post(f"/week/{item.uid}/answer", {"choice": value}, follow=True)
    return response.content.decode()


def test_an_answer_is_kept_and_shown_as_pressed(
    visit: Visit, acme: Company, ada: Person, lee: Person, nia: Person, write_brief: WriteBrief
) -> None:
    brief = write_brief(ada, lee, nia)
    item = item_of(brief, lee)
    page = press(visit(acme, ada), item, "most-of-the-time")
    answer = Answer.objects.get(item=item)
    assert (answer.choice.value, answer.via) == ("most-of-the-time", "portal")
    assert page.count('aria-pressed="true"') == 1
    assert "set aside, Lee already shows it" in page
    assert "Set aside since" in page
    assert PlanStep.objects.filter(assignment=item.assignment, state="set_aside").exists()


def test_another_answer_replaces_the_first(
    visit: Visit, acme: Company, ada: Person, lee: Person, write_brief: WriteBrief
) -> None:
    item = item_of(write_brief(ada, lee), lee)
    client = visit(acme, ada)
    press(client, item, "most-of-the-time")
    page = press(client, item, "not-yet")
    assert Answer.objects.get(item=item).choice.value == "not-yet"
    assert "Back in Lee’s plan" in page


def test_when_all_is_answered_nothing_else_asks(
    visit: Visit, acme: Company, ada: Person, lee: Person, nia: Person, write_brief: WriteBrief
) -> None:
    brief = write_brief(ada, lee, nia)
    client = visit(acme, ada)
    press(client, item_of(brief, lee), "once")
    page = press(client, item_of(brief, nia), "once")
    assert "That is all for this week." in page
    assert "Monday 23 November" in page
    assert "people to talk with" not in page


def test_somebody_who_moved_to_another_team_is_gone_from_the_week(
    visit: Visit,
    acme: Company,
    ada: Person,
    lee: Person,
    nia: Person,
    person: MakePerson,
    write_brief: WriteBrief,
) -> None:
    item = item_of(write_brief(ada, lee, nia), lee)
    lee.manager = person("Bo", "Ek")
    lee.save()
    client = visit(acme, ada)
    assert "Lee Tanaka" not in client.get("/week/").content.decode()
    assert client.post(f"/week/{item.uid}/answer", {"choice": "once"}).status_code == 409
    assert not Answer.objects.exists()


def test_another_managers_question_is_not_there(
    visit: Visit,
    acme: Company,
    ada: Person,
    lee: Person,
    person: MakePerson,
    write_brief: WriteBrief,
) -> None:
    item = item_of(write_brief(ada, lee), lee)
    for other in (person("Bo", "Ek"), lee):
        response = visit(acme, other).post(f"/week/{item.uid}/answer", {"choice": "once"})
        assert response.status_code == 404
    assert not Answer.objects.exists()


def test_another_companys_question_is_not_there(
    visit: Visit,
    acme: Company,
    globex: Company,
    ada: Person,
    lee: Person,
    gus: Person,
    write_brief: WriteBrief,
) -> None:
    item = item_of(write_brief(ada, lee), lee)
    response = visit(globex, gus).post(f"/week/{item.uid}/answer", {"choice": "once"})
    assert response.status_code == 404


@pytest.mark.parametrize("value", ["", "never-heard-of", "gave"])
def test_what_is_no_answer_to_the_question_is_refused(
    visit: Visit, acme: Company, ada: Person, lee: Person, write_brief: WriteBrief, value: str
) -> None:
    item = item_of(write_brief(ada, lee), lee)
    response = visit(acme, ada).post(f"/week/{item.uid}/answer", {"choice": value})
    assert response.status_code == 409
    assert "The question has changed meanwhile" in response.content.decode()
    assert not Observation.objects.exists()


def test_reading_never_answers(
    visit: Visit, acme: Company, ada: Person, lee: Person, write_brief: WriteBrief
) -> None:
    item = item_of(write_brief(ada, lee), lee)
    assert visit(acme, ada).get(f"/week/{item.uid}/answer?choice=once").status_code == 405
