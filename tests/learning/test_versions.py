"""A path that changes while people are on it: their plans stay until they take the change."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from learning.actions import (
    decline_change,
    finish_step,
    keep_version,
    offer_change,
    start_step,
    take_change,
    withdraw,
)
from learning.changes import changes_since, versions_in_use
from learning.models import Assignment, LearningRecord, Path, PathVersion, Step, StepFile, StepSkill
from tenants.people.models import Person
from tests.conftest import NOW
from tests.learning.cast import Assign, See, plan_of, states, step

MONTH = timedelta(days=30)


@pytest.fixture
def assignment(assign: Assign, lee: Person) -> Assignment:
    return assign(lee).assignments[0]


def edit(path: Path) -> PathVersion | None:
    """L&D rewords a step, drops one and adds one."""
    version = keep_version(path=path)
    path.steps.filter(slug="three-question-opener").update(title="Ask three better questions")
    path.steps.get(slug="shadow-a-demo").delete()
    Step.objects.create(path=path, slug="new", position=90, title="Write it down", keep="always")
    return version


def titles(assignment: Assignment) -> set[str]:
    return {plan_step.step.title for plan_step in plan_of(assignment)}


def test_the_plan_stays_as_it_was_when_the_path_changes(
    assignment: Assignment, sales_path: Path
) -> None:
    before = [(s.step.title, s.position, s.state) for s in plan_of(assignment)]
    edit(sales_path)
    assert [(s.step.title, s.position, s.state) for s in plan_of(assignment)] == before
    assert "Ask three better questions" in set(sales_path.steps.values_list("title", flat=True))


def test_who_gets_the_path_later_gets_it_as_it_is_then(
    assignment: Assignment, sales_path: Path, assign: Assign, nia: Person
) -> None:
    edit(sales_path)
    hers = assign(nia).assignments[0]
    assert {"Ask three better questions", "Write it down"} <= titles(hers)
    assert hers.version is None


def test_a_kept_version_replans_with_its_own_skills_and_prerequisites(
    assignment: Assignment, sales_path: Path, lee: Person, ada: Person, see: See
) -> None:
    edit(sales_path)
    StepSkill.objects.filter(step__path=sales_path, step__version=None).delete()
    see(lee, "discovery", 3, by=ada)
    assert states(assignment)["three-question-opener"] == "set_aside"
    for later in plan_of(assignment):
        for needed in later.step.prerequisites.through.objects.filter(from_step=later.step):
            assert Step.every.get(pk=needed.to_step_id).version_id == later.step.version_id


def test_records_know_a_step_by_the_same_uid_in_every_version(
    assignment: Assignment, sales_path: Path
) -> None:
    uid = str(sales_path.steps.get(slug="five-facts").uid)
    edit(sales_path)
    finish_step(plan_step=step(assignment, "five-facts"))
    record = LearningRecord.objects.get(kind="step.done")
    assert record.payload["step"]["uid"] == uid


def test_without_anybody_on_it_nothing_is_kept(sales_path: Path, clock: Traveller) -> None:
    assert keep_version(path=sales_path) is None
    sales_path.refresh_from_db()
    assert sales_path.changed_at == NOW


def test_several_changes_before_somebody_new_comes_are_one_version(
    assignment: Assignment, sales_path: Path, assign: Assign, nia: Person, clock: Traveller
) -> None:
    first = keep_version(path=sales_path)
    assert keep_version(path=sales_path) is None
    clock.shift(MONTH)
    assign(nia)
    second = keep_version(path=sales_path)
    assert first
    assert second
    assert (second.since, second.until) == (NOW, NOW + MONTH)
    assert [(v.version, v.on_it) for v in versions_in_use(sales_path)] == [(second, 1), (first, 1)]


def test_a_step_in_a_plan_cannot_be_deleted_under_it(assignment: Assignment) -> None:
    step(assignment, "five-facts").step.delete()
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_what_changed_is_told_in_numbers(assignment: Assignment, sales_path: Path) -> None:
    version = edit(sales_path)
    assert version
    change = changes_since([version])[version.pk]
    assert change.told == "1 step is new. 1 step is gone. 1 step is changed."
    assert [each.slug for each in change.gained] == ["new"]
    assert [each.slug for each in change.dropped] == ["shadow-a-demo"]
    assert [each.title for each in change.reworded] == ["Ask three better questions"]


def test_white_space_is_no_change_and_a_file_is_one(
    assignment: Assignment, sales_path: Path
) -> None:
    version = keep_version(path=sales_path)
    assert version
    first, second = sales_path.steps.all()[:2]
    first.body = f"\n{first.body} \n\n"
    first.save()
    StepFile.objects.create(step=second, name="a.pdf", size=9, media_type="application/pdf")
    assert changes_since([version])[version.pk].reworded == [second]


def test_a_change_is_taken_when_it_was_offered(assignment: Assignment, sales_path: Path) -> None:
    version = edit(sales_path)
    assert version
    with pytest.raises(ValidationError, match="Nobody has offered"):
        take_change(assignment=assignment)
    assert offer_change(version=version) == 1
    take_change(assignment=assignment)
    assignment.refresh_from_db()
    assert (assignment.version, assignment.offered_at) == (None, None)
    assert titles(assignment) == set(sales_path.steps.values_list("title", flat=True))
    assert versions_in_use(sales_path) == []


def test_what_is_done_or_being_done_stays_though_the_path_dropped_it(
    assignment: Assignment, sales_path: Path
) -> None:
    finish_step(plan_step=step(assignment, "shadow-a-demo"))
    start_step(plan_step=step(assignment, "three-question-opener"))
    places = {s.step.slug: s.position for s in plan_of(assignment)}
    version = edit(sales_path)
    assert version
    offer_change(version=version)
    take_change(assignment=assignment)
    dropped, doing = (step(assignment, s) for s in ("shadow-a-demo", "three-question-opener"))
    assert (dropped.state, dropped.position) == ("done", places["shadow-a-demo"])
    assert (doing.state, doing.step.title) == ("doing", "Ask three better questions")
    assert doing.position == places["three-question-opener"]
    plan = plan_of(assignment)
    assert [each.position for each in plan] == list(range(len(plan)))


def test_a_plan_that_gets_shorter_keeps_its_last_steps(
    assignment: Assignment, sales_path: Path
) -> None:
    last = plan_of(assignment)[-1]
    finish_step(plan_step=last)
    version = keep_version(path=sales_path)
    assert version
    sales_path.steps.exclude(slug__in=["three-question-opener", "five-facts"]).delete()
    offer_change(version=version)
    take_change(assignment=assignment)
    plan = plan_of(assignment)
    assert [each.position for each in plan] == [0, 1, 2]
    assert (plan[2].pk, plan[2].state) == (last.pk, "done")


def test_declined_it_is_quiet_until_it_is_offered_again(
    assignment: Assignment, sales_path: Path
) -> None:
    version = edit(sales_path)
    assert version
    offer_change(version=version)
    decline_change(assignment=assignment)
    told = versions_in_use(sales_path)[0]
    assert (told.on_it, told.offered, told.declined) == (1, 0, 1)
    offer_change(version=version)
    told = versions_in_use(sales_path)[0]
    assert (told.offered, told.declined) == (1, 0)


def test_a_path_that_is_over_does_not_change(assignment: Assignment, sales_path: Path) -> None:
    version = edit(sales_path)
    assert version
    offer_change(version=version)
    withdraw(assignments=[assignment])
    with pytest.raises(ValidationError, match="withdrawn"):
        take_change(assignment=assignment)


def test_keeping_a_version_costs_the_same_for_one_or_many(
    sales_path: Path, assign: Assign, person, lee: Person
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            keep_version(path=sales_path)
        return len(captured)

    assign(lee)
    one = queries()
    assign(*(person("Person", f"Number{n}") for n in range(12)))
    assert queries() == one
