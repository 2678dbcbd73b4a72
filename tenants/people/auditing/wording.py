"""The audit log as people read it: labels for columns, words for values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final, cast

from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField, DateTimeField, Field
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime

from tenants.people.auditing.events import Event
from tenants.people.auditing.models import SYSTEM, AuditEntry

Action = AuditEntry.Action
VERBS: Final = {Action.CREATE: "added", Action.UPDATE: "changed", Action.DELETE: "removed"}
NOTHING: Final = "—"


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    before: str
    after: str


def who(entry: AuditEntry) -> str:
    """``Olive Okafor``, ``API token “BambooHR”``, ``System``; also who was behind a person."""
    if entry.actor and entry.actor_words:
        return f"{entry.actor} ({entry.actor_words})"
    return str(entry.actor or entry.actor_words or SYSTEM)


def kind_of(entry: AuditEntry) -> str:
    """What it happened to: ``path``, ``API token``."""
    model = entry.content_type and entry.content_type.model_class()
    return str(model._meta.verbose_name) if model else ""


def action_of(entry: AuditEntry) -> str:
    if entry.event:
        known = Event.values
        return str(Event(entry.event).label) if entry.event in known else _plain(entry.event)
    return VERBS.get(entry.action, "")


def _plain(event: str) -> str:
    return event.replace("-", " ")


def sentence(entry: AuditEntry) -> str:
    """``Assigned “Path” to 40 people``; ``Path “Selling” changed: status``."""
    if entry.words:
        return str(entry.words)
    about = f"{capfirst(kind_of(entry))} “{entry.object_repr}” {action_of(entry)}"
    if entry.action != Action.UPDATE:
        return about
    labels = [_label(name, _field(entry, name)) for name in entry.changes or {}]
    return f"{about}: {', '.join(labels)}"


def changes_of(entry: AuditEntry) -> Sequence[Change]:
    """Before and after, column by column, in words. What was and stays empty is left out."""
    told = [_change(entry, name, moved) for name, moved in (entry.changes or {}).items()]
    return sorted(
        (each for each in told if each.before != each.after), key=lambda each: each.label.lower()
    )


def _change(entry: AuditEntry, name: str, moved: Any) -> Change:
    field = _field(entry, name)
    label = capfirst(_label(name, field))
    if isinstance(moved, dict):  # who or what came into a relation, or went
        named = ", ".join(map(str, moved.get("objects", []))) or NOTHING
        came = moved.get("operation") == "add"
        return Change(label, NOTHING if came else named, named if came else NOTHING)
    before, after = moved
    return Change(label, _in_words(field, before), _in_words(field, after))


def _field(entry: AuditEntry, name: str) -> "Field[Any, Any] | None":
    """The column as it is today; None where it is gone, or was none."""
    model = entry.content_type and entry.content_type.model_class()
    try:
        return cast("Field[Any, Any]", model._meta.get_field(name)) if model else None
    except FieldDoesNotExist:
        return None


def _label(name: str, field: "Field[Any, Any] | None") -> str:
    return str(getattr(field, "verbose_name", "") or name.replace("_", " "))


def _in_words(field: "Field[Any, Any] | None", value: Any) -> str:
    if value is None or value in ("", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_in_words(getattr(field, "base_field", field), each) for each in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_in_words(None, each)}" for key, each in value.items())
    choices = dict(getattr(field, "flatchoices", ()) or ())
    if value in choices:
        return str(choices[value])
    return _moment(field, str(value))


def _moment(field: "Field[Any, Any] | None", text: str) -> str:
    """A day or a time, which are kept as text, in the reader's own zone and manner."""
    try:
        if isinstance(field, DateTimeField):
            moment = datetime.fromisoformat(text)
            aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return date_format(localtime(aware), "SHORT_DATETIME_FORMAT")
        if isinstance(field, DateField):
            return date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT")
    except ValueError:
        return text
    return text
