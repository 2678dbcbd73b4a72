"""Giving a path to many people at once: prepared, sent off, taken back."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from learning import tasks
from learning.actions import (
    assign_path,
    change_path,
    choose_people,
    frame,
    giving,
    send_off,
    take_up_runs,
    try_again,
)
from learning.framing import Framing
from learning.library import load_role
from learning.models import Assignment, AssignmentDraft, AssignmentRun, Path, Recipient
from learning.models import giving as limits
from tenants.people.models import Person
from tests.conftest import NOW, TODAY
from tests.learning.cast import Assign, MakePerson, Prepare, plan_of


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any) -> Any:
    """``with sent() as uids:`` what a worker was asked to give, after the commit."""
    asked: list[str] = []
    monkeypatch.setattr(tasks.give_run, "delay", asked.append)

    class Sent:
        def __enter__(self) -> list[str]:
            self.callbacks = django_capture_on_commit_callbacks(execute=True)
            self.callbacks.__enter__()
            return asked

        def __exit__(self, *error: Any) -> None:
            self.callbacks.__exit__(*error)

    return Sent


def refused(draft: AssignmentDraft, actor: Person) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refusal:
        send_off(draft=draft, actor=actor)
    assert not Assignment.objects.exists()
    assert not AssignmentRun.objects.exists()
    assert AssignmentDraft.objects.filter(pk=draft.pk).exists()
    return refusal.value.message_dict


def became(run: AssignmentRun) -> dict[str, str]:
    return dict(run.recipients.values_list("person__given_name", "became"))


def test_few_have_it_at_once_each_with_the_framing_and_a_plan(
    prepare: Prepare, olive: Person, lee: Person, nia: Person, framing: Framing
) -> None:
    draft = prepare(lee, nia)
    run = send_off(draft=draft, actor=olive)
    assert (run.state, run.given, run.chosen, run.finished_at) == ("done", 2, 2, NOW)
    assert run.uid == draft.uid
    assert not AssignmentDraft.objects.exists()
    for assignment in Assignment.objects.all():
        assert assignment.recipient.run == run
        assert (assignment.claim, assignment.assigned_by) == (framing.claim, olive)
        assert len(plan_of(assignment)) == 14
        assert assignment.starts_on == TODAY


def test_sent_off_twice_it_is_one_run(prepare: Prepare, olive: Person, lee: Person) -> None:
    draft = prepare(lee)
    assert send_off(draft=draft, actor=olive) == send_off(draft=draft, actor=olive)
    assert Assignment.objects.count() == 1


def test_who_has_it_or_left_meanwhile_is_told_of_and_the_others_get_it(
    prepare: Prepare, assign: Assign, olive: Person, ada: Person, lee: Person, nia: Person
) -> None:
    draft = prepare(ada, lee, nia)
    assign(lee)
    Person.objects.filter(pk=nia.pk).update(employment_status="terminated")
    run = send_off(draft=draft, actor=olive)
    assert became(run) == {"Ada": "given", "Lee": "had_it", "Nia": "gone"}
    assert (run.given, run.had_it, run.gone, run.reached) == (1, 1, 1, 3)


@pytest.mark.parametrize("status", ["draft", "archived"])
def test_a_path_that_is_not_published_any_more_is_refused_whole(
    prepare: Prepare, olive: Person, lee: Person, sales_path: Path, status: str
) -> None:
    draft = prepare(lee)
    Path.objects.filter(pk=sales_path.pk).update(status=status)
    assert list(refused(draft, olive)) == ["path"]


def test_what_the_framing_lacks_is_refused_whole(
    prepare: Prepare, olive: Person, lee: Person
) -> None:
    assert list(refused(prepare(lee, outcome=None), olive)) == ["outcome"]
    assert list(refused(prepare(lee, framing=Framing("", "tbd", "x")), olive)) == [
        "claim",
        "because",
        "sign",
    ]
    far = prepare(lee, starts_on=TODAY + timedelta(days=400))
    assert list(refused(far, olive)) == ["starts_on"]


def test_it_is_refused_where_nobody_is_left_to_get_it(
    prepare: Prepare, assign: Assign, olive: Person, lee: Person
) -> None:
    assert list(refused(prepare(), olive)) == ["people"]
    draft = prepare(lee)
    assign(lee)
    with pytest.raises(ValidationError, match="Nobody is left"):
        send_off(draft=draft, actor=olive)


def test_many_are_given_it_by_a_worker_some_at_a_time(
    prepare: Prepare, olive: Person, person: MakePerson, sent: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(giving, "AT_ONCE", 3)
    monkeypatch.setattr(giving, "A_STRIDE", 2)
    people = [person(f"Bo{number}", "Ek") for number in range(5)]
    with sent() as asked:
        run = send_off(draft=prepare(*people), actor=olive)
    assert asked == [str(run.uid)]
    assert run.state == "queued"
    assert not Assignment.objects.exists()
    tasks.give_run(str(run.uid))
    run.refresh_from_db()
    assert (run.state, run.given) == ("done", 5)
    tasks.give_run(str(run.uid))
    assert Assignment.objects.count() == 5


def test_a_worker_that_dies_goes_on_where_it_was_and_nobody_has_it_twice(
    prepare: Prepare, olive: Person, person: MakePerson, sent: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(giving, "AT_ONCE", 1)
    monkeypatch.setattr(giving, "A_STRIDE", 2)
    people = [person(f"Bo{number}", "Ek") for number in range(5)]
    with sent():
        run = send_off(draft=prepare(*people), actor=olive)
    rounds: list[Any] = []

    def killed(**told: Any) -> Any:
        rounds.append(assign_path(**told))
        if len(rounds) == 2:
            raise SystemExit  # after the second chunk was written, before it is committed
        return rounds[-1]

    monkeypatch.setattr(giving, "assign_path", killed)
    with pytest.raises(SystemExit):
        tasks.give_run(str(run.uid))
    run.refresh_from_db()
    assert (run.state, run.given, Assignment.objects.count()) == ("running", 2, 2)
    tasks.give_run(str(run.uid))
    run.refresh_from_db()
    assert (run.state, run.given, Assignment.objects.count()) == ("done", 5, 5)


def test_what_nobody_took_up_is_queued_again(
    prepare: Prepare, olive: Person, lee: Person, nia: Person, sent: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(giving, "AT_ONCE", 1)
    with sent() as asked:
        run = send_off(draft=prepare(lee, nia), actor=olive)
        assert take_up_runs(now=NOW) == 0
        assert take_up_runs(now=NOW + timedelta(minutes=2)) == 1
    assert asked == [str(run.uid)] * 2


def test_a_path_unpublished_half_way_stops_it_says_why_and_it_can_go_on(
    prepare: Prepare,
    olive: Person,
    lee: Person,
    nia: Person,
    sales_path: Path,
    sent: Any,
    monkeypatch: Any,
) -> None:
    monkeypatch.setattr(giving, "AT_ONCE", 1)
    monkeypatch.setattr(giving, "A_STRIDE", 1)
    with sent():
        run = send_off(draft=prepare(lee, nia), actor=olive)
    giving._give_some(run, NOW, at_most=1)
    Path.objects.filter(pk=sales_path.pk).update(status="draft")
    tasks.give_run(str(run.uid))
    run.refresh_from_db()
    assert (run.state, run.given) == ("failed", 1)
    assert "publish it before assigning it" in run.detail
    Path.objects.filter(pk=sales_path.pk).update(status="published")
    with sent() as asked:
        try_again(run=run)
        try_again(run=run)
    assert len(asked) == 2  # once to be sent off, once to go on
    tasks.give_run(asked[-1])
    run.refresh_from_db()
    assert (run.state, run.given, run.detail) == ("done", 2, "")


def test_more_than_a_run_gives_are_not_chosen(
    prepare: Prepare, olive: Person, lee: Person, nia: Person, monkeypatch: Any
) -> None:
    from learning.actions import drafts

    monkeypatch.setattr(drafts, "MOST", 1)
    draft = prepare(lee)
    with pytest.raises(ValidationError, match="These would be 2 people"):
        choose_people(draft=draft, people=[nia.pk])
    assert list(draft.people.all()) == [lee]
    assert choose_people(draft=draft, people=[lee.pk]) == 0
    assert limits.MOST == 5_000


def test_who_has_left_is_not_chosen(prepare: Prepare, person: MakePerson) -> None:
    gone = person("Bo", "Ek", employment_status="terminated")
    assert not prepare(gone).people.exists()


def test_another_path_keeps_people_and_words_and_only_an_outcome_of_its_role(
    prepare: Prepare, lee: Person, sales_path: Path
) -> None:
    draft = prepare(lee)
    change_path(draft=draft, path=sales_path)
    assert draft.outcome is not None
    change_path(draft=draft, path=load_role("people-manager").paths.get())
    draft = AssignmentDraft.objects.get()
    assert draft.outcome is None
    assert draft.claim == "close deals faster"
    assert list(draft.people.all()) == [lee]


def test_concerns_that_were_read_count_as_long_as_the_words_stay(
    prepare: Prepare, lee: Person, framing: Framing
) -> None:
    draft = prepare(lee, keep_wording=True)
    frame(draft=draft, framing=framing, outcome=None, starts_on=TODAY)
    assert draft.wording_kept
    frame(draft=draft, framing=Framing("a", "b", "c"), outcome=None, starts_on=TODAY)
    assert not draft.wording_kept


def test_forty_people_cost_no_more_queries_than_three(
    prepare: Prepare, olive: Person, person: MakePerson
) -> None:
    def cost(people: list[Person]) -> int:
        draft = prepare(*people)
        with CaptureQueriesContext(connection) as queries:
            send_off(draft=draft, actor=olive)
        return len(queries)

    costs = [cost([person(f"Bo{n}", f"Ek{size}") for n in range(size)]) for size in (1, 3, 40)]
    assert costs[1] == costs[2] <= 40  # the first looks up what is known from then on


@pytest.mark.parametrize(
    ("model", "change", "constraint"),
    [
        (Recipient, {"became": "gone"}, "recipient_has_what_was_given"),
        (AssignmentRun, {"state": "undone"}, "run_taken_back_says_when"),
        (AssignmentRun, {"claim": ""}, "run_has_its_framing"),
    ],
)
def test_the_database_too_holds_what_always_holds(
    prepare: Prepare, olive: Person, lee: Person, model: Any, change: Any, constraint: str
) -> None:
    send_off(draft=prepare(lee), actor=olive)
    with pytest.raises(IntegrityError, match=constraint):
        model.objects.update(**change)
