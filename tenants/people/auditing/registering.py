"""Which tables are in the audit log, and with which of their columns.

An app says so in its module `audited`, which is found by its name:

    record_changes(Prompt)
    record_changes(ApiToken, but=("digest", "last_used_at"))
    record_changes(Step, many=("prerequisites",))

Rows written past `save` (in bulk, by `update`) are not seen: their action calls `record_event`.
"""

from collections.abc import Sequence

from auditlog.registry import auditlog
from django.db.models import Model

ABOUT_ITSELF = frozenset({"id", "uid", "created_at", "updated_at"})


def record_changes(
    model: type[Model], *, but: Sequence[str] = (), many: Sequence[str] = ()
) -> None:
    """Record rows that come, change and go, with every column but those in `but`.

    Secrets, hashes of secrets and private notes belong into `but`. `many`: relations to several
    rows, who is in them. Each write through `save` costs two queries more.
    """
    left_out = ABOUT_ITSELF.union(but)
    fields = [field.name for field in model._meta.concrete_fields if field.name not in left_out]
    unknown = set(but) - {field.name for field in model._meta.concrete_fields}
    if unknown:
        raise LookupError(f"{model.__name__} has no {', '.join(sorted(unknown))}.")
    auditlog.register(model, include_fields=fields, m2m_fields=many)
