"""Where the attributes of a resource are in the database, for filters and sorting."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import CharField, Exists, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Collate, Concat, Lower, NullIf, Trim
from scim2_models import Resource

Expression = Any
"""One value per row: text, a boolean or a moment; null where the attribute is unassigned."""
NEVER: Final = Q(pk__in=())


@dataclass(frozen=True)
class Related:
    """Attributes of which a resource can have many: rows of another table.

    `rows` are those of the resource in the outer query; `columns` are named as in `Table`.
    """

    rows: QuerySet[Any]
    columns: Mapping[str, Expression]

    def hold(self, condition: Q) -> Q:
        return Q(Exists(self.rows.filter(condition)))


@dataclass(frozen=True)
class Table:
    """A kind of resource as rows.

    `model` is what SCIM calls such a row, and `parsed` makes one of what is answered. `columns` are
    named by the full URN of an attribute (``urn:…:User:name.givenName``), `related` by that of the
    multi-valued attribute. `shown` turns rows into what is answered, in a constant number of
    queries; its second argument are names of attributes that need not be read. `indexed` has the
    equality of an attribute with a text as an index answers it.
    """

    model: Any
    rows: QuerySet[Any]
    columns: Mapping[str, Expression]
    parsed: Callable[[Mapping[str, Any]], Resource[Any]]
    shown: Callable[[QuerySet[Any], frozenset[str]], Iterable[Mapping[str, Any]]]
    related: Mapping[str, Related] = field(default_factory=dict)
    indexed: Mapping[str, Callable[[str], Q]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """As ``meta.resourceType`` says it."""
        return str(self.model.__schema__).rpartition(":")[2]


def text_or_null(expression: Any) -> Expression:
    return NullIf(expression, Value(""), output_field=TextField())


def as_text(name: str) -> Expression:
    return Cast(name, TextField())


def address(prefix: str, uid: str = "uid") -> Expression:
    """The address of a row's resource: `prefix` and its uid."""
    return Concat(Value(prefix), as_text(uid), output_field=TextField())


def person_name(prefix: str = "") -> Expression:
    """As `Person.name` says it; null for nobody."""
    called = Coalesce(
        NullIf(F(f"{prefix}preferred_name"), Value(""), output_field=CharField()),
        F(f"{prefix}given_name"),
    )
    return text_or_null(
        Trim(Concat(called, Value(" "), F(f"{prefix}family_name"), output_field=TextField()))
    )


def folded(expression: Expression, *, case_exact: bool) -> Expression:
    """As texts are compared and sorted: code point by code point, case only where it counts."""
    return Collate(expression if case_exact else Lower(expression), "C")
