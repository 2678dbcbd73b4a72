"""From somebody who wants a company to an address that is proven to be theirs."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from tenants.companies.actions.companies import drop_company
from tenants.companies.addressing import check_slug
from tenants.companies.models import Company, SignUp
from tenants.companies.models.sign_ups import MOST_TRIES

CODE_LIFE: Final = timedelta(minutes=15)
UNCONFIRMED_KEPT: Final = timedelta(days=1)
KEPT: Final = timedelta(days=7)


def begin_sign_up(
    *,
    email: str,
    company_name: str,
    slug: str,
    given_name: str,
    family_name: str = "",
    locale: str,
    time_zone: str,
    vouched_at: datetime | None = None,
) -> SignUp:
    """Keep what somebody told; the code comes with `issue_code`. Raises `ValidationError`.

    Where an operator vouches for the e-mail address, since `vouched_at`, no code is needed.

    The address is not kept for them before they have proven the e-mail address to be theirs.
    """
    sign_up = SignUp(
        email=email.strip().lower(),
        company_name=company_name.strip(),
        slug=slug,
        given_name=given_name.strip(),
        family_name=family_name.strip(),
        locale=locale,
        time_zone=time_zone,
        confirmed_at=vouched_at,
    )
    sign_up.full_clean()
    check_slug(slug)
    sign_up.save()
    return sign_up


def issue_code(*, sign_up: SignUp, now: datetime | None = None) -> str:
    """A fresh code of six digits, good for a quarter of an hour; one before is good no more.

    Only its hash is stored. The company's key is in it, as six digits are quickly tried out.
    """
    code = f"{secrets.randbelow(1_000_000):06}"
    sign_up.code_hash = _hash(sign_up, code)
    sign_up.code_expires_at = (now or timezone.now()) + CODE_LIFE
    sign_up.tries = 0
    sign_up.save(update_fields=["code_hash", "code_expires_at", "tries"])
    return code


def confirm_sign_up(*, sign_up: SignUp, code: str, now: datetime | None = None) -> None:
    """The e-mail address is theirs. Raises `ValidationError` on any code but the last one sent.

    A wrong code counts, also where several are tried at once; the right one may come again.
    """
    now = now or timezone.now()
    with transaction.atomic():
        found = SignUp.objects.select_for_update().get(pk=sign_up.pk)
        problem = _problem_with(found, "".join(code.split()), now)
        if problem is None:
            found.confirmed_at = found.confirmed_at or now
            found.save(update_fields=["confirmed_at"])
    if problem:
        raise ValidationError({"code": problem})
    sign_up.confirmed_at = found.confirmed_at


def _problem_with(sign_up: SignUp, code: str, now: datetime) -> str | None:
    if sign_up.code_expires_at is None:
        return _("No code has been sent yet. Wait a moment.")
    if sign_up.code_expires_at <= now:
        return _("This code has had its time. Ask for another one.")
    if sign_up.tries >= MOST_TRIES:
        return _("That was tried too often. Ask for another code.")
    if constant_time_compare(_hash(sign_up, code), sign_up.code_hash):
        return None
    sign_up.tries += 1
    sign_up.save(update_fields=["tries"])
    return _("This is not the code we sent. Look at the latest mail.")


def _hash(sign_up: SignUp, code: str) -> str:
    return salted_hmac("sign-up", f"{sign_up.uid}:{code}", algorithm="sha256").hexdigest()


def forget_sign_ups(*, now: datetime | None = None) -> int:
    """Delete what is over: unconfirmed after a day, everything after a week; returns how many.

    A company that never became ready in that week goes too, and its address is free again.
    """
    now = now or timezone.now()
    unfinished = Company.objects.filter(
        status=Company.Status.PROVISIONING, sign_up__created_at__lt=now - KEPT
    )
    for company in unfinished:
        drop_company(company)
    unconfirmed = SignUp.objects.filter(confirmed_at=None, created_at__lt=now - UNCONFIRMED_KEPT)
    old = unconfirmed | SignUp.objects.filter(created_at__lt=now - KEPT)
    return old.delete()[0]
