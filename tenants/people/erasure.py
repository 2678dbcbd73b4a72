"""What erasing somebody does to people, sign-in, runs of the HRIS and the tables all share."""

from collections.abc import Iterator, Sequence
from typing import Final

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django_tenants.utils import get_public_schema_name

from tenants.companies.connections import connection
from tenants.companies.context import current_company
from tenants.people.erasing.columns import scrub
from tenants.people.erasing.contributions import Erasing, Erasure
from tenants.people.erasing.identities import ERASED
from tenants.people.erasing.runs import known_from_runs, scrub_files, scrub_runs
from tenants.people.erasing.sessions import end_sessions
from tenants.people.models import Person

LOOKED_AS: Final = "Looked as somebody who was erased"
FORGET_LOOKS: Final = """
UPDATE {public}.companies_impersonation
SET reason = %s, ended_at = coalesce(ended_at, least(%s, until))
WHERE company_id = %s AND person = %s
"""
FORGET_SIGN_UP: Final = """
DELETE FROM {public}.companies_signup WHERE company_id = %s AND lower(email) = ANY(%s)
"""
OF_THEIRS: Final = """
UPDATE django_admin_log SET object_repr = %s, change_message = ''
FROM unnest(%s::int[], %s::text[]) AS gone (kind, key)
WHERE content_type_id = gone.kind AND object_id = gone.key
"""
AWAITED: Final = "UPDATE people_person SET awaited_manager = '' WHERE awaited_manager = ANY(%s)"


def addresses(person: Person) -> Iterator[tuple[str, str]]:
    """One query."""
    for address in EmailAddress.objects.filter(user=person).values_list("email", flat=True):
        yield "email", address


def once_known(person: Person) -> Iterator[tuple[str, str]]:
    yield from addresses(person)
    yield from known_from_runs(person)


def forget_at_operators(erasing: Erasing) -> None:
    """Of what stands in ``public``: nobody looks as them any more, and who signed up is forgotten.

    The uid in an operator's look stays: it is what the feed tells of them, too.
    """
    public = connection.ops.quote_name(get_public_schema_name())
    company, keys = current_company().pk, [key.lower() for key in erasing.identity.keys]
    with connection.cursor() as cursor:
        cursor.execute(
            FORGET_LOOKS.format(public=public),
            [LOOKED_AS, erasing.now, company, erasing.identity.uid],
        )
        cursor.execute(FORGET_SIGN_UP.format(public=public), [company, keys])


def forget_in_logs(erasing: Erasing) -> None:
    """Django's own log of the admin site."""
    kinds = ContentType.objects.get_for_models(*erasing.rows, for_concrete_models=True)
    gone = [(kinds[model].pk, str(key)) for model, keys in erasing.rows.items() for key in keys]
    with connection.cursor() as cursor:
        cursor.execute(OF_THEIRS, [ERASED, [kind for kind, _ in gone], [key for _, key in gone]])
    scrub(
        ["admin.LogEntry.object_repr", "admin.LogEntry.change_message"],
        erasing.identity,
        wide=True,
    )


def await_nobody(erasing: Erasing) -> None:
    """Reports do not wait for them to come back."""
    names = ("uid", "external_id", "employee_number", "email", "user_name", "key", "name")
    values = {*erasing.identity.keys, *erasing.identity.names, erasing.identity.uid}
    waited = [f"{name}:{value}" for name in names for value in {*values, *map(str.lower, values)}]
    with connection.cursor() as cursor:
        cursor.execute(AWAITED, [waited])


def tells(person: Person) -> Sequence[str]:
    """Two queries."""
    reports = Person.objects.filter(manager=person).count()
    written = LogEntry.objects.filter(user=person).count()
    told = []
    if reports:
        many = f"{reports:,} people report" if reports > 1 else "1 person reports"
        told.append(f"{many} to them, and to nobody from then on, until the HRIS says to whom.")
    if written:
        told.append("What the admin site noted of their changes goes; the audit log has it.")
    return told


SHARED: Final = "It is the company's own, and about no person."
ERASURE = Erasure(
    goes={
        "people.Person_groups.person",
        "people.Person_user_permissions.person",
        "people.DirectoryGroup_members.person",
        "admin.LogEntry.user",
        "account.EmailAddress.user",
        "account.EmailConfirmation.email_address",
        "socialaccount.SocialAccount.user",
        "socialaccount.SocialToken.account",
    },
    emptied={"people.Person.manager", "people.SyncRun.actor", "people.PeopleFile.uploaded_by"},
    scrubbed={
        "people.Person.attributes",
        "people.Person.awaited_manager",
        "people.SyncRun.origin",
        "people.SyncRun.detail",
        "people.PeopleFile.name",
    },
    stays={
        "people.Person": "Each row is its person's own, and goes with them.",
        "people.Department": "Departments are named after work, not after people.",
        "people.DirectoryGroup": "Groups of the identity provider are named there.",
        "people.SyncRun": "What it keeps of rows is compressed; a step takes them out of it.",
        "people.PeopleFile": "Its lines are compressed; a step takes theirs out of it.",
        "people.ColumnChoice": "It holds headings of files, not what stands below them.",
        "people.CacheEntry": "Entries end within a day, and are unreadable as text; figures that "
        "the admin site keeps are forgotten by a step of the console.",
        "account.EmailAddress": "Each address is its person's own, and goes with them.",
        "account.EmailConfirmation": "A key, which goes with the address.",
        "socialaccount.SocialAccount": "Each account is its person's own, and goes with them.",
        "socialaccount.SocialToken": "None is ever stored.",
        "socialaccount.SocialApp": SHARED,
        "sessions.Session": "It is signed, not plain text; a step reads each.",
        "admin.LogEntry": "A step strikes them out of it.",
        "auth.Group": "The kinds of access are named by us.",
        "auth.Permission": "Rights are named by us.",
        "contenttypes.ContentType": "It names tables.",
        "companies.Company": "What the company calls itself, also in mail, is changed by hand.",
        "companies.Domain": SHARED,
        "companies.ProvisioningRun": SHARED,
        "companies.ProvisioningStep": SHARED,
        "companies.SignUp": "A step deletes the one with their address.",
        "companies.Impersonation": "A step takes the reason out; whom an operator looked as is a "
        "uid, which is all that the feed tells, too.",
    },
    before=[scrub_runs, scrub_files, end_sessions, forget_at_operators, forget_in_logs],
    after=[await_nobody],
    known=once_known,
    tells=tells,
)
