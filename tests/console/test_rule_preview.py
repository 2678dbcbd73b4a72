"""What a rule would do, before it is switched on; and switching it on, off and running it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from learning.actions import hold_role, observe, switch_on
from learning.models import Assignment, AssignmentRule, Observation, Path, RoleHolding, Skill
from tenants.companies.models import Company
from tenants.people.models import Department, Person
from tests.conftest import TODAY
from tests.console.cast import MakePerson, Visit

Make = Callable[..., AssignmentRule]
Act = Callable[..., Any]


@pytest.fixture
def rule(clock: Traveller, sales_path: Path, ada: Person, olive: Person) -> Make:
    """``rule(because="...")``: for everybody in Sales, unless `departments` says otherwise."""

    def make(departments: Any = (ada.department,), **fields: Any) -> AssignmentRule:
        made = AssignmentRule.objects.create(
            **{
                "name": "Sales",
                "path": sales_path,
                "outcome": sales_path.role.outcomes.get(slug="close-faster"),
                "claim": "close deals faster",
                "because": "two of your demos ended without a next meeting",
                "sign": "every demo ends with a date in both calendars",
                "created_by": olive,
                **fields,
            }
        )
        made.departments.set(departments)
        return made

    return make


@pytest.fixture
def act(acme: Company, olive: Person, visit: Visit) -> Act:
    """``act(rule, "on")``: Olive looks at the preview and presses that button."""
    client = visit(acme, olive)

    def press(rule: AssignmentRule, change: str, **ticked: str) -> Any:
        seen = client.get(page_of(rule)).context["seen"]
        return client.post(page_of(rule), {"change": change, "seen": seen, **ticked}, follow=True)

    return press


def page_of(rule: AssignmentRule) -> str:
    return f"/admin/learning/assignmentrule/{rule.pk}/preview/"


def on_the_path() -> set[str]:
    return set(Assignment.objects.values_list("person__given_name", flat=True))


def is_on(rule: AssignmentRule) -> bool:
    rule.refresh_from_db()
    return rule.active


def test_it_says_who_would_get_what_and_why(
    acme: Company, olive: Person, lee: Person, visit: Visit, rule: Make
) -> None:
    made = rule(days_since_hire_from=0, because="demos of a {job_title} end with no next meeting")
    shown = visit(acme, olive).get(page_of(made))
    assert "2 people would get “From first call to signature”" in shown.text
    ada, other = shown.context["people"]
    assert (ada.person.given_name, other.person) == ("Ada", lee)
    assert "demos of a Sales Manager end" in shown.context["framing"]
    assert ada.framing == ""
    assert "demos of a Account Executive end" in other.framing
    assert other.reason.startswith("in Sales · hired ")
    assert not Assignment.objects.exists()


def test_each_plan_is_shown_with_receipts_and_what_was_set_aside(
    acme: Company, olive: Person, ada: Person, lee: Person, visit: Visit, rule: Make
) -> None:
    observe(
        person=lee,
        skill=Skill.objects.get(slug="demo"),
        level=2,
        source=Observation.Source.MANAGER,
        observer=ada,
        observed_on=TODAY,
    )
    shown = visit(acme, olive).get(page_of(rule()))
    whole, cut = shown.context["people"]
    assert not whole.aside
    assert {row.why for row in cut.aside} == {"You already showed this: Ada saw it on 18 November."}
    assert [row.step for row in cut.bar] == [row.step for row in whole.bar]
    assert f"{len(cut.included)} of {len(cut.plan)} steps" in shown.text
    assert "not seen yet. Start here and we will find out." in shown.text


def test_it_says_who_does_not_get_it_and_why(
    acme: Company, olive: Person, lee: Person, nia: Person, visit: Visit, rule: Make, assign: Any
) -> None:
    assign(lee)
    made = rule((), because="half of the demos in {department} end without a next meeting")
    shown = visit(acme, olive).get(page_of(made))
    assert shown.context["had_it"]["names"] == "Lee Tanaka"
    [(why, who)] = shown.context["waiting"].items()
    assert (why, who["number"]) == ("Their department is not known.", 2)
    assert "2 people wait: Their department is not known." in shown.text
    assert "1 person is on the path already, or has completed it" in shown.text
    switch_on(rule=made)
    again = visit(acme, olive).get(page_of(made))
    assert "The rule has come to 2 people before" in again.text


def test_switching_on_gives_the_path_and_leads_to_what_was_given(
    act: Act, lee: Person, rule: Make
) -> None:
    made = rule()
    answer = act(made, "on")
    assert is_on(made)
    assert on_the_path() == {"Ada", "Lee"}
    assert "Given to 2 people. From now on whoever comes to meet the conditions" in answer.text
    assert answer.redirect_chain[-1][0] == (
        f"/admin/learning/assignment/?rule__id__exact={made.pk}"
    )
    assert answer.context["cl"].result_count == 2


def test_a_rule_for_everybody_needs_a_tick(act: Act, lee: Person, rule: Make) -> None:
    made = rule(())
    answer = act(made, "on")
    assert "This rule has no conditions: it means all 3 people at work." in answer.text
    assert "Tick the box" in answer.text
    assert not is_on(made)
    assert not Assignment.objects.exists()
    act(made, "on", confirm="on")
    assert is_on(made)
    assert on_the_path() == {"Ada", "Lee", "Olive"}


def test_so_does_one_for_more_than_100_people(act: Act, rule: Make, person: MakePerson) -> None:
    made, sales = rule(), Department.objects.get(name="Sales")
    for number in range(100):
        person(f"Bo{number}", "Ek", department=sales)
    answer = act(made, "on")
    assert "Yes, this path is for all 101 people" in answer.text
    assert not is_on(made)
    act(made, "on", confirm="on")
    assert Assignment.objects.count() == 101


def test_what_was_changed_since_it_was_looked_at_is_looked_at_again(
    acme: Company, olive: Person, lee: Person, visit: Visit, rule: Make
) -> None:
    made, client = rule(), visit(acme, olive)
    seen = client.get(page_of(made)).context["seen"]
    AssignmentRule.objects.update(days_since_hire_to=30)
    answer = client.post(page_of(made), {"change": "on", "seen": seen})
    assert "The rule was changed meanwhile" in answer.text
    assert not is_on(made)


def test_running_gives_it_to_whoever_is_new(
    act: Act, lee: Person, rule: Make, person: MakePerson
) -> None:
    made = rule()
    assert "switch it on to run it" in act(made, "run").text
    act(made, "on")
    person("Bo", "Ek", department=lee.department)
    assert "Given to 1 person." in act(made, "run").text
    assert on_the_path() == {"Ada", "Lee", "Bo"}
    assert "Given to nobody" in act(made, "run").text


def test_switching_off_takes_nothing_away(act: Act, lee: Person, rule: Make) -> None:
    made = rule()
    act(made, "on")
    assert "Whoever was given the path keeps it" in act(made, "off").text
    assert not is_on(made)
    assert on_the_path() == {"Ada", "Lee"}


def test_a_path_that_cannot_be_given_says_so_in_place_of_the_button(
    acme: Company, olive: Person, visit: Visit, act: Act, rule: Make, sales_path: Path
) -> None:
    made = rule()
    Path.objects.filter(pk=sales_path.pk).update(status=Path.Status.ARCHIVED)
    shown = visit(acme, olive).get(page_of(made)).text
    assert "“From first call to signature” is archived: publish it" in shown
    assert 'value="on"' not in shown
    assert "publish it first" in act(made, "on").text
    assert not is_on(made)


def test_people_are_found_by_name_and_paged(
    acme: Company, olive: Person, lee: Person, visit: Visit, rule: Make, person: MakePerson
) -> None:
    for number in range(30):
        person(f"Bo{number}", "Ek", department=lee.department)
    made, client = rule(), visit(acme, olive)
    for page, number in ((1, 25), (2, 7), ("nonsense", 25)):
        assert len(client.get(page_of(made), {"page": page}).context["people"]) == number
    found = client.get(page_of(made), {"q": "tanaka lee"})
    assert [each.person for each in found.context["people"]] == [lee]
    assert "Switch on and assign 32 people" in found.text
    nobody = client.get(page_of(made), {"q": "<b>zzz"})
    assert "Nobody of that name would get it." in nobody.text
    assert "<b>zzz" not in nobody.text


def test_it_costs_the_same_for_5_people_and_for_40(
    acme: Company, olive: Person, lee: Person, visit: Visit, rule: Make, person: MakePerson
) -> None:
    made = rule(because="{gap} keeps the demos in {department} from a next meeting")
    made.roles.add(made.path.role)
    client, counts = visit(acme, olive), []
    skill = Skill.objects.get(slug="demo")
    for numbers in (range(5), range(5, 40)):
        for number in numbers:
            bo = person(f"Bo{number}", "Ek", department=lee.department)
            hold_role(person=bo, role=made.path.role, source=RoleHolding.Source.HAND)
            observe(
                person=bo,
                skill=skill,
                level=2,
                source=Observation.Source.SELF,
                observer=bo,
                observed_on=TODAY,
            )
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                client.get(page_of(made))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_who_may_only_look_is_shown_no_button_and_changes_nothing(
    acme: Company, lee: Person, visit: Visit, rule: Make, person: MakePerson
) -> None:
    made = rule()
    reader = person("Rae", "Reader", is_staff=True)
    client = visit(acme, reader)
    assert client.get(page_of(made)).status_code == 403
    assert client.post(page_of(made), {"change": "on"}).status_code == 403
    reader.user_permissions.add(Permission.objects.get(codename="view_assignmentrule"))
    shown = client.get(page_of(made))
    assert shown.status_code == 200
    assert 'name="change"' not in shown.text
    answer = client.post(page_of(made), {"change": "on", "seen": shown.context["seen"]})
    assert answer.status_code == 403
    assert not is_on(made)


def test_the_other_companys_rule_is_not_there(
    acme: Company, globex: Company, gus: Person, visit: Visit, rule: Make
) -> None:
    page = page_of(rule())
    assert visit(globex, gus).get(page).status_code == 404


def test_an_unknown_change_is_refused(
    acme: Company, olive: Person, visit: Visit, rule: Make
) -> None:
    made, client = rule(), visit(acme, olive)
    for change in ({"change": "erase"}, {}):
        assert client.post(page_of(made), change).status_code == 400
    assert not is_on(made)
