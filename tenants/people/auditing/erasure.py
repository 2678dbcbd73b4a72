"""What erasing somebody does to the audit log: it keeps what was done and when, not of whom.

The log is written once, and refuses to be changed through its model. This is the one exception, and
it goes past the model on purpose: only erasing somebody calls it, and leaves a row of its own.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django_tenants.utils import get_public_schema_name

from tenants.companies.connections import connection
from tenants.companies.context import current_company
from tenants.people.auditing.events import Event
from tenants.people.auditing.models import AuditEntry
from tenants.people.erasing.columns import scrub
from tenants.people.erasing.contributions import Erasing, Erasure
from tenants.people.erasing.identities import ERASED, KEYS, NAMES
from tenants.people.models import Person

SOMEBODY: Final = "Somebody who was erased"
WORDS: Final = "Something about somebody who was erased"
DOOR: Final = [Event.SIGN_IN.value, Event.SIGN_OUT.value, Event.SIGN_IN_FAILED.value]
TABLE: Final = AuditEntry._meta.db_table

BY_THEM: Final = f"""
UPDATE {TABLE} SET actor_id = NULL, actor_words = %s, remote_addr = NULL WHERE actor_id = %s
"""  # noqa: S608
ABOUT_THEM: Final = f"""
UPDATE {TABLE} SET object_repr = %s, changes = NULL,
    words = CASE WHEN words = '' THEN '' ELSE %s END,
    remote_addr = CASE WHEN event = ANY(%s) THEN NULL ELSE remote_addr END
FROM unnest(%s::int[], %s::bigint[]) AS gone (kind, key)
WHERE content_type_id = gone.kind AND object_id = gone.key
"""  # noqa: S608
AT_OPERATORS: Final = """
UPDATE {public}.auditing_auditentry SET words = regexp_replace(words, %s, %s, 'gi')
WHERE object_id = %s AND words ~* %s AND content_type_id IN (
    SELECT id FROM {public}.django_content_type WHERE app_label = 'companies' AND model = 'company'
)
"""
"""What operators did with the company: whom they looked as is told there by name."""


def once_known(person: Person) -> Iterator[tuple[str, str]]:
    """Names and keys that were changed. One query."""
    on_them = Q(content_type__app_label="people", content_type__model="person", object_id=person.pk)
    kept = AuditEntry.objects.filter(on_them, changes__isnull=False)
    for changes in kept.values_list("changes", flat=True):
        for name in (*KEYS, *NAMES):
            for value in changes.get(name) or ():
                yield name, str(value or "")


def forget_whom(erasing: Erasing) -> None:
    """Who they were, wherever they did something or something was done to what is theirs."""
    kinds = ContentType.objects.get_for_models(*erasing.rows, for_concrete_models=True)
    gone = [(kinds[model].pk, key) for model, keys in erasing.rows.items() for key in keys]
    public = connection.ops.quote_name(get_public_schema_name())
    wide = erasing.identity.wide.finds
    with connection.cursor() as cursor:
        cursor.execute(
            AT_OPERATORS.format(public=public), [wide, ERASED, current_company().pk, wide]
        )
        cursor.execute(BY_THEM, [SOMEBODY, erasing.person.pk])
        kinds_, keys = [kind for kind, _ in gone], [key for _, key in gone]
        cursor.execute(ABOUT_THEM, [ERASED, WORDS, DOOR, kinds_, keys])
    scrub(
        [
            f"auditing.AuditEntry.{name}"
            for name in ("words", "object_repr", "actor_words", "changes")
        ],
        erasing.identity,
        wide=True,
    )


def tells(person: Person) -> Sequence[str]:
    """Two queries."""
    done = AuditEntry.objects.filter(actor=person).count()
    about = AuditEntry.objects.filter(
        content_type__app_label="people", content_type__model="person", object_id=person.pk
    ).count()
    return [
        f"The audit log keeps its entries. Of what they did ({done:,}) it says “{SOMEBODY}”, "
        f"without an address; what was done to them ({about:,}), and whatever else names them, "
        "loses the name."
    ]


ERASURE = Erasure(
    itself={"auditing.AuditEntry.actor": "Emptied past the model, which refuses changes."},
    stays={"auditing.AuditEntry": "Its texts lose the name past the model, which refuses changes."},
    before=[forget_whom],
    known=once_known,
    tells=tells,
)
