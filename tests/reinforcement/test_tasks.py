"""Tasks: in which company they run, and what they set going."""

import pytest

from reinforcement import tasks
from reinforcement.actions import BATCH
from reinforcement.models import Brief, Delivery
from tenants.companies.connections import connection
from tenants.companies.context import NoCompanyError
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.reinforcement.cast import DUE, Assign

EVERY_TURN = [
    tasks.write_briefs,
    tasks.ask_reputations,
    tasks.remind_check_backs,
    tasks.send_due,
]
COMPANY_S = [*EVERY_TURN, tasks.write_heads_ups]


def turn(schema: str) -> list[tuple[str, str]]:
    """What the tick puts on the queue for one company."""
    return [(name_of(task), schema) for task in EVERY_TURN]


def name_of(task) -> str:
    return str(task.name.rpartition(".")[-1])


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What was put on the queue: the task, and the schema it was sent from."""
    sent: list[tuple[str, str]] = []
    for task in COMPANY_S:
        name = name_of(task)
        monkeypatch.setattr(
            task, "delay", lambda name=name: sent.append((name, connection.schema_name))
        )
    return sent


@pytest.mark.parametrize("task", COMPANY_S)
def test_a_task_that_lost_its_company_fails(acme: Company, queue, task) -> None:
    connection.set_schema_to_public()
    with pytest.raises(NoCompanyError, match="sent without a company"):
        task()
    assert queue == []


def test_the_tick_is_nobody_s_and_fails_in_a_company(acme: Company, queue) -> None:
    with pytest.raises(NoCompanyError, match="is public and was sent from a company"):
        tasks.tick()
    assert queue == []


def test_the_tick_asks_every_company(acme: Company, queue) -> None:
    connection.set_schema_to_public()
    tasks.tick()
    assert queue == turn("c_acme") + turn("c_globex")
    assert connection.schema_name == "public"


def test_only_who_wants_heads_ups_is_asked_for_them(acme: Company, queue) -> None:
    connection.set_schema_to_public()
    Company.objects.filter(slug="globex").update(heads_up=True)
    tasks.tick()
    assert [item for item in queue if item not in turn("c_acme") + turn("c_globex")] == [
        ("write_heads_ups", "c_globex")
    ]


@pytest.mark.parametrize("status", ["provisioning", "suspended", "closing"])
def test_the_tick_leaves_out_who_is_not_active(acme: Company, queue, status: str) -> None:
    connection.set_schema_to_public()
    Company.objects.filter(slug="globex").update(status=status)
    tasks.tick()
    assert queue == turn("c_acme")


def test_a_company_s_turn_writes_its_briefs_then_asks_for_them_to_be_sent(
    assign: Assign, ada: Person, lee: Person, queue
) -> None:
    assign(lee)
    tasks.write_briefs()
    assert Brief.objects.get().manager == ada
    assert Delivery.objects.get().state == "waiting"
    assert queue == [("send_due", "c_acme")]


def test_sending_empties_the_outbox(brief: Brief, queue, mailoutbox) -> None:
    tasks.send_due()
    assert [mail.subject for mail in mailoutbox] == ["This week: talk with Lee"]
    assert queue == []


def test_a_full_batch_asks_for_the_next(brief: Brief, ada: Person, queue) -> None:
    week = {"manager": ada, "due_at": DUE, "written_at": DUE, "state": Brief.State.WRITTEN}
    Delivery.objects.bulk_create(
        Delivery(
            brief=Brief.objects.create(iso_year=2020, iso_week=number, **week),
            recipient=ada,
            channel="mail",
            next_attempt_at=DUE,
            message_id=f"<{number}@acme.example>",
        )
        for number in range(1, BATCH)
    )
    tasks.send_due()
    assert queue == [("send_due", "c_acme")]
    assert not Delivery.objects.filter(state=Delivery.State.WAITING).exists()
