"""Switching connections on and off, and passwords with them: never so that nobody comes in."""

from django.core.exceptions import ValidationError
from django.db import transaction

from tenants.companies.actions import allow_passwords, demand_single_sign_on
from tenants.companies.models import Company
from tenants.people.auditing import events
from tenants.people.models import Person
from tenants.people.single_sign_on.models import LinkedAccount, SignInConnection

ACTION = "sign-in"


@transaction.atomic
def switch_on(*, connection: SignInConnection, actor: Person) -> None:
    """Show its button to everybody. Raises `ValidationError` unless a try went well before."""
    if not connection.is_complete:
        raise ValidationError("Something it needs is not filled in yet.")
    if connection.tried_at is None:
        raise ValidationError("Try it first: only what worked once is switched on.")
    connection.is_on = True
    connection.save(update_fields=["is_on"])
    _record(connection, f"{connection} was switched on: people can sign in through it", actor)


@transaction.atomic
def switch_off(*, connection: SignInConnection, actor: Person, company: Company) -> None:
    """Nobody comes in by it any more. Raises `ValidationError` where nobody then would at all."""
    check_not_last(connection=connection, company=company)
    connection.is_on = False
    connection.save(update_fields=["is_on"])
    _record(connection, f"{connection} was switched off: nobody signs in through it", actor)


def check_not_last(*, connection: SignInConnection, company: Company) -> None:
    """Raises `ValidationError` where it is the only way in that is left."""
    others = SignInConnection.objects.filter(is_on=True).exclude(pk=connection.pk)
    if connection.is_on and company.single_sign_on_only and not others.exists():
        raise ValidationError(
            "It is the only way in while passwords are off: let passwords in again first."
        )


@transaction.atomic
def close_to_passwords(*, company: Company, actor: Person, proven: bool) -> None:
    """From now on people come in through a provider alone; sessions opened otherwise are over.

    `proven`: whether `actor` is here through a provider, so that at least they come in again.
    Raises `ValidationError`.
    """
    if not SignInConnection.objects.filter(is_on=True).exists():
        raise ValidationError("Switch a connection on first.")
    if not proven:
        raise ValidationError(
            "Sign out, and in again through a connection: whoever switches passwords off shows "
            "that it works for them."
        )
    demand_single_sign_on(company=company)
    _record(None, "Passwords were switched off: people sign in through a provider alone", actor)


@transaction.atomic
def open_to_passwords(*, company: Company, actor: Person | None) -> None:
    """Passwords open the doors again, beside the connections that are on."""
    allow_passwords(company=company)
    _record(None, "Passwords were let in again", actor)


@transaction.atomic
def unlink(*, account: LinkedAccount, actor: Person) -> None:
    """Forget whom a provider's key stands for; at the next sign-in they are found anew."""
    _record(account.user, f"{account.user} is linked with no account of a provider now", actor)
    account.delete()


def _record(about: SignInConnection | Person | None, words: str, actor: Person | None) -> None:
    events.record(action=ACTION, about=about, words=words, actor=actor)
