"""``kill -9`` on the worker while briefs go out: none is lost, none is sent twice."""

from collections import Counter

import pytest
from django.utils import timezone

from reinforcement.models import Delivery
from reinforcement.tasks import send_due
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tests.faults.conftest import MANAGERS, Postbox, Worker, wait_until

pytestmark = [pytest.mark.faults]


def _send_until_all_are_out(company: Company) -> None:
    """What the tick does every five minutes, with the leases of the dead worker run out."""
    with working_for(company):
        Delivery.objects.filter(state=Delivery.State.SENDING).update(next_attempt_at=timezone.now())
        send_due.delay()
        wait_until(lambda: not Delivery.objects.exclude(state=Delivery.State.SENT).exists())


def test_worker_killed_while_a_mail_is_being_handed_over(
    company: Company, worker: Worker, postbox: tuple[Postbox, int]
) -> None:
    box, _ = postbox
    killed: list[str] = []

    def kill_at_the_fifth(message_id: str) -> bool:
        if len(box.accepted) == 4 and not killed:
            worker.kill()
            killed.append(message_id)
            return False
        return True

    box.before = kill_at_the_fifth
    worker.start()
    with working_for(company):
        send_due.delay()
    wait_until(lambda: bool(killed))
    assert len(box.accepted) == 4

    worker.start()
    _send_until_all_are_out(company)
    assert len(box.accepted) == MANAGERS
    assert set(Counter(box.accepted).values()) == {1}
    assert killed[0] in box.accepted


def test_worker_killed_right_after_the_server_accepted(
    company: Company, worker: Worker, postbox: tuple[Postbox, int]
) -> None:
    """The one moment nobody can see: accepted, not yet marked. Then one mail may come twice, and

    with the same Message-ID, by which mail servers know it (RFC 5322, section 3.6.4).
    """
    box, _ = postbox
    killed: list[str] = []

    def accept_and_kill(message_id: str) -> bool:
        if not killed:
            worker.kill()
            killed.append(message_id)
        return True

    box.before = accept_and_kill
    worker.start()
    with working_for(company):
        send_due.delay()
    wait_until(lambda: bool(killed))

    worker.start()
    _send_until_all_are_out(company)
    counts = Counter(box.accepted)
    assert len(counts) == MANAGERS
    assert counts.pop(killed[0]) == 2
    assert set(counts.values()) == {1}
