"""A company is set up in steps: what is done stays done, and nothing is half-made for long."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from django_tenants.utils import schema_exists

from portal.sign_up import provisioning, tasks
from reinforcement.channels.base import TemporaryFailure
from tenants.companies import actions
from tenants.companies.actions import (
    begin_sign_up,
    confirm_sign_up,
    forget_sign_ups,
    issue_code,
    make_tables,
    take_address,
)
from tenants.companies.connections import claimed, connection
from tenants.companies.context import working_for
from tenants.companies.models import Company, ProvisioningRun, ProvisioningStep, SignUp
from tenants.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_up() -> SignUp:
    connection.set_schema_to_public()
    sign_up = begin_sign_up(
        email="Ines@initech.example",
        company_name="Initech",
        slug="initech",
        given_name="Ines",
        family_name="Ito",
        locale="en",
        time_zone="Europe/Berlin",
    )
    confirm_sign_up(sign_up=sign_up, code=issue_code(sign_up=sign_up))
    return sign_up


@pytest.fixture
def run(signed_up: SignUp) -> ProvisioningRun:
    return take_address(sign_up=signed_up, root_domain="localhost")


@pytest.fixture
def no_tables(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Acme's tables stand for the new company's, which are none of this test."""
    made: list[str] = []

    def borrow(*, company: Company) -> None:
        made.append(company.slug)
        with connection.cursor() as cursor:
            cursor.execute("ALTER SCHEMA c_acme RENAME TO c_initech")

    monkeypatch.setattr(provisioning, "make_tables", borrow)
    return made


def states(run: ProvisioningRun) -> list[str]:
    return list(run.steps.values_list("state", flat=True))


def test_a_run_ends_with_a_company_its_owner_and_a_mail(run: ProvisioningRun) -> None:
    tasks.provision(str(run.uid))
    assert states(run) == ["done"] * 4
    assert all(step.took is not None for step in run.steps.all())
    company = Company.objects.get(slug="initech")
    assert company.status == Company.Status.ACTIVE
    with working_for(company):
        owner = Person.objects.get()
        assert (owner.email, owner.name) == ("ines@initech.example", "Ines Ito")
        assert owner.is_staff
        assert owner.is_superuser
        assert not owner.has_usable_password()
    (message,) = mail.outbox
    assert message.to == ["ines@initech.example"]
    assert "http://initech.localhost:8000/welcome/" in message.body
    tasks.provision(str(run.uid))
    assert len(mail.outbox) == 1


def test_a_step_that_fails_says_so_and_the_rest_waits(
    run: ProvisioningRun, no_tables: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: Any) -> Person:
        raise RuntimeError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(provisioning, "welcome_owner", fail)
        with pytest.raises(RuntimeError, match="disk full"):
            tasks.provision(str(run.uid))
    assert states(run) == ["done", "done", "failed", "waiting"]
    assert run.steps.get(kind="owner").error == "RuntimeError: disk full"
    assert Company.objects.get(slug="initech").status == Company.Status.PROVISIONING
    tasks.provision(str(run.uid))
    assert states(run) == ["done"] * 4
    assert no_tables == ["initech"]


def test_a_mail_server_that_says_later_is_asked_later(
    run: ProvisioningRun, no_tables: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def later(*_: Any) -> None:
        raise TemporaryFailure("451 not now")

    def wait(**how: Any) -> TemporaryFailure:
        countdowns.append(how["countdown"])
        return TemporaryFailure("queued")

    countdowns: list[float] = []
    monkeypatch.setattr(provisioning, "send_welcome", later)
    monkeypatch.setattr(tasks.provision, "retry", wait)
    with pytest.raises(TemporaryFailure):
        tasks.provision.run(str(run.uid))
    assert states(run) == ["done", "done", "done", "failed"]
    assert Company.objects.get(slug="initech").status == Company.Status.ACTIVE
    assert countdowns == [pytest.approx(2.5, abs=2.5)]


def test_two_workers_at_one_run_do_it_once(run: ProvisioningRun, no_tables: list[str]) -> None:
    with claimed(f"provisioning {run.uid}") as ours:
        assert ours
        tasks.provision(str(run.uid))
        assert no_tables == []
    tasks.provision(str(run.uid))
    assert no_tables == ["initech"]


def test_what_a_killed_worker_left_half_way_is_made_anew(run: ProvisioningRun) -> None:
    run.steps.filter(kind="tables").update(state="running", began_at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA c_initech")
        cursor.execute("CREATE TABLE c_initech.people_person (half integer)")
    tasks.provision(str(run.uid))
    assert states(run) == ["done"] * 4


def test_a_run_that_nobody_is_at_is_taken_up_but_not_one_that_failed(
    run: ProvisioningRun, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(actions.provisioning, "ask_worker", asked.append)
    ProvisioningRun.objects.update(began_at=timezone.now())
    tasks.tick()
    assert asked == []
    clock.shift(timedelta(minutes=2))
    tasks.tick()
    assert asked == [str(run.uid)]
    now = timezone.now()
    run.steps.filter(kind="tables").update(state="failed", began_at=now, ended_at=now)
    tasks.tick()
    assert asked == [str(run.uid)]


def test_tables_of_a_company_that_is_open_are_not_made_anew(acme: Company) -> None:
    with pytest.raises(ValueError, match="Acme is open already"):
        make_tables(company=acme)
    assert schema_exists("c_acme")


def test_no_address_is_taken_for_an_unproven_mail_address(signed_up: SignUp) -> None:
    SignUp.objects.update(confirmed_at=None)
    with pytest.raises(ValueError, match="Nobody has shown"):
        take_address(sign_up=signed_up, root_domain="localhost")
    assert not Company.objects.filter(slug="initech").exists()


def test_taking_the_address_twice_is_the_same_run(signed_up: SignUp, run: ProvisioningRun) -> None:
    assert take_address(sign_up=signed_up, root_domain="localhost") == run
    assert ProvisioningStep.objects.count() == 4


@pytest.mark.parametrize(
    ("confirmed", "age", "is_kept"),
    [
        (False, timedelta(hours=23), True),
        (False, timedelta(hours=25), False),
        (True, timedelta(days=6), True),
        (True, timedelta(days=8), False),
    ],
)
def test_a_sign_up_is_forgotten_in_time(
    signed_up: SignUp, confirmed: bool, age: timedelta, is_kept: bool
) -> None:
    now = timezone.now()
    SignUp.objects.update(confirmed_at=now if confirmed else None, created_at=now - age)
    forget_sign_ups(now=now)
    assert SignUp.objects.exists() == is_kept


def test_a_company_that_never_became_ready_goes_after_a_week(run: ProvisioningRun) -> None:
    now = timezone.now()
    SignUp.objects.update(created_at=now - timedelta(days=8))
    forget_sign_ups(now=now)
    assert not Company.objects.filter(slug="initech").exists()
    assert not ProvisioningRun.objects.exists()


def test_a_company_that_is_ready_stays_when_its_sign_up_is_forgotten(run: ProvisioningRun) -> None:
    actions.open_company(company=run.company)
    now = timezone.now()
    SignUp.objects.update(created_at=now - timedelta(days=8))
    forget_sign_ups(now=now)
    assert not SignUp.objects.exists()
    assert Company.objects.filter(slug="initech").exists()
