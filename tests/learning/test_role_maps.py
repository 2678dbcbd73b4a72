"""A role's skills: what they move, what raises them, how many people are where."""

from datetime import date

from django.test.utils import CaptureQueriesContext

from learning.actions import hold_role, observe
from learning.models import Level, Observation, Outcome, Path, Role, RoleHolding, StepSkill
from learning.reports import role_map
from learning.reports.role_maps import RoleMap
from learning.templatetags.role_map import level_bar
from tenants.companies.connections import connection
from tenants.people.models import Person
from tests.console.cast import MakePerson

DAY = date(2026, 11, 18)


def holders(path: Path, number: int, person: MakePerson) -> list[Person]:
    people = [person(f"Bo{each}", "Ek") for each in range(number)]
    for each in people:
        hold_role(
            person=each, role=path.role, starts_on=date(2026, 11, 1), source=RoleHolding.Source.HAND
        )
    return people


def see(person: Person, path: Path, level: int) -> None:
    observe(
        person=person,
        skill=path.role.role_skills.order_by("-required_level", "pk").all()[0].skill,
        level=level,
        source=Observation.Source.MANAGER,
        observer=None,
        observed_on=DAY,
    )


def mapped(path: Path) -> RoleMap:
    return role_map(Role.objects.get(pk=path.role_id), today=DAY)


def test_people_are_counted_by_what_was_seen(sales_path: Path, person: MakePerson) -> None:
    people = holders(sales_path, 6, person)
    for each, level in zip(people, (0, 1, 2, 3), strict=False):
        see(each, sales_path, level)
    line = mapped(sales_path).lines[0]
    assert dict(line.counts) == {0: 1, 1: 1, 2: 1, 3: 1, None: 2}
    assert line.required == Level.ON_THEIR_OWN
    assert (line.people, line.short, line.unseen) == (6, 2, 2)
    told = level_bar(line)
    assert told["words"] == (
        "1 not seen yet, 1 with help, 1 on their own, 1 coaches others, 2 nobody has looked yet"
    )
    parts = told["parts"]
    assert isinstance(parts, list)
    assert [part.kind for part in parts] == ["short-0", "short-1", "met-2", "met-3", "unseen-part"]
    assert sum(part.width for part in parts) == told["width"]


def test_fewer_than_five_are_not_counted(sales_path: Path, person: MakePerson) -> None:
    for each in holders(sales_path, 4, person):
        see(each, sales_path, 1)
    drawn = mapped(sales_path)
    assert drawn.is_small
    assert drawn.holders == 4
    assert all(not line.counts for line in drawn.lines)


def test_whoever_left_or_whose_role_ended_is_not_counted(
    sales_path: Path, person: MakePerson
) -> None:
    people = holders(sales_path, 7, person)
    Person.objects.filter(pk=people[0].pk).update(employment_status="terminated")
    people[1].role_holdings.update(ends_on=date(2026, 11, 2))
    assert mapped(sales_path).holders == 5


def test_skill_that_no_step_leads_to_is_marked(sales_path: Path) -> None:
    assert all(line.is_reached for line in mapped(sales_path).lines)
    skill = mapped(sales_path).lines[0].skill
    StepSkill.objects.filter(skill=skill).update(raises_to=1)
    assert [line.skill for line in mapped(sales_path).lines if not line.is_reached] == [skill]
    StepSkill.objects.filter(skill=skill).delete()
    assert mapped(sales_path).lines[0].steps == []


def test_outcome_that_no_skill_moves_is_told(sales_path: Path) -> None:
    assert mapped(sales_path).unmoved == []
    idle = Outcome.objects.create(
        role=sales_path.role, slug="idle", name="Idle", measure="days", direction="lower"
    )
    assert mapped(sales_path).unmoved == [idle]


def test_map_costs_the_same_for_few_and_many(sales_path: Path, person: MakePerson) -> None:
    costs = []
    for each in holders(sales_path, 20, person):
        see(each, sales_path, 1)
        if each.given_name in ("Bo5", "Bo19"):
            with CaptureQueriesContext(connection) as queries:
                mapped(sales_path)
            costs.append(len(queries))
    assert costs[0] == costs[1] <= 7
