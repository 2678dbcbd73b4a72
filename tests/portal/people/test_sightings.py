"""I have seen this: said, told what it changed, and taken back."""

from datetime import date, timedelta

import pytest
from django.test import Client
from time_machine import Traveller

from learning.models import Assignment, Observation, PlanStep, Skill
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.portal.cast import MakePerson, Visit
from tests.portal.people.cast import See


@pytest.fixture
def client(visit: Visit, acme: Company, ada: Person) -> Client:
    return visit(acme, ada)


@pytest.fixture
def discovery(on_path: Assignment) -> Skill:
    return Skill.objects.get(slug="discovery")


def see_it(client: Client, person: Person, skill: Skill, **sent: object):
    return client.post(
        f"/team/people/{person.uid}/seen",
        {"skill": skill.uid, "about": person.called, "level": 2, **sent},
        follow=True,
    )


def test_it_becomes_an_observation_and_says_what_it_changed(
    client: Client, ada: Person, lee: Person, discovery: Skill, on_path: Assignment
) -> None:
    page = see_it(client, lee, discovery, context="In the call with Novo")
    noted = Observation.objects.get()
    assert (noted.person, noted.skill, noted.level) == (lee, discovery, 2)
    assert (noted.source, noted.observer) == (Observation.Source.MANAGER, ada)
    assert noted.observed_on == date(2026, 11, 18)
    assert noted.context == "In the call with Novo"
    assert page.redirect_chain == [(f"/team/people/{lee.uid}/#skill-{discovery.uid}", 302)]
    aside = on_path.plan_steps.filter(state=PlanStep.State.SET_ASIDE).first()
    assert aside is not None
    assert f"“{aside.step.title}”" in page.text
    assert "set aside, Lee already shows it." in page.text
    assert "You noted “on their own” today." in page.text


def test_it_is_taken_back_and_the_plan_is_as_before(
    client: Client, lee: Person, discovery: Skill, on_path: Assignment
) -> None:
    before = list(on_path.plan_steps.values_list("step", "state", "position"))
    see_it(client, lee, discovery)
    assert list(on_path.plan_steps.values_list("step", "state", "position")) != before
    page = client.post(
        f"/team/people/{lee.uid}/seen/back",
        {"observation": Observation.objects.get().uid},
        follow=True,
    )
    assert "Taken back." in page.text
    assert Observation.objects.get().withdrawn_at is not None
    assert list(on_path.plan_steps.values_list("step", "state", "position")) == before
    assert "You noted" not in page.text


def test_pressed_twice_it_is_one_and_another_level_replaces_it(
    client: Client, lee: Person, discovery: Skill
) -> None:
    see_it(client, lee, discovery)
    see_it(client, lee, discovery)
    assert Observation.objects.count() == 1
    see_it(client, lee, discovery, level=1)
    assert [each.level for each in Observation.objects.filter(withdrawn_at=None)] == [1]


def test_from_the_next_day_on_it_stays(
    client: Client, lee: Person, discovery: Skill, clock: Traveller
) -> None:
    see_it(client, lee, discovery)
    clock.shift(timedelta(days=1))
    page = client.post(
        f"/team/people/{lee.uid}/seen/back",
        {"observation": Observation.objects.get().uid},
        follow=True,
    )
    assert "so it stays" in page.text
    assert Observation.objects.get().withdrawn_at is None


def test_nobody_takes_back_what_somebody_else_saw(
    client: Client, lee: Person, discovery: Skill, see: See, person: MakePerson
) -> None:
    other = see("discovery", 1, date(2026, 11, 18), observer=person("Bo", "Ek"))
    answered = see("discovery", 1, date(2026, 11, 18), source=Observation.Source.CHECK_IN)
    for observation, status in ((other, 404), (answered, 200)):
        page = client.post(
            f"/team/people/{lee.uid}/seen/back", {"observation": observation.uid}, follow=True
        )
        assert page.status_code == status
        observation.refresh_from_db()
        assert observation.withdrawn_at is None
    assert "Only whoever said this can take it back." in page.text


def test_an_earlier_day_is_kept_but_what_is_later_counts(
    client: Client, lee: Person, discovery: Skill, see: See
) -> None:
    see("discovery", 1, date(2026, 11, 10))
    page = see_it(client, lee, discovery, seen_on="2026-11-03")
    assert "What was seen on 10 November is later, so that counts." in page.text
    assert Observation.objects.filter(observed_on=date(2026, 11, 3), level=2).exists()


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"level": ""}, "Choose what comes closest to what you saw."),
        ({"level": "4"}, "That is not one of the four levels."),
        ({"seen_on": "2026-11-19"}, "That day is still to come"),
        ({"seen_on": "2025-11-01"}, "Choose a day of the last twelve months."),
        ({"seen_on": "soon"}, "We cannot read this day."),
        ({"context": "x" * 301}, "Make this shorter by a character."),
    ],
)
def test_what_is_refused_comes_back_as_it_was_sent(
    client: Client, lee: Person, discovery: Skill, sent: dict[str, str], told: str
) -> None:
    page = see_it(client, lee, discovery, **{"context": "In the call", "level": "2", **sent})
    assert page.status_code == 400
    assert told in page.text
    assert page.text.count("autofocus") == 1
    assert sent.get("context", "In the call") in page.text
    assert Observation.objects.count() == 0


@pytest.mark.parametrize("skill", ["", "no-uid", "00000000-0000-7000-8000-000000000000"])
def test_a_skill_that_is_none_is_not_found(
    client: Client, lee: Person, discovery: Skill, skill: str
) -> None:
    answer = client.post(f"/team/people/{lee.uid}/seen", {"skill": skill, "level": 2})
    assert answer.status_code == 404
    assert Observation.objects.count() == 0


def test_who_was_moved_away_meanwhile_is_told_and_the_words_are_there_to_copy(
    client: Client, lee: Person, discovery: Skill, person: MakePerson
) -> None:
    Person.objects.filter(pk=lee.pk).update(manager=person("Bo", "Ek"))
    page = see_it(client, lee, discovery, context="In the <b>call</b> with Novo")
    assert page.status_code == 404
    assert "Lee does not report to you any more." in page.text
    assert "Nothing was recorded." in page.text
    assert "In the &lt;b&gt;call&lt;/b&gt; with Novo" in page.text
    assert Observation.objects.count() == 0


def test_of_somebody_in_another_team_nothing_is_told(
    client: Client, person: MakePerson, discovery: Skill
) -> None:
    stranger = person("Zoe", "Quist")
    page = client.post(f"/team/people/{stranger.uid}/seen", {"skill": discovery.uid, "level": 2})
    assert page.status_code == 404
    assert "This person does not report to you any more." in page.text
    assert "Zoe" not in page.text
    assert Observation.objects.count() == 0


def test_who_leads_her_manager_may_have_seen_it_too(
    visit: Visit, acme: Company, ada: Person, lee: Person, discovery: Skill, person: MakePerson
) -> None:
    boss = person("Bea", "Ek")
    Person.objects.filter(pk=ada.pk).update(manager=boss)
    page = see_it(visit(acme, boss), lee, discovery)
    assert "You noted “on their own” today." in page.text
    assert Observation.objects.get().observer == boss


def test_a_get_writes_nothing(client: Client, lee: Person, discovery: Skill) -> None:
    assert client.get(f"/team/people/{lee.uid}/seen").status_code == 405
