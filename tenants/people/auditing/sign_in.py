"""Sign-ins, sign-outs and attempts that failed, as events."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from tenants.people.auditing.events import Event, record
from tenants.people.models import Person


@receiver(user_logged_in, dispatch_uid="auditing.signed_in")
def signed_in(user: Person, request: Any = None, **_: Any) -> None:
    provider = getattr(request, "signed_in_through", "")
    through = f" through {provider}" if provider else ""
    record(action=Event.SIGN_IN, about=user, words=f"{user} signed in{through}", actor=user)


@receiver(user_logged_out, dispatch_uid="auditing.signed_out")
def signed_out(user: Person | None, **_: Any) -> None:
    if isinstance(user, Person):
        record(action=Event.SIGN_OUT, about=user, words=f"{user} signed out", actor=user)


@receiver(user_login_failed, dispatch_uid="auditing.sign_in_failed")
def sign_in_failed(credentials: dict[str, Any], **_: Any) -> None:
    """What was typed is kept of people of the company only: others' addresses are not ours."""
    typed = str(credentials.get("email") or credentials.get("username") or "").lower()
    person = Person.objects.filter(email=typed).first() if typed else None
    told = f"A sign-in as {person} failed" if person else "A sign-in as nobody we know failed"
    record(action=Event.SIGN_IN_FAILED, about=person, words=told, actor=None)
