"""What a request does to the members of a group, without asking who they are."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scim2_models import InvalidFilterException, InvalidValueException, MutabilityException
from scim2_models.path import CompareOperator, Comparison, FilterNode, LogicalExpr, LogicalOperator

from api.scim.groups import uid_of, visible_members
from api.scim.patch_bodies import Op, Operation
from tenants.people.models import DirectoryGroup, Person

NESTED = "{} is a group: groups within groups are not kept, so add the people in it."


@dataclass
class Membership:
    """Ids to add and to remove; `anew` where nobody else stays."""

    anew: bool = False
    add: set[str] = field(default_factory=set)
    remove: set[str] = field(default_factory=set)

    def apply(self, change: Operation) -> None:
        """Raises `SCIMException` for a change of one member's own attributes."""
        selector, whole = change.path.value_filter, len(change.path.parts) == 1
        if whole and selector is None:
            ids = ids_in(change.value or ())
            if change.op == Op.REPLACE or change.value is None:
                self.anew, self.add, self.remove = True, set(), set()
        elif whole and selector is not None and change.op == Op.REMOVE:
            ids = ids_named_by(selector)
        else:
            told = f"{change.path}: a member cannot be changed, only added and removed."
            raise MutabilityException(attribute=str(change.path), detail=told)
        if change.op == Op.REMOVE:
            self.add, self.remove = self.add - ids, self.remove | ids
        else:
            self.add, self.remove = self.add | ids, self.remove - ids


def is_about_members(change: Operation) -> bool:
    return bool(change.path.parts) and change.path.parts[0].lower() == "members"


def membership_of(changes: Iterable[Operation]) -> Membership:
    membership = Membership()
    for change in changes:
        membership.apply(change)
    return membership


def ids_in(entries: Iterable[Mapping[str, Any]]) -> set[str]:
    ids = set()
    for entry in entries:
        if not isinstance(value := entry["value"], str):
            told = f"members: {value!r:.60} is no id."
            raise InvalidValueException(attribute="members", detail=told)
        ids.add(_canonical(value))
    return ids


def ids_named_by(selector: FilterNode) -> set[str]:
    """The ids in ``value eq "…"``, or several with ``or``: what providers select members by."""
    match selector:
        case LogicalExpr(op=LogicalOperator.or_, terms=terms):
            return set().union(*(ids_named_by(term) for term in terms))
        case Comparison(attr_path=path, op=CompareOperator.eq, value=str(value)):
            if str(path).lower() == "value":
                return {_canonical(value)}
    raise InvalidFilterException(detail=f'Members are selected by value eq "…", not {selector}.')


def people_named(ids: Collection[str]) -> list[Person]:
    """Everybody with these ids; raises `InvalidValueException` naming one who is not there."""
    found = people_known(ids)
    uids = {person.uid for person in found}
    missing = sorted(text for text in ids if uid_of(text) not in uids)
    if missing:
        one, uid = missing[0], uid_of(missing[0])
        is_group = uid is not None and DirectoryGroup.objects.filter(uid=uid).exists()
        told = NESTED.format(one) if is_group else f"members: there is no user {one[:60]!r}."
        raise InvalidValueException(attribute="members", detail=told)
    return found


def people_known(ids: Collection[str]) -> list[Person]:
    """Those of these ids who are there."""
    uids = [uid for text in ids if (uid := uid_of(text))]
    return list(visible_members().filter(uid__in=uids)) if uids else []


def _canonical(text: str) -> str:
    """The same id is the same text, however it was written."""
    return str(uid_of(text) or text)
