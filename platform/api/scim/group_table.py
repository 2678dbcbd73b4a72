"""Where the attributes of a Group are."""

from typing import Any

from django.db.models import F, OuterRef, TextField, Value

from api.scim.groups import CORE, all_groups, as_model, represent, visible_members, with_members
from api.scim.resources import Group
from api.scim.tables import Related, Table, address, as_text, person_name


def group_table(base: str) -> Table:
    """`base` is the address of ``/scim/v2``."""

    def shown(groups: Any, unread: frozenset[str]) -> list[dict[str, Any]]:
        if "members" in unread:
            return [represent(group, base, members=None) for group in groups]
        return [
            represent(
                group, base, members=group.members.all(), named="members.display" not in unread
            )
            for group in with_members(groups)
        ]

    columns = {
        "id": as_text("uid"),
        "externalId": F("external_id"),
        "displayName": F("name"),
        "meta.resourceType": Value("Group", output_field=TextField()),
        "meta.created": F("created_at"),
        "meta.lastModified": F("updated_at"),
        "meta.location": address(f"{base}/Groups/"),
    }
    members = {
        "value": as_text("uid"),
        "$ref": address(f"{base}/Users/"),
        "display": person_name(),
    }
    return Table(
        model=Group,
        rows=all_groups(),
        columns={f"{CORE}:{name}": column for name, column in columns.items()},
        related={
            f"{CORE}:members": Related(
                rows=visible_members().filter(directory_groups=OuterRef("pk")),
                columns={f"{CORE}:members.{name}": part for name, part in members.items()},
            )
        },
        parsed=as_model,
        shown=shown,
    )
