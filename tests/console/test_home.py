"""The home page: how a new company begins, and what waits for a decision."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from time_machine import Traveller

from console.pulse.decisions import decisions
from console.pulse.setup import setup
from learning.actions import switch_on
from learning.models import (
    Assignment,
    AssignmentRule,
    Path,
    RoleHolding,
    Step,
)
from reinforcement.models import Delivery
from tenants.companies.actions import change_rhythm, shape_briefs
from tenants.companies.context import current_company
from tenants.companies.models import Company
from tenants.people.access import Access
from tenants.people.actions import give_access
from tenants.people.auditing.models import AuditEntry
from tenants.people.models import Person, SyncRun
from tests.conftest import NOW, TODAY
from tests.console.cast import MakePerson, Visit
from tests.console.waiting import (
    DECISIONS,
    Stage,
    failed_delivery,
    make_brief,
    make_rule,
    refused_run,
    suggest,
    unfilled_rule,
)
from tests.reinforcement.cast import Assign

pytestmark = pytest.mark.usefixtures("clock", "acme")
CALM = "Nothing waits for a decision."


@pytest.fixture
def home(acme: Company, olive: Person, visit: Visit) -> Callable[..., Any]:
    """``home()``: the context of the home page as Olive sees it, or somebody else."""

    def open_(reader: Person = olive) -> Any:
        page = visit(acme, Person.objects.get(pk=reader.pk)).get("/admin/")
        assert page.status_code == 200
        return page.context

    return open_


@pytest.fixture
def reader(person: MakePerson) -> Callable[..., Person]:
    """``reader("view_path")``: somebody with these permissions and no others."""

    def make(*codenames: str) -> Person:
        made: Person = person("Rae", "Reader", is_staff=True)
        made.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        return made

    return make


def _next(reader: Person) -> str:
    tasks = setup(reader)
    assert tasks
    assert tasks.next
    return tasks.next.name


def test_the_checklist_leads_through_a_company_s_first_day(
    acme: Company, olive: Person, home: Any, person: MakePerson, request: pytest.FixtureRequest
) -> None:
    assert home()["setup"].next.name == _next(olive) == "people"
    manager = person("Ada", "Lindqvist")
    assert _next(olive) == "managers"
    lee = person("Lee", "Tanaka", manager=manager)
    assert _next(olive) == "role"
    path: Path = request.getfixturevalue("sales_path")
    Path.objects.update(status=Path.Status.DRAFT)
    assert _next(olive) == "path"
    Path.objects.update(status=Path.Status.PUBLISHED)
    assert _next(olive) == "assignment"
    request.getfixturevalue("assign")(lee)
    assert _next(olive) == "sender"
    shape_briefs(company=current_company(), size=5, sender_name="Olive from L&D", heads_up=False)
    rule = make_rule(path)
    assert _next(olive) == "rule"
    switch_on(rule=rule)
    last = setup(olive)
    assert last
    assert (_next(olive), last.rest, last.done[5].name) == ("hris", [], "rhythm")
    SyncRun.objects.create(source="api", mode="partial", state="finished")
    assert home()["setup"] is None


def test_it_is_gone_once_a_brief_was_written_and_a_rule_is_on(
    home: Any, ada: Person, lee: Person, sales_path: Path
) -> None:
    make_brief(ada)
    assert home()["setup"]
    switch_on(rule=make_rule(sales_path))
    assert home()["setup"] is None


def test_whoever_may_change_the_company_hides_it_and_shows_it_again(
    acme: Company, olive: Person, visit: Visit, home: Any
) -> None:
    client = visit(acme, olive)
    assert "Hide this for everybody" in client.get("/admin/").text
    answer = client.post("/admin/setup/hide/")
    assert answer.headers["Location"] == "/admin/"
    page = client.get("/admin/")
    assert page.context["setup"] is None
    assert "Show it again" in page.text
    entry = AuditEntry.objects.latest("pk")
    assert (entry.actor, list(entry.changes_dict)) == (olive, ["setup_hidden"])
    client.post("/admin/setup/show/")
    assert home()["setup"]


def test_who_may_not_change_the_company_hides_nothing(
    acme: Company, reader: Any, visit: Visit
) -> None:
    client = visit(acme, reader("add_person", "change_person"))
    assert "Hide this for everybody" not in client.get("/admin/").text
    assert client.post("/admin/setup/hide/").status_code == 403
    assert client.get("/admin/").context["setup"]


def test_what_comes_next_is_large_and_what_is_done_is_folded(
    acme: Company, olive: Person, ada: Person, lee: Person, visit: Visit
) -> None:
    change_rhythm(company=acme, day=5, hour=14)
    text = visit(acme, olive).get("/admin/").text
    assert "2 of 9 done." in text
    assert re.search(r'class="button is-main"\s+href="/admin/library/"', text)
    done = re.search(r"<summary>\s*2 things are done.*?</details>", text, re.S)
    assert done
    assert 'href="/admin/people/person/import/"' in done[0]
    assert "Now: Fridays at 14:00, on each manager's own clock." in text.replace("&#x27;", "'")


def test_a_reader_is_asked_only_for_what_they_may_do(home: Any, reader: Any, acme: Company) -> None:
    context = home(reader("add_person", "change_person", "add_apitoken", "view_person"))
    tasks = context["setup"]
    assert {each.name for each in (tasks.next, *tasks.rest, *tasks.done)} == {
        "people", "managers", "hris",
    }  # fmt: skip
    assert context["pulse"] == []


def test_a_reader_who_may_do_none_of_it_sees_no_checklist(home: Any, reader: Any) -> None:
    assert home(reader("view_person"))["setup"] is None


@pytest.fixture
def stage(olive: Person, ada: Person, lee: Person, sales_path: Path, assign: Assign) -> Stage:
    return Stage(olive, ada, lee, sales_path, assign)


@pytest.mark.parametrize(("happens", "permission", "words"), DECISIONS)
def test_what_waits_is_said_to_whoever_may_see_it_with_the_way_there(
    acme: Company, olive: Person, stage: Stage, visit: Visit, home: Any, reader: Any,
    happens: Callable[[Stage], None], permission: str, words: str,
) -> None:  # fmt: skip
    assert home()["decisions"] == []
    happens(stage)
    mine = [each for each in home()["decisions"] if words in each.sentence]
    assert len(mine) == 1
    there = visit(acme, olive).get(mine[0].link)
    assert there.status_code == 200
    if (rows := there.context.get("cl")) is not None:
        assert rows.result_count == 1
    other = reader(permission)
    assert [each.sentence for each in home(other)["decisions"]] == [mine[0].sentence]
    other.user_permissions.set(Permission.objects.exclude(codename=permission))
    assert all(words not in each.sentence for each in home(other)["decisions"])


def test_several_are_said_in_one_line(stage: Stage, home: Any, person: MakePerson) -> None:
    for number in range(3):
        stage.lee = person(f"Lee{number}", "Ek", manager=stage.ada)
        suggest(stage)
    [decision] = home()["decisions"]
    assert decision.sentence.startswith("3 paths that managers suggested")


def test_what_was_put_right_waits_no_longer(stage: Stage, home: Any, clock: Traveller) -> None:
    refused_run(stage)
    failed_delivery(stage)
    clock.shift(60)
    SyncRun.objects.create(source="api", mode="complete", state="finished")
    Delivery.objects.update(state="sent")
    assert home()["decisions"] == []


def test_failures_of_long_ago_are_no_decisions(stage: Stage, home: Any) -> None:
    refused_run(stage)
    failed_delivery(stage)
    long_ago = timezone.now() - timedelta(days=15)
    SyncRun.objects.update(requested_at=long_ago)
    Delivery.objects.update(next_attempt_at=long_ago)
    assert home()["decisions"] == []


def test_a_draft_that_nobody_waits_for_is_no_decision(stage: Stage, home: Any) -> None:
    Path.objects.create(role=stage.path.role, slug="idea", name="Idea")
    RoleHolding.objects.create(person=stage.lee, role=stage.path.role, starts_on=TODAY)
    assert home()["decisions"] == []


def test_a_rule_does_not_wait_for_whoever_has_the_path(stage: Stage, home: Any) -> None:
    stage.assign(stage.lee)
    Assignment.objects.update(first_win_at=NOW)
    unfilled_rule(stage)
    assert home()["decisions"] == []


def test_a_company_in_order_is_told_so_in_one_line(
    acme: Company, olive: Person, stage: Stage, visit: Visit
) -> None:
    make_brief(stage.ada)
    rule = make_rule(stage.path)
    switch_on(rule=rule)
    Assignment.objects.update(first_win_at=NOW)
    text = visit(acme, olive).get("/admin/").text
    assert CALM in text
    assert "Getting started" not in text


def test_what_waits_at_acme_is_not_told_at_globex(
    acme: Company, globex: Company, gus: Person, stage: Stage, visit: Visit
) -> None:
    suggest(stage)
    context = visit(globex, gus).get("/admin/").context
    assert context["decisions"] == []
    assert context["setup"].next.name == "people"


def test_deciding_costs_the_same_for_one_of_everything_and_for_four(
    olive: Person, stage: Stage, person: MakePerson
) -> None:
    asked = []
    for number in range(4):
        path = Path.objects.create(
            role=stage.path.role, slug=f"p{number}", name=f"Path {number}", status="published"
        )
        Step.objects.create(path=path, slug="s", position=1, title="Read", kind=Step.Kind.READ)
        rule = make_rule(path, name=f"Rule {number}", because="{location} had {gap} last month")
        rule.roles.add(path.role)
        lee = person(f"Lee{number}", "Ek", manager=stage.ada)
        RoleHolding.objects.create(person=lee, role=path.role, starts_on=TODAY)
        AssignmentRule.objects.filter(pk=rule.pk).update(active=True)
        SyncRun.objects.create(source=f"api{number}", mode="complete", state="failed")
        with CaptureQueriesContext(connection) as queries:
            found = decisions(olive, now=NOW)
        assert len(found) == number + 2
        asked.append(len(queries))
    assert set(asked) == {5}


def test_whoever_brings_people_in_finds_their_work_at_home(
    acme: Company, olive: Person, lee: Person, visit: Visit
) -> None:
    give_access(person=lee, access=Access.HRIS, actor=olive)
    lee.refresh_from_db()
    answer = visit(acme, lee).get("/admin/")
    assert [way.words for way in answer.context["ways"]] == [
        "Import people",
        "See the sync runs",
        "Make an API token",
        "Look at the org chart",
    ]
    assert "What you can do here" in answer.text
    assert visit(acme, olive).get("/admin/").context["ways"] == []
