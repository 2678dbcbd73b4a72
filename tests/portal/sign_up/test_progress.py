"""Watching a company come to be: what the page says while it is made, when it fails, and after."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.sign_up.tokens import progress_of
from tenants.companies.connections import connection
from tenants.companies.context import working_for
from tenants.companies.models import Company, ProvisioningRun, ProvisioningStep, SignUp
from tenants.people.actions import welcome_owner
from tests.portal.sign_up.cast import Outsider

Watch = Callable[..., str]
State = ProvisioningStep.State


@pytest.fixture
def watch(acme: Company) -> Watch:
    """``watch("done", "running")``: the page of Acme's setting up, its steps in these states."""

    def page(*states: str) -> str:
        connection.set_schema_to_public()
        now = timezone.now()
        sign_up, _ = SignUp.objects.get_or_create(
            email="olga@acme.example",
            defaults={
                "company_name": "Acme", "slug": "acme", "given_name": "Olga",
                "confirmed_at": now, "company": acme,
            },
        )  # fmt: skip
        run, _ = ProvisioningRun.objects.get_or_create(company=acme)
        run.steps.all().delete()
        for position, kind in enumerate(ProvisioningStep.Kind):
            state = states[position] if position < len(states) else "waiting"
            over = state in ("done", "failed")
            run.steps.create(
                kind=kind,
                position=position,
                state=state,
                began_at=now if over else None,
                ended_at=now + timedelta(seconds=2.5) if over else None,
                error="OperationalError: disk full" if state == "failed" else "",
            )
        return progress_of(sign_up)

    return page


def test_each_step_says_how_it_stands_and_how_long_it_took(ines: Outsider, watch: Watch) -> None:
    page = ines.get(watch("done", "waiting")).content.decode()
    assert "Setting up Acme" in page
    assert "done in 2.5 s" in page
    assert "Step 2 of 4: Make its own tables" in page
    assert "comes next" in page
    assert 'hx-trigger="every 1s"' in page
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page


def test_tables_are_counted_while_they_are_made(ines: Outsider, watch: Watch) -> None:
    address = watch("done", "running")
    full = ines.get(address).content.decode()
    assert 'value="92"' in full  # all that there are
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM c_acme.django_migrations WHERE id % 2 = 0")
    half = ines.get(address).content.decode()
    assert 'value="92"' not in half
    assert "at work" in half


def test_htmx_gets_the_part_that_moved_and_nothing_where_none_did(
    ines: Outsider, watch: Watch
) -> None:
    address = watch("done", "waiting")
    part = ines.get(address, **{"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "hx-swap-oob" in part
    assert "?seen=2.2.1" in part
    seen = ines.get(f"{address}?seen=2.2.1", **{"HX-Request": "true"})
    assert (seen.status_code, seen.content) == (204, b"")
    later = ines.get(f"{address}?seen=2.1.1", **{"HX-Request": "true"}).content.decode()
    assert "hx-swap-oob" not in later  # the same step: nothing to say aloud again


def test_a_failure_says_so_and_can_be_tried_again(
    ines: Outsider, watch: Watch, left_to_do: list[str]
) -> None:
    address = watch("done", "failed")
    page = ines.get(address).content.decode()
    assert "That did not work yet" in page
    assert "disk full" not in page
    assert "hx-trigger" not in page
    assert "http-equiv" not in page
    assert ines.post(f"{address}again")["Location"] == address
    assert left_to_do == [str(ProvisioningRun.objects.get().uid)]
    step = ProvisioningStep.objects.get(kind="tables")
    assert (step.state, step.error) == ("waiting", "")
    assert 'hx-trigger="every 1s"' in ines.get(address).content.decode()


def test_once_it_is_ready_the_owner_goes_in(
    ines: Outsider,
    watch: Watch,
    acme: Company,
    clock: time_machine.Traveller,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with working_for(acme):
        owner = welcome_owner(email="olga@acme.example", given_name="Olga")
    address = watch("done", "done", "done", "running")
    with django_assert_num_queries(6):
        page = ines.get(address).content.decode()
    assert "Acme is ready" in page
    assert 'href="http://acme.localhost:8000/welcome/' in page
    clock.shift(timedelta(hours=1, minutes=1))
    assert 'href="http://acme.localhost:8000/accounts/login/"' in ines.get(address).content.decode()
    clock.shift(timedelta(hours=-1))
    with working_for(acme):
        owner.set_password("a heron stands in the reeds")
        owner.save()
    assert "/welcome/" not in ines.get(address).content.decode()


def test_a_mail_that_did_not_go_keeps_nobody_out(ines: Outsider, watch: Watch) -> None:
    page = ines.get(watch("done", "done", "done", "failed")).content.decode()
    assert "Acme is ready" in page
    assert "Send the mail again" in page


def test_a_company_that_was_erased_leaves_no_page(ines: Outsider, watch: Watch) -> None:
    address = watch("done")
    SignUp.objects.all().delete()
    assert ines.get(address).status_code == 404
    assert ines.post(f"{address}again").status_code == 404


def test_a_step_that_is_over_says_when(watch: Watch) -> None:
    watch("done")
    with pytest.raises(DatabaseError, match="provisioning_step_over_is_timed"):
        ProvisioningStep.objects.filter(kind="mail").update(state=State.DONE)
