"""Names as exports write them: the manager's in one cell, people's in two, at times swapped."""

from collections.abc import Sequence

Row = dict[str, str | int]


def first_last(name: str) -> str:
    """ "Lindqvist, Ada" as "Ada Lindqvist"; other names as they are."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}".strip() if comma else name


def swapped_evidence(rows: Sequence[Row]) -> tuple[int, int]:
    """How many managers' names match a person as the columns stand, and with the two swapped."""
    managers = {_plain(row.get("manager_name", "")) for row in rows} - {""}
    stand = {_plain(f"{row.get('given_name', '')} {row.get('family_name', '')}") for row in rows}
    swapped = {_plain(f"{row.get('family_name', '')} {row.get('given_name', '')}") for row in rows}
    return len(managers & stand), len(managers & swapped)


def swap(rows: Sequence[Row]) -> None:
    for row in rows:
        given, family = row.get("given_name", ""), row.get("family_name", "")
        row.update(given_name=family, family_name=given)


def _plain(name: str | int) -> str:
    return " ".join(str(name).casefold().replace(".", " ").split())
