"""Managers compare, adjust, and close: what stands then, and whose levels it is."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from time_machine import Traveller

from learning.actions import (
    abandon_calibration,
    adjust_levels,
    close_calibration,
    note_sighting,
    open_calibration,
    say_done,
)
from learning.calibration.standing import standing_of
from learning.models import (
    AppendOnlyError,
    Assignment,
    CalibratedLevel,
    Calibration,
    CalibrationSkill,
    Observation,
    Path,
    Role,
    Skill,
)
from tenants.people.models import EmploymentStatus, Person
from tests.conftest import NOW, TODAY
from tests.learning.cast import Hold, MakePerson, See

SLUG = "discovery"


@pytest.fixture
def role(sales_path: Path, clock: Traveller) -> Role:
    return sales_path.role


@pytest.fixture
def skill(role: Role) -> Skill:
    return Skill.objects.get(slug=SLUG)


@pytest.fixture
def bo(ada: Person, hold: Hold) -> Person:
    return hold("Bo", ada)


@pytest.fixture
def max_(person: MakePerson) -> Person:
    return person("Max", "Oh")


@pytest.fixture
def pia(max_: Person, hold: Hold) -> Person:
    return hold("Pia", max_)


@pytest.fixture
def session(
    olive: Person, ada: Person, bo: Person, max_: Person, pia: Person, role: Role
) -> Calibration:
    """Ada has Bo in the role, Max has Pia."""
    return open_calibration(role=role, managers=[ada, max_], actor=olive)


def both_done(session: Calibration) -> None:
    for each in session.participants.select_related("manager"):
        say_done(calibration=session, actor=each.manager)


def refused(error: pytest.ExceptionInfo[ValidationError]) -> str:
    return " ".join(error.value.messages)


def test_words_of_levels_are_kept_as_they_are_when_it_opens(
    session: Calibration, skill: Skill
) -> None:
    before = skill.on_their_own
    skill.on_their_own = "Something else"
    skill.save()
    kept = CalibrationSkill.objects.get(calibration=session, skill=skill)
    assert kept.looks_like(2) == before != "Something else"
    required = session.role.role_skills.filter(required_level__gt=0)
    assert session.skills.count() == required.count() > 1


def test_letters_do_not_follow_names(
    olive: Person, role: Role, person: MakePerson, hold: Hold
) -> None:
    """Seven sessions in the same order by chance: once in 10 to the 18th."""
    managers = [person(f"M{number}", "Oh") for number in range(6)]
    for manager in managers:
        hold(f"R{manager.given_name}", manager)
    orders = set()
    for _ in range(7):
        session = open_calibration(role=role, managers=managers, actor=olive)
        orders.add(tuple(session.participants.values_list("manager__given_name", flat=True)))
        abandon_calibration(calibration=session, actor=olive)
    assert len(orders) > 1


def test_one_manager_has_nobody_to_compare_with(
    olive: Person, ada: Person, bo: Person, role: Role
) -> None:
    for managers in ([ada], [ada, ada], []):
        with pytest.raises(ValidationError) as error:
            open_calibration(role=role, managers=managers, actor=olive)
        assert "managers" in error.value.error_dict
    assert not Calibration.objects.exists()


def test_it_says_who_has_nobody_in_the_role(
    olive: Person, ada: Person, bo: Person, max_: Person, role: Role, person: MakePerson
) -> None:
    person("Rob", "Ek", manager=max_)  # without the role
    uma = person("Uma", "Ek")
    with pytest.raises(ValidationError) as error:
        open_calibration(role=role, managers=[ada, max_, uma], actor=olive)
    assert "Max Oh and Uma Ek lead nobody who holds the role" in refused(error)
    assert "Ada" not in refused(error)


def test_a_role_is_calibrated_once_at_a_time(
    session: Calibration, olive: Person, ada: Person, max_: Person, role: Role
) -> None:
    with pytest.raises(ValidationError, match="being calibrated already"):
        open_calibration(role=role, managers=[ada, max_], actor=olive)
    with pytest.raises(IntegrityError), transaction.atomic():
        Calibration.objects.create(role=role, opened_at=NOW)


def test_role_without_skills_is_refused(olive: Person, ada: Person, max_: Person) -> None:
    bare = Role.objects.create(slug="bare", name="Bare")
    with pytest.raises(ValidationError, match="needs no skills yet"):
        open_calibration(role=bare, managers=[ada, max_], actor=olive)


def test_an_adjustment_is_an_observation_and_the_plan_follows(
    session: Calibration, ada: Person, bo: Person, skill: Skill, assign: Callable[..., object]
) -> None:
    assign(bo)
    plan = Assignment.objects.get(person=bo).plan_steps
    before = set(plan.filter(state="set_aside").values_list("step__slug"))
    [seen] = adjust_levels(calibration=session, skill=skill, levels={bo: 3}, actor=ada)
    assert (seen.level, seen.source, seen.observer, seen.context) == (
        3, "manager", ada, "Calibration",
    )  # fmt: skip
    assert set(plan.filter(state="set_aside").values_list("step__slug")) > before


def test_only_the_manager_adjusts_and_only_those_in_the_role(
    session: Calibration,
    ada: Person,
    max_: Person,
    bo: Person,
    pia: Person,
    lee: Person,
    olive: Person,
    skill: Skill,
) -> None:
    for actor, about in ((ada, pia), (max_, bo), (ada, lee), (olive, bo)):
        with pytest.raises(ValidationError):
            adjust_levels(calibration=session, skill=skill, levels={about: 1}, actor=actor)
    with pytest.raises(ValidationError):  # nothing of it
        adjust_levels(calibration=session, skill=skill, levels={bo: 1, pia: 1}, actor=ada)
    assert not Observation.objects.exists()


def test_skill_of_another_role_is_not_part_of_it(
    session: Calibration, ada: Person, bo: Person
) -> None:
    other = Skill.objects.create(slug="other", name="Other")
    with pytest.raises(ValidationError, match="not part of"):
        adjust_levels(calibration=session, skill=other, levels={bo: 1}, actor=ada)


def test_closing_keeps_what_stands_and_from_what_it_was_adjusted(
    session: Calibration, olive: Person, ada: Person, max_: Person, bo: Person, pia: Person,
    skill: Skill, see: See, clock: Traveller,
) -> None:  # fmt: skip
    see(pia, SLUG, 2, by=max_, observed_on=TODAY - timedelta(days=9))
    Observation.objects.update(created_at=NOW - timedelta(days=9))
    see(bo, SLUG, 3)  # his own word is no level that managers saw
    clock.shift(timedelta(hours=1))
    adjust_levels(calibration=session, skill=skill, levels={bo: 1}, actor=ada)
    both_done(session)
    standing = close_calibration(calibration=session, actor=olive, agreed=" An agenda. ", people=2)

    kept = {level.person: level for level in session.levels.select_related("person")}
    assert standing.people == len(kept) == 2
    assert (kept[bo].level, kept[bo].is_adjusted, kept[bo].adjusted_from) == (1, True, None)
    assert (kept[bo].adjusted_by, kept[bo].seen_on) == (ada, TODAY)
    assert (kept[pia].level, kept[pia].is_adjusted, kept[pia].adjusted_by) == (2, False, None)
    session.refresh_from_db()
    assert (session.state, session.agreed, session.ended_by) == ("closed", "An agenda.", olive)
    assert {level.person for level in CalibratedLevel.objects.good(NOW)} == {bo, pia}
    with pytest.raises(AppendOnlyError):
        kept[bo].save()


def test_what_was_adjusted_twice_was_adjusted_from_what_stood_at_first(
    olive: Person, ada: Person, max_: Person, bo: Person, pia: Person, role: Role, skill: Skill,
    clock: Traveller,
) -> None:  # fmt: skip
    note_sighting(person=bo, skill=skill, level=2, actor=ada)
    clock.shift(timedelta(hours=1))
    session = open_calibration(role=role, managers=[ada, max_], actor=olive)
    for level in (3, 1):
        clock.shift(timedelta(minutes=5))
        adjust_levels(calibration=session, skill=skill, levels={bo: level}, actor=ada)
    both_done(session)
    close_calibration(calibration=session, actor=olive)
    kept = CalibratedLevel.objects.get(person=bo)
    assert (kept.level, kept.adjusted_from, kept.adjusted_by) == (1, 2, ada)


def test_whose_manager_is_not_done_stays_in_the_house(
    session: Calibration, olive: Person, ada: Person, max_: Person, bo: Person, pia: Person,
    skill: Skill, see: See,
) -> None:  # fmt: skip
    see(bo, SLUG, 1, by=ada)
    see(pia, SLUG, 1, by=max_)
    say_done(calibration=session, actor=ada)
    with pytest.raises(ValidationError, match="at least two"):
        close_calibration(calibration=session, actor=olive)
    say_done(calibration=session, actor=max_)
    say_done(calibration=session, actor=max_, done=False)
    assert [team.participant.manager for team in standing_of(session, today=TODAY).left_out] == [
        max_
    ]
    with pytest.raises(ValidationError, match="at least two"):
        close_calibration(calibration=session, actor=olive)
    assert not CalibratedLevel.objects.exists()


def test_it_is_closed_once(session: Calibration, olive: Person, ada: Person, bo: Person) -> None:
    both_done(session)
    close_calibration(calibration=session, actor=olive)
    for again in (
        lambda: close_calibration(calibration=session, actor=olive),
        lambda: abandon_calibration(calibration=session, actor=olive),
        lambda: say_done(calibration=session, actor=ada),
    ):
        with pytest.raises(ValidationError, match="over"):
            again()


def test_closing_is_refused_where_it_would_do_something_else_than_was_told(
    session: Calibration, olive: Person, bo: Person, ada: Person, see: See
) -> None:
    both_done(session)
    see(bo, SLUG, 1, by=ada)
    with pytest.raises(ValidationError, match="changed meanwhile"):
        close_calibration(calibration=session, actor=olive, people=0)
    assert close_calibration(calibration=session, actor=olive, people=1).people == 1


def test_a_manager_who_has_left_counts_no_more(
    session: Calibration, olive: Person, ada: Person, max_: Person, bo: Person, pia: Person,
    see: See,
) -> None:  # fmt: skip
    see(bo, SLUG, 1, by=ada)
    see(pia, SLUG, 1, by=max_)
    both_done(session)
    Person.objects.filter(pk=max_.pk).update(employment_status=EmploymentStatus.TERMINATED)
    with pytest.raises(ValidationError, match="at least two"):
        close_calibration(calibration=session, actor=olive)


def test_a_report_who_moved_follows_their_manager(
    session: Calibration, olive: Person, ada: Person, max_: Person, bo: Person, pia: Person,
    skill: Skill, hold: Hold, person: MakePerson,
) -> None:  # fmt: skip
    cy = hold("Cy", ada)
    for about, actor in ((bo, ada), (cy, ada), (pia, max_)):
        adjust_levels(calibration=session, skill=skill, levels={about: 2}, actor=actor)
    both_done(session)
    Person.objects.filter(pk=bo.pk).update(manager=person("Uma", "Ek"))  # takes no part
    with pytest.raises(ValidationError, match="not in your team"):
        adjust_levels(calibration=session, skill=skill, levels={bo: 1}, actor=ada)
    close_calibration(calibration=session, actor=olive)
    assert {level.person for level in session.levels.select_related("person")} == {cy, pia}


def test_abandoned_it_gives_nothing(
    session: Calibration, olive: Person, ada: Person, bo: Person, skill: Skill
) -> None:
    adjust_levels(calibration=session, skill=skill, levels={bo: 2}, actor=ada)
    both_done(session)
    abandon_calibration(calibration=session, actor=olive)
    assert not CalibratedLevel.objects.exists()
    assert Observation.objects.filter(person=bo).current().get().level == 2
