"""``kill -9`` on the worker while it sets a company up: the next one finishes it."""

from collections.abc import Iterator
from pathlib import Path as Folder

import pytest
from django.db import connections
from django_tenants.utils import schema_context
from pytest_django import DjangoDbBlocker

from portal.sign_up.tasks import provision
from tenants.companies.actions import (
    begin_sign_up,
    confirm_sign_up,
    drop_company,
    issue_code,
    take_address,
)
from tenants.companies.connections import connection
from tenants.companies.context import working_for
from tenants.companies.models import ProvisioningRun, ProvisioningStep
from tenants.people.models import Person
from tests.faults.conftest import Postbox, Worker, wait_until

pytestmark = [pytest.mark.faults]
State = ProvisioningStep.State


@pytest.fixture
def run(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[ProvisioningRun]:
    with django_db_blocker.unblock():
        connection.set_schema_to_public()
        sign_up = begin_sign_up(
            email="ines@initech.example",
            company_name="Initech",
            slug="killed",
            given_name="Ines",
            locale="en",
            time_zone="UTC",
        )
        confirm_sign_up(sign_up=sign_up, code=issue_code(sign_up=sign_up))
        run = take_address(sign_up=sign_up, root_domain="localhost")
        yield run
        drop_company(run.company)
        connections.close_all()


def test_worker_killed_while_it_makes_tables(
    run: ProvisioningRun, worker: Worker, postbox: tuple[Postbox, int], tmp_path: Folder
) -> None:
    box, _ = postbox
    worker.environment["VAR"] = str(tmp_path)  # no copy is kept there: migrations take a while
    worker.start()
    provision.delay(str(run.uid))
    wait_until(lambda: _tables(run) > 5)
    worker.kill()
    assert run.steps.get(kind="tables").state == State.RUNNING
    assert box.accepted == []

    worker.start()
    provision.delay(str(run.uid))  # as the tick does
    wait_until(lambda: not run.steps.exclude(state=State.DONE).exists(), seconds=120)
    run.company.refresh_from_db()
    assert run.company.status == "active"
    with working_for(run.company):
        assert Person.objects.get().email == "ines@initech.example"
    assert len(box.accepted) == 1


def _tables(run: ProvisioningRun) -> int:
    """How many tables its schema has by now."""
    with schema_context("public"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = %s", [run.company.schema_name]
        )
        return int(cursor.fetchone()[0])
