"""A person's whole story: each part for whoever may see it, and never what is private."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from console.groups import keep_groups
from learning.actions import hold_role, observe, pause_assignment, resume_assignment, suggest_path
from learning.models import Assignment, Observation, Path, PlanStep, RoleHolding
from reinforcement.actions import answer, hold_conversation, move_barrier, note_barrier
from reinforcement.models import Brief, BriefItem, Delivery, Question
from tenants.companies.models import Company
from tenants.people.access import Access
from tenants.people.actions import sync_people
from tenants.people.auditing import record_event
from tenants.people.models import Person
from tests.conftest import NOW, TODAY
from tests.console.cast import MakePerson, Visit

SECRET = "She is looking for another job."
BESIDE = "Only when I was in the room."
INTENTION = "I will try it with the Berlin people."
PARTS = {
    "learning.view_roleholding": ("Roles", "Has the role “Account executive” from here on"),
    "learning.view_assignment": ("Paths", "Was given the path “From first call to signature”"),
    "learning.view_observation": ("Skills", "Ada Lindqvist saw “with help” in"),
    "learning.view_pathsuggestion": ("Suggestions", "Ada Lindqvist suggested the path"),
    "reinforcement.view_brief": ("Talks with their manager", "In the brief of Ada Lindqvist"),
    "reinforcement.view_barrier": ("What slows their team down", "Legal takes nine days."),
    "reinforcement.view_delivery": ("Not delivered", "Did not arrive: weekly brief by"),
    "people.view_syncrun": ("HRIS", "Changed by"),
    "auditing.view_auditentry": ("Audit log", "Given access by hand"),
}
"""Permission → a heading and a line that nobody sees without it."""


def page_of(person: Person) -> str:
    return f"/admin/people/person/{person.pk}/story/"


def flat(page: Any) -> str:
    return " ".join(page.text.split())


def permit(reader: Person, *permissions: str) -> Person:
    for each in permissions:
        app, codename = each.split(".")
        found = Permission.objects.get(codename=codename, content_type__app_label=app)
        reader.user_permissions.add(found)
    person: Person = Person.objects.get(pk=reader.pk)
    return person


@pytest.fixture
def full(
    clock: Traveller,
    olive: Person,
    ada: Person,
    lee: Person,
    assign: Callable[[Person], Assignment],
    sales_path: Path,
    person: MakePerson,
) -> Person:
    """Lee, of whom there is something in every part."""
    person("Kit", "Below", manager=lee)
    hold_role(
        person=lee,
        role=sales_path.role,
        source=RoleHolding.Source.HAND,
        starts_on=TODAY - timedelta(days=9),
    )
    happen(1, lee=lee, ada=ada, olive=olive, path=sales_path, given=assign(lee))
    lee.refresh_from_db()
    return lee


def happen(
    number: int, *, lee: Person, ada: Person, olive: Person, path: Path, given: Assignment
) -> None:
    """One more of everything that can happen again."""
    day = TODAY - timedelta(days=number)
    skill = path.role.role_skills.all()[0].skill
    observe(
        person=lee,
        skill=skill,
        level=1,
        source=Observation.Source.MANAGER,
        observer=ada,
        observed_on=day,
    )
    pause_assignment(assignment=given)
    resume_assignment(assignment=given)
    given.plan_steps.filter(state=PlanStep.State.TO_DO).update(intention=INTENTION)
    more = Path.objects.create(role=path.role, slug=f"m{number}", name=f"More {number}")
    Path.objects.filter(pk=more.pk).update(status=Path.Status.PUBLISHED)
    more.refresh_from_db()
    suggest_path(person=lee, path=more, because="It helps", actor=ada)
    brief = Brief.objects.create(
        manager=ada,
        iso_year=2026,
        iso_week=47 - number,
        due_at=NOW - timedelta(days=number % 6),
        written_at=NOW,
        state="written",
    )
    item = BriefItem.objects.create(
        brief=brief,
        report=lee,
        assignment=given,
        plan_step=given.plan_steps.first(),
        position=0,
        why="stuck",
        moment="stuck",
        question=Question.objects.filter(choices__level=1).first(),
    )
    choice = item.question.choices.get(level=1)  # type: ignore[union-attr]
    answer(item=item, choice=choice, via="portal", actor=ada, note=BESIDE)
    hold_conversation(manager=ada, report=lee, via="portal", note=SECRET, held_on=day)
    barrier = note_barrier(manager=lee, words="Legal takes nine days.", actor=olive)
    move_barrier(barrier=barrier, status="gone", actor=olive)
    own = Brief.objects.create(
        manager=lee,
        iso_year=2026,
        iso_week=47 - number,
        due_at=NOW,
        written_at=NOW,
        state="written",
    )
    Delivery.objects.create(
        brief=own,
        recipient=lee,
        channel="mail",
        state="failed",
        next_attempt_at=NOW,
        message_id=f"<{number}@acme>",
        last_error="550 no such mailbox",
    )
    sync_people(
        rows=[{"email": lee.email, "given_name": "Lee", "job_title": f"Seller {number}"}],
        source="file",
        origin="people.csv",
    )
    record_event(action="sign-in", about=lee, words="Lee Tanaka signed in", actor=lee)
    record_event(action="access", about=lee, words="Given access by hand", actor=olive)


def test_an_owner_sees_every_part_and_what_changed(
    acme: Company, olive: Person, full: Person, visit: Visit
) -> None:
    text = flat(visit(acme, olive).get(page_of(full)))
    for heading, line in PARTS.values():
        assert heading in text
        assert line in text
    assert "This helps you close deals faster" in text
    assert "Changed by file, people.csv" in text
    assert "Job title: <del>Account Executive</del>" in text
    assert "<ins>Seller 1</ins>" in text
    assert "Kit Below" in text
    assert "Ada Lindqvist last talked with them on 17 Nov 2026." in text
    assert "Notes of talks are their author's alone." in text.replace("&#x27;", "'")
    assert "Lee Tanaka signed in" not in text
    assert "left out here" not in text


@pytest.mark.parametrize("permission", PARTS)
def test_each_part_takes_its_own_permission(
    acme: Company, full: Person, visit: Visit, person: MakePerson, permission: str
) -> None:
    reader = permit(person("Rae", "Reader", is_staff=True), "people.view_person", permission)
    text = flat(visit(acme, reader).get(page_of(full)))
    shown = {each for each, (_, line) in PARTS.items() if line in text}
    assert shown == {permission}
    assert "What HRIS says" in text
    assert "left out here" in text


def test_receipts_tell_of_levels_and_need_that_permission(
    acme: Company, full: Person, visit: Visit, person: MakePerson
) -> None:
    reader = permit(
        person("Rae", "Reader", is_staff=True), "people.view_person", "learning.view_assignment"
    )
    assert "the role needs" not in visit(acme, reader).get(page_of(full)).text
    reader = permit(reader, "learning.view_observation")
    assert "the role needs" in visit(acme, reader).get(page_of(full)).text


def test_what_was_written_for_one_s_own_eyes_is_nowhere(
    acme: Company, olive: Person, ada: Person, full: Person, visit: Visit
) -> None:
    client = visit(acme, olive)
    for whom in (full, ada):
        with CaptureQueriesContext(connection) as queries:
            text = client.get(page_of(whom)).text
        for words in (SECRET, BESIDE, INTENTION):
            assert words not in text
        assert not [each for each in queries if '"note"' in each["sql"]]


def test_hris_sees_who_they_are_and_syncs_only(
    acme: Company, full: Person, visit: Visit, person: MakePerson
) -> None:
    keep_groups()
    reader = person("Hal", "Ress", is_staff=True)
    reader.groups.add(Group.objects.get(name=Access.HRIS))
    text = flat(visit(acme, reader).get(page_of(full)))
    assert [line for _, line in PARTS.values() if line in text] == ["Changed by"]


def test_what_happened_is_narrowed_paged_and_the_latest_first(
    clock: Traveller,
    acme: Company,
    olive: Person,
    ada: Person,
    full: Person,
    sales_path: Path,
    visit: Visit,
) -> None:
    given = full.assignments.get()
    for number in range(2, 12):
        happen(number, lee=full, ada=ada, olive=olive, path=sales_path, given=given)
    client = visit(acme, olive)
    everything = client.get(page_of(full))
    days = [each.on for each in everything.context["page"]]
    assert (len(days), days) == (50, sorted(days, reverse=True))
    last = client.get(page_of(full), {"page": "99"}).context["page"]
    assert last[-1].words == "First day at work"
    talks = client.get(page_of(full), {"kind": "talks"}).context["page"]
    assert [each.on for each in talks] == [TODAY - timedelta(days=day) for day in range(1, 12)]
    nonsense = client.get(page_of(full), {"kind": "zzz"})
    assert nonsense.context["wanted"] == ""


def test_a_long_story_costs_what_a_short_one_does_and_20_queries_at_most(
    clock: Traveller,
    acme: Company,
    ada: Person,
    olive: Person,
    full: Person,
    sales_path: Path,
    visit: Visit,
    person: MakePerson,
) -> None:
    keep_groups()
    reader = person("Rae", "Reader", is_staff=True)
    reader.groups.set(Group.objects.filter(name__in=(Access.LEARNING, Access.HRIS)))
    clients = (visit(acme, olive), visit(acme, reader))
    counts = [count(client, full) for client in clients]
    given = full.assignments.get()
    for number in range(2, 8):
        happen(number, lee=full, ada=ada, olive=olive, path=sales_path, given=given)
    assert [count(client, full) for client in clients] == counts
    assert max(counts) <= 20


def count(client: Any, person: Person) -> int:
    client.get(page_of(person))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page_of(person)).status_code == 200
    return len(queries)


def test_somebody_of_whom_nothing_is_known_is_told_so(
    acme: Company, olive: Person, visit: Visit, person: MakePerson
) -> None:
    text = visit(acme, olive).get(page_of(person("Ed", "New", hired_on=None))).text
    assert "Reports to nobody." in text
    assert "On no path yet." in text


def test_it_is_found_from_the_person_s_page(
    acme: Company, olive: Person, lee: Person, visit: Visit
) -> None:
    text = visit(acme, olive).get(f"/admin/people/person/{lee.pk}/change/").text
    assert f"/admin/people/person/{lee.pk}/whole-story" in text


def test_it_takes_the_permission_to_see_people(
    acme: Company, ada: Person, lee: Person, visit: Visit, person: MakePerson
) -> None:
    assert visit(acme, person("Rae", "Reader", is_staff=True)).get(page_of(lee)).status_code == 403
    assert visit(acme, ada).get(page_of(lee)).status_code == 302


def test_nobody_there_is_404_and_so_is_the_other_company_s(
    acme: Company, globex: Company, olive: Person, gus: Person, visit: Visit
) -> None:
    assert visit(acme, olive).get("/admin/people/person/99999999/story/").status_code == 404
    far = Person.objects.create(pk=88_888_888, given_name="Far", family_name="Away")
    assert visit(globex, gus).get(page_of(far)).status_code == 404
