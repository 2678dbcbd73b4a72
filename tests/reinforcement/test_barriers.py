"""What slows a team down: noted, put right, moved along."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from learning.models import Path
from reinforcement.actions import (
    change_barrier,
    check_back,
    move_barrier,
    note_barrier,
    note_touchpoint,
)
from reinforcement.models import Barrier
from reinforcement.reports import barriers_for_path, barriers_of
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import NOW, TODAY
from tests.reinforcement.cast import MakePerson

WORDS = "Legal takes nine days to look at a contract."
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def barrier(clock: Traveller, olive: Person, ada: Person, lee: Person) -> Barrier:
    """Ada told Olive ten days ago."""
    return note_barrier(manager=ada, words=WORDS, actor=olive, heard_on=TODAY - timedelta(days=10))


def refused(act: Any, **given: Any) -> dict[str, list[str]]:
    """What the action says, by field, having written nothing."""
    before = list(Barrier.objects.order_by("pk").values())
    with pytest.raises(ValidationError) as raised:
        act(**given)
    assert list(Barrier.objects.order_by("pk").values()) == before
    if not hasattr(raised.value, "error_dict"):
        return {"": raised.value.messages}
    return raised.value.message_dict


def test_a_barrier_is_noted_with_all_that_is_known(
    clock: Traveller, olive: Person, ada: Person, lee: Person, sales_path: Path
) -> None:
    outcome = sales_path.role.outcomes.all()[0]
    talk = note_touchpoint(manager=ada, learned="Deals wait.", actor=olive, held_on=YESTERDAY)
    barrier = note_barrier(
        manager=ada,
        words=f"  {WORDS} ",
        actor=olive,
        outcome=outcome,
        severity=Barrier.Severity.STOPS,
        check_back_on=TOMORROW,
        touchpoint=talk,
        looked_after_by=olive,
        paths=[sales_path],
    )
    barrier.refresh_from_db()
    assert (barrier.words, barrier.outcome, barrier.severity) == (WORDS, outcome, 3)
    assert (barrier.status, barrier.heard_on, barrier.status_since) == (
        "heard",
        YESTERDAY,
        YESTERDAY,
    )
    assert (barrier.touchpoint, barrier.check_back_on) == (talk, TOMORROW)
    assert (barrier.looked_after_by, list(barrier.paths.all())) == (olive, [sales_path])


def test_a_manager_notes_what_slows_their_own_team_down_and_nobody_else_s(
    clock: Traveller, ada: Person, lee: Person, person: MakePerson
) -> None:
    barrier = note_barrier(manager=ada, words=WORDS, actor=ada)
    assert (barrier.manager, barrier.heard_on, barrier.looked_after_by) == (ada, TODAY, None)
    bo = person("Bo", "Ek")
    person("Cy", "Oh", manager=bo)
    said = refused(note_barrier, manager=bo, words=WORDS, actor=ada)
    assert "your own team" in said[""][0]


def test_what_is_done_about_it_is_l_and_d_s_to_say(
    ada: Person, barrier: Barrier, person: MakePerson
) -> None:
    for act, given in (
        (move_barrier, {"status": "gone"}),
        (change_barrier, {"words": "Another"}),
        (check_back, {"on": TOMORROW}),
    ):
        assert "Only L&D" in refused(act, barrier=barrier, actor=ada, **given)[""][0]
    colleague = person("Rae", "Reader", is_staff=True)
    colleague.user_permissions.add(Permission.objects.get(codename="change_barrier"))
    assert check_back(barrier=barrier, on=TOMORROW, actor=colleague).check_back_on == TOMORROW


@pytest.mark.parametrize(
    ("field", "given", "said"),
    [
        ("words", {"words": " \n"}, "in the manager's own words"),
        ("words", {"words": "a" * 501}, "Keep it to 500 characters"),
        ("severity", {"severity": 4}, "how bad"),
        ("heard_on", {"heard_on": TOMORROW}, "still to come"),
        ("check_back_on", {"check_back_on": YESTERDAY}, "This day is past"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    olive: Person, ada: Person, barrier: Barrier, field: str, given: dict[str, Any], said: str
) -> None:
    noted = refused(note_barrier, **{"manager": ada, "words": WORDS, "actor": olive, **given})
    changed = refused(change_barrier, barrier=barrier, actor=olive, **given)
    assert noted == changed
    assert list(noted) == [field]
    assert said in noted[field][0]


def test_everything_wrong_is_said_at_once(clock: Traveller, olive: Person, lee: Person) -> None:
    given = {"words": "", "heard_on": TOMORROW, "check_back_on": YESTERDAY}
    said = refused(note_barrier, manager=lee, actor=olive, **given)
    assert set(said) == {"manager", "words", "heard_on", "check_back_on"}
    assert said["manager"] == ["Nobody reports to Lee Tanaka: choose a manager."]


def test_whoever_left_leads_nobody(olive: Person, ada: Person, barrier: Barrier) -> None:
    Person.objects.filter(pk=ada.pk).update(employment_status="terminated")
    ada.refresh_from_db()
    said = refused(note_barrier, manager=ada, words=WORDS, actor=olive)
    assert "Ada Lindqvist has left" in said["manager"][0]


def test_whoever_led_when_it_was_heard_may_say_more(
    olive: Person, ada: Person, lee: Person, barrier: Barrier
) -> None:
    Person.objects.filter(pk=lee.pk).update(manager=None)
    assert note_barrier(manager=ada, words="And Finance, too.", actor=olive).manager == ada


def test_a_talk_with_somebody_else_and_an_archived_path_do_not_fit(
    olive: Person, barrier: Barrier, sales_path: Path, person: MakePerson
) -> None:
    bo = person("Bo", "Ek")
    person("Cy", "Oh", manager=bo)
    talk = note_touchpoint(manager=bo, learned="Something else.", actor=olive)
    Path.objects.update(status=Path.Status.ARCHIVED)
    sales_path.refresh_from_db()
    said = refused(
        change_barrier, barrier=barrier, actor=olive, touchpoint=talk, paths=[sales_path]
    )
    assert said == {
        "touchpoint": ["Choose a talk with Ada Lindqvist."],
        "paths": [f"“{sales_path.name}” is archived: choose a path people can still get."],
    }
    assert not barrier.paths.exists()


def test_reminders_go_to_who_can_follow_them(olive: Person, lee: Person, barrier: Barrier) -> None:
    said = refused(change_barrier, barrier=barrier, actor=olive, looked_after_by=lee)
    assert "Lee Tanaka cannot open this site" in said["looked_after_by"][0]
    assert change_barrier(barrier=barrier, actor=olive, looked_after_by=olive)


def test_what_has_become_past_or_archived_since_is_no_mistake(
    clock: Traveller, olive: Person, barrier: Barrier, sales_path: Path
) -> None:
    change_barrier(
        barrier=barrier,
        actor=olive,
        check_back_on=TOMORROW,
        looked_after_by=olive,
        paths=[sales_path],
    )
    clock.shift(timedelta(days=30))
    Path.objects.update(status=Path.Status.ARCHIVED)
    Person.objects.filter(pk=olive.pk).update(employment_status="leave")
    olive.refresh_from_db()
    changed = change_barrier(
        barrier=barrier,
        actor=olive,
        words="Legal takes ten days.",
        check_back_on=TOMORROW,
        looked_after_by=olive,
        paths=[sales_path],
    )
    assert (changed.words, changed.check_back_on) == ("Legal takes ten days.", TOMORROW)
    assert list(changed.paths.all()) == [sales_path]


def test_a_changed_first_day_is_that_of_the_first_status_too(
    olive: Person, barrier: Barrier
) -> None:
    earlier = TODAY - timedelta(days=20)
    assert change_barrier(barrier=barrier, actor=olive, heard_on=earlier).status_since == earlier
    move_barrier(barrier=barrier, status="designing", actor=olive)
    assert change_barrier(barrier=barrier, actor=olive, heard_on=YESTERDAY).status_since == TODAY


def test_it_was_heard_before_it_moved(olive: Person, barrier: Barrier) -> None:
    then = NOW - timedelta(days=5)
    move_barrier(barrier=barrier, status="designing", actor=olive, now=then)
    said = refused(change_barrier, barrier=barrier, actor=olive, heard_on=YESTERDAY)
    assert said == {"heard_on": ["It is designing since 13 Nov 2026: it was heard by then."]}


def test_moving_it_along_notes_the_day(
    clock: Traveller, olive: Person, barrier: Barrier, sales_path: Path
) -> None:
    change_barrier(barrier=barrier, actor=olive, paths=[sales_path])
    for status in ("designing", "addressed", "gone", "heard"):
        clock.shift(timedelta(days=1))
        moved = move_barrier(barrier=barrier, status=status, actor=olive)
        day = moved.status_since
        assert (moved.status, day) == (status, date.today())  # noqa: DTZ011  # the clock's
        clock.shift(timedelta(days=1))
        assert move_barrier(barrier=barrier, status=status, actor=olive).status_since == day


def test_the_day_is_that_of_the_company_s_calendar(
    clock: Traveller, olive: Person, barrier: Barrier
) -> None:
    late = NOW.replace(hour=23, minute=30)  # half past midnight in Berlin
    moved = move_barrier(barrier=barrier, status="designing", actor=olive, now=late)
    assert moved.status_since == TOMORROW


def test_nothing_is_addressed_by_nothing(
    olive: Person, ada: Person, barrier: Barrier, sales_path: Path
) -> None:
    address: dict[str, Any] = {"barrier": barrier, "status": "addressed", "actor": olive}
    said = refused(move_barrier, **address)["status"][0]
    assert said.startswith("Add the path that was designed for it, or note a touchpoint")
    Path.objects.update(status=Path.Status.DRAFT)
    change_barrier(barrier=barrier, actor=olive, paths=[sales_path])
    said = refused(move_barrier, **address)["status"][0]
    assert said.startswith(f"Publish “{sales_path.name}”, or note")
    heard: dict[str, Any] = {"manager": ada, "actor": olive, "barriers": [barrier]}
    note_touchpoint(learned="It is Legal.", held_on=barrier.heard_on, **heard)
    assert "status" in refused(move_barrier, **address)
    note_touchpoint(learned="Legal has a template now.", **heard)
    assert move_barrier(**address).status == "addressed"


def test_a_published_path_addresses_it(olive: Person, barrier: Barrier, sales_path: Path) -> None:
    change_barrier(barrier=barrier, actor=olive, paths=[sales_path])
    assert move_barrier(barrier=barrier, status="addressed", actor=olive).status == "addressed"


def test_an_unknown_status_is_refused(olive: Person, barrier: Barrier) -> None:
    assert "status" in refused(move_barrier, barrier=barrier, status="solved", actor=olive)


def test_what_is_gone_is_not_checked_back_on(olive: Person, barrier: Barrier) -> None:
    check_back(barrier=barrier, on=TOMORROW, actor=olive)
    assert move_barrier(barrier=barrier, status="gone", actor=olive).check_back_on is None
    said = refused(check_back, barrier=barrier, on=TOMORROW, actor=olive)
    assert said == {"check_back_on": ["It is gone: move it back first, then choose a day."]}
    move_barrier(barrier=barrier, status="heard", actor=olive)
    assert check_back(barrier=barrier, on=TOMORROW, actor=olive).check_back_on == TOMORROW
    assert check_back(barrier=barrier, on=None, actor=olive).check_back_on is None


def test_a_manager_s_barriers_are_told_the_worst_first_and_what_is_gone_last(
    olive: Person, ada: Person, barrier: Barrier, sales_path: Path, person: MakePerson
) -> None:
    bo = person("Bo", "Ek")
    person("Cy", "Oh", manager=bo)
    note_barrier(manager=bo, words="Bo's own.", actor=bo)
    worse = note_barrier(manager=ada, words="Demos fail.", actor=ada, severity=3)
    gone = note_barrier(manager=ada, words="No chairs.", actor=ada, severity=3)
    move_barrier(barrier=gone, status="gone", actor=olive)
    change_barrier(barrier=barrier, actor=olive, paths=[sales_path])
    move_barrier(barrier=barrier, status="designing", actor=olive)
    told = barriers_of(ada)
    assert [each.barrier for each in told] == [worse, barrier, gone]
    assert [(each.days, each.days_in_status) for each in told] == [(0, 0), (10, 0), (0, 0)]
    assert told[1].paths == [sales_path]
    assert list(barriers_for_path(sales_path)) == [barrier]
    Path.objects.update(status=Path.Status.ARCHIVED)
    assert barriers_of(ada)[1].paths == []


def test_twenty_barriers_cost_what_two_do(
    acme: Company, ada: Person, olive: Person, lee: Person, sales_path: Path
) -> None:
    counts = []
    for number in (2, 18):
        for each in range(number):
            note_barrier(manager=ada, words=f"{each}", actor=olive, paths=[sales_path])
        with CaptureQueriesContext(connection) as queries:
            assert all(each.paths for each in barriers_of(ada))
        counts.append(len(queries))
    assert counts == [2, 2]
