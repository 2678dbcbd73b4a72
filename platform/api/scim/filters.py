"""Filters (RFC 7644, section 3.4.2.2) as conditions of the database, the same as in memory.

Each comparison is true or false, never null, so that ``not`` means what it says: of somebody
without a title, ``title eq "x"`` is false, and ``title ne "x"`` and ``not (title eq "x")`` are
true.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import reduce
from inspect import isclass
from operator import and_, or_
from typing import Any, Final

from django.db.models import Q
from django.db.models.lookups import (
    Contains,
    EndsWith,
    Exact,
    GreaterThan,
    GreaterThanOrEqual,
    IsNull,
    LessThan,
    LessThanOrEqual,
    StartsWith,
)
from scim2_models import BaseModel, InvalidFilterException, Resource
from scim2_models.path import (
    STRING_OPERATORS,
    AttributeBinding,
    AttrPath,
    CompareOperator,
    Comparison,
    FilterNode,
    FilterVisitor,
    LogicalExpr,
    LogicalOperator,
    Not,
    Path,
    Present,
    ValuePath,
    coerce_value,
)

from api.scim.patch_values import UNSTORABLE
from api.scim.tables import NEVER, Expression, Related, Table, folded

LOOKUPS: Final[dict[CompareOperator, Any]] = {
    CompareOperator.eq: Exact,
    CompareOperator.ne: Exact,
    CompareOperator.co: Contains,
    CompareOperator.sw: StartsWith,
    CompareOperator.ew: EndsWith,
    CompareOperator.gt: GreaterThan,
    CompareOperator.ge: GreaterThanOrEqual,
    CompareOperator.lt: LessThan,
    CompareOperator.le: LessThanOrEqual,
}


def condition(node: FilterNode, table: Table) -> Q:
    """What rows of `table` have to fulfil; an attribute it has not is unassigned (RFC 7644,
    section 3.4.2.1). Raises `InvalidFilterException`, naming the attribute.
    """
    return _Translator(table).visit(node)


def qualified(node: FilterNode, models: tuple[type[Resource[Any]], ...]) -> FilterNode:
    """The filter with the URN of the extension before each name that only an extension has.

    Entra asks for ``manager eq "…"`` where it should write the whole name.
    """
    match node:
        case Comparison() | Present():
            return replace(node, attr_path=_qualified(node.attr_path, models))
        case Not():
            return Not(qualified(node.expr, models))
        case LogicalExpr():
            return replace(node, terms=tuple(qualified(term, models) for term in node.terms))
        case ValuePath():
            return replace(node, attr_path=_qualified(node.attr_path, models))
    return node


def _qualified(path: AttrPath, models: tuple[type[Resource[Any]], ...]) -> AttrPath:
    def known(each: AttrPath) -> bool:
        return any(Path.__class_getitem__(model)(str(each)).resolve() for model in models)

    if path.uri is None and not known(path):
        for urn in (urn for model in models for urn in model.get_extension_models()):
            if known(longer := replace(path, uri=urn)):
                return longer
    return path


class _Translator(FilterVisitor[Q]):
    """`inside` is the multi-valued attribute whose entries a filter in brackets is about."""

    def __init__(self, table: Table, inside: AttrPath | None = None) -> None:
        self.table = table
        self.inside = inside

    def visit_not(self, node: Not) -> Q:
        return ~self.visit(node.expr)

    def visit_logical_expr(self, node: LogicalExpr) -> Q:
        conditions = [self.visit(term) for term in node.terms]
        return reduce(and_ if node.op == LogicalOperator.and_ else or_, conditions)

    def visit_comparison(self, node: Comparison) -> Q:
        binding = self._bound(node.attr_path, compared=True)
        if binding is None:
            return NEVER
        value = _operand(binding, node)
        related = self._related(binding)
        if related is None:
            return self._compared(binding, self.table.columns, node.op, value)
        if self.inside is not None:
            return self._compared(binding, related.columns, node.op, value)
        if node.op == CompareOperator.ne:  # none of the values is this one
            same = self._compared(binding, related.columns, CompareOperator.eq, value)
            return ~related.hold(same)
        return related.hold(self._compared(binding, related.columns, node.op, value))

    def visit_present(self, node: Present) -> Q:
        binding = self._bound(node.attr_path)
        if binding is None:
            return NEVER
        related = self._related(binding)
        any_part = _assigned(binding, self.table.columns if related is None else related.columns)
        return any_part if related is None or self.inside else related.hold(any_part)

    def visit_value_path(self, node: ValuePath) -> Q:
        binding = self._bound(node.attr_path)
        if binding is None:
            return NEVER
        entry = _Translator(self.table, inside=node.attr_path).visit(node.val_filter)
        if related := self.table.related.get(binding.urn):
            return related.hold(entry)
        return entry & _assigned(binding, self.table.columns)  # there is one entry at most

    def _bound(self, path: AttrPath, *, compared: bool = False) -> AttributeBinding | None:
        """The attribute meant; compared without a sub-attribute, a complex one is its value."""
        if self.inside is not None:
            path = AttrPath(self.inside.attr, path.attr, self.inside.uri)
        paths = Path.__class_getitem__(self.table.model)
        binding: AttributeBinding | None = paths(str(path)).resolve()
        kind = binding and binding.target_type
        if not (compared and binding and isclass(kind) and issubclass(kind, BaseModel)):
            return binding
        if "value" not in kind.model_fields:
            raise InvalidFilterException(detail=f"{path} is complex: name a sub-attribute of it.")
        value: AttributeBinding | None = paths(f"{path}.value").resolve()
        return value

    def _related(self, binding: AttributeBinding) -> Related | None:
        """The rows an attribute is in, where they are not those of the resource."""
        head, _, _ = binding.urn.rpartition(":")[2].partition(".")
        schema = binding.urn.rpartition(":")[0]
        return self.table.related.get(f"{schema}:{head}")

    def _compared(
        self,
        binding: AttributeBinding,
        columns: Mapping[str, Expression],
        op: CompareOperator,
        value: Any,
    ) -> Q:
        column = columns.get(binding.urn)
        if column is None:
            raise _cannot(binding)
        if value is None:
            if op in (CompareOperator.eq, CompareOperator.ne):
                return Q(IsNull(column, op == CompareOperator.eq))
            return NEVER
        if op == CompareOperator.ne:
            return ~self._compared(binding, columns, CompareOperator.eq, value)
        if isinstance(value, str):
            value = str(binding.comparable(value))
            if op == CompareOperator.eq and (indexed := self.table.indexed.get(binding.urn)):
                return indexed(value)
            left = folded(column, case_exact=binding.case_exact)
        else:
            left = column
        return Q(IsNull(column, False), LOOKUPS[op](left, value))


def _assigned(binding: AttributeBinding, columns: Mapping[str, Expression]) -> Q:
    parts = [
        Q(IsNull(column, False))
        for urn, column in columns.items()
        if urn == binding.urn or urn.startswith(f"{binding.urn}.")
    ]
    if not parts:
        raise _cannot(binding)
    return reduce(or_, parts)


def _operand(binding: AttributeBinding, node: Comparison) -> Any:
    value = coerce_value(binding, node.value, node.op)
    kind = binding.target_type
    moments = isclass(kind) and issubclass(kind, datetime)
    if node.op in STRING_OPERATORS and (moments or not isinstance(value, str)):
        told = f"{node.op} cannot be applied to {node.attr_path} and {node.value!r:.60}."
        raise InvalidFilterException(detail=told)
    if isinstance(value, datetime):
        return _in_utc(value, node)
    if isinstance(value, str) and UNSTORABLE.search(value):
        raise InvalidFilterException(detail=f"{node.attr_path} is compared to what is no text.")
    return value


def _in_utc(value: datetime, node: Comparison) -> datetime:
    """PostgreSQL does not read every offset that Python does."""
    try:
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    except OverflowError as error:
        told = f"{node.attr_path} is compared to {node.value!r:.60}, which is out of range."
        raise InvalidFilterException(detail=told) from error


def _cannot(binding: AttributeBinding) -> InvalidFilterException:
    return InvalidFilterException(detail=f"{binding.urn} cannot be filtered on.")
