"""Taking back what was given to many at once, and undoing that: now, or by a worker."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from learning import tasks
from learning.actions import (
    give_back,
    giving,
    send_off,
    start_step,
    take_back,
    take_up_runs,
    taking_back,
    try_again,
    withdraw,
)
from learning.models import Assignment, AssignmentRun
from tenants.people.models import Person
from tests.conftest import NOW
from tests.learning.cast import Assign, MakePerson, Prepare, kinds, plan_of

LATER = NOW + timedelta(hours=1)
Send = Callable[..., AssignmentRun]


@pytest.fixture
def send(prepare: Prepare, olive: Person, clock: Traveller) -> Send:
    """``send(lee, nia)``: given to them, an hour ago."""

    def make(*people: Person) -> AssignmentRun:
        run = send_off(draft=prepare(*people), actor=olive)
        clock.move_to(LATER)
        return run

    return make


@pytest.fixture
def five(send: Send, person: MakePerson) -> AssignmentRun:
    return send(*(person(f"Bo{number}", "Ek") for number in range(5)))


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any) -> Any:
    """``with worker() as asked:`` what a worker is asked to undo, which is much from two on."""
    monkeypatch.setattr(taking_back, "AT_ONCE", 1)
    monkeypatch.setattr(taking_back, "A_STRIDE", 2)
    asked: list[str] = []
    monkeypatch.setattr(tasks.undo_run, "delay", asked.append)

    class Worker:
        def __enter__(self) -> list[str]:
            self.callbacks = django_capture_on_commit_callbacks(execute=True)
            self.callbacks.__enter__()
            return asked

        def __exit__(self, *error: Any) -> None:
            self.callbacks.__exit__(*error)

    return Worker


def statuses() -> list[str]:
    return list(Assignment.objects.order_by("pk").values_list("status", flat=True))


def dies_in_round(number: int, name: str, monkeypatch: pytest.MonkeyPatch, error: Any) -> None:
    """The worker stops after it has written this round, before it is committed."""
    real, rounds = getattr(taking_back, name), list[Any]()

    def act(**told: Any) -> Any:
        rounds.append(real(**told))
        if len(rounds) == number:
            raise error
        return rounds[-1]

    monkeypatch.setattr(taking_back, name, act)


def test_taking_it_back_keeps_what_was_done_and_can_be_undone(
    send: Send, olive: Person, lee: Person, nia: Person
) -> None:
    run = send(lee, nia)
    begun, _ = Assignment.objects.order_by("person__given_name")
    start_step(plan_step=plan_of(begun)[0])
    run = take_back(run=run, actor=olive)
    assert (run.state, run.undone_by, run.undone_at) == ("undone", olive, LATER)
    assert statuses() == ["withdrawn", "withdrawn"]
    assert take_back(run=run, actor=lee).undone_by == olive
    run = give_back(run=run)
    assert (run.state, run.undone_at, run.detail) == ("done", None, "")
    assert sorted(statuses()) == ["assigned", "in_progress"]
    assert give_back(run=run).state == "done"


def test_given_back_is_what_it_took_and_nobody_who_left_or_has_it_again(
    send: Send,
    assign: Assign,
    olive: Person,
    ada: Person,
    lee: Person,
    nia: Person,
    person: MakePerson,
) -> None:
    bo = person("Bo", "Ek")
    run = send(ada, lee, nia, bo)
    withdraw(assignments=[Assignment.objects.get(person=ada)], now=NOW)  # by hand, before
    run = take_back(run=run, actor=olive)
    assign(lee)
    Person.objects.filter(pk=nia.pk).update(employment_status="terminated")
    run = give_back(run=run)
    back = Assignment.objects.filter(recipient__run=run, status="assigned")
    assert [assignment.person for assignment in back] == [bo]
    assert "Lee Tanaka" in run.detail
    assert "Nia Haddad" in run.detail
    assert "Ada" not in run.detail


def test_of_many_who_are_kept_out_some_are_named(
    five: AssignmentRun, olive: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_back, "NAMED", 2)
    take_back(run=five, actor=olive)
    Person.objects.filter(family_name="Ek").update(employment_status="terminated")
    assert give_back(run=five).detail.endswith(" Ek and 3 more.")


def test_many_are_taken_back_and_given_back_by_a_worker_some_at_a_time(
    five: AssignmentRun, olive: Person, worker: Any
) -> None:
    with worker() as asked:
        run = take_back(run=five, actor=olive)
    assert asked == [str(run.uid)]
    assert (run.state, statuses()) == ("undoing", ["assigned"] * 5)
    tasks.undo_run(*asked)
    run.refresh_from_db()
    assert (run.state, statuses()) == ("undone", ["withdrawn"] * 5)
    with worker() as asked:
        run = give_back(run=run)
    assert run.state == "returns"
    tasks.undo_run(asked[-1])
    run.refresh_from_db()
    assert (run.state, statuses()) == ("done", ["assigned"] * 5)


@pytest.mark.parametrize("way", ["withdraw", "undo_withdrawal"])
def test_a_worker_that_dies_goes_on_where_it_was_and_does_nothing_twice(
    five: AssignmentRun, olive: Person, worker: Any, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    with worker() as asked:
        run = take_back(run=five, actor=olive)
    if way == "undo_withdrawal":
        tasks.undo_run(*asked)
        with worker() as asked:
            give_back(run=run)
    dies_in_round(2, way, monkeypatch, SystemExit)
    with pytest.raises(SystemExit):
        tasks.undo_run(asked[-1])
    before, after = ("assigned", "withdrawn") if way == "withdraw" else ("withdrawn", "assigned")
    assert statuses() == [after, after, before, before, before]
    tasks.undo_run(asked[-1])
    tasks.undo_run(asked[-1])
    assert statuses() == [after] * 5
    told = ["assignment.created", "assignment.withdrawn", "assignment.resumed"]
    for each in Assignment.objects.all():
        assert kinds(each) == told[: 2 if way == "withdraw" else 3]


def test_what_goes_wrong_is_said_and_can_be_tried_again(
    five: AssignmentRun, olive: Person, worker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with worker() as asked:
        run = take_back(run=five, actor=olive)
    dies_in_round(2, "withdraw", monkeypatch, OSError("disk"))
    with pytest.raises(OSError, match="disk"):
        tasks.undo_run(*asked)
    run.refresh_from_db()
    assert run.is_stopped
    assert "on our side" in run.detail
    with worker() as asked:
        try_again(run=run)
        try_again(run=run)
    assert len(asked) == 2  # once to be taken back, once to go on
    tasks.undo_run(asked[-1])
    run.refresh_from_db()
    assert (run.state, run.detail, statuses()) == ("undone", "", ["withdrawn"] * 5)


def test_what_nobody_took_up_is_queued_again(
    five: AssignmentRun, olive: Person, worker: Any
) -> None:
    with worker() as asked:
        run = take_back(run=five, actor=olive)
        assert take_up_runs() == 1
    assert asked == [str(run.uid)] * 2


def test_what_is_still_going_on_is_neither_taken_back_nor_given_back(
    five: AssignmentRun, prepare: Prepare, olive: Person, lee: Person, nia: Person, worker: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    with worker():
        run = take_back(run=five, actor=olive)
    monkeypatch.setattr(giving, "AT_ONCE", 1)
    for busy in (run, send_off(draft=prepare(lee, nia), actor=olive)):
        with pytest.raises(ValidationError, match="still being given, taken back"):
            take_back(run=busy, actor=olive)
        with pytest.raises(ValidationError, match="still being given, taken back"):
            give_back(run=busy)


def test_a_round_costs_the_same_for_one_and_for_forty(
    send: Send, olive: Person, person: MakePerson
) -> None:
    def cost(act: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as queries:
            act()
        return len(queries)

    costs = []
    for size in (2, 3, 40):
        run = send(*(person(f"Bo{number}", f"Ek{size}") for number in range(size)))
        out = cost(lambda: take_back(run=run, actor=olive))  # noqa: B023
        costs.append((out, cost(lambda: give_back(run=run))))  # noqa: B023
    assert costs[1] == costs[2]
    assert max(costs[2]) <= 40
