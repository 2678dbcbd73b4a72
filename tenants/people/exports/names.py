"""Names as exports write them: in one cell or in two, at times swapped."""

import re
from collections.abc import Mapping, Sequence

Row = dict[str, str | int]

ADDITION = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])$")  # Workday's "(On Leave)" and "[C]"
TITLES = re.compile(r"jr|sr|i{2,3}|iv|ph ?d|md|mba|cpa|esq")
PARTICLES = re.compile(
    r"v[ao]n|vom|z(?:u|um|ur)|d(?:e[nrl]?|ella|i|a|as|o|os|u)|l[ae]|t(?:e|en|er)|a[fv]|[ea]l|b[ei]n|ma?c|st"
)
"""Words that belong to the family name that follows them."""


def first_last(name: str) -> str:
    """ "Lindqvist, Ada (On Leave)" as "Ada Lindqvist"; other names as they are."""
    given, family = _parts(name)
    return f"{given} {family}".strip()


def split(name: str) -> tuple[str, str]:
    """A whole name as given and family name; a single word is a given name.

    "Lindqvist, Ada" is taken by its comma, "Ada van der Berg" by its last word and particles.
    """
    given, family = _parts(name)
    if family:
        return given, family
    words = given.split()
    start = max(len(words) - 1, 1)
    while start > 1 and PARTICLES.fullmatch(words[start - 1].casefold()):
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:])


def _parts(name: str) -> tuple[str, str]:
    """Given and family name where a comma parts them, else all of it and nothing."""
    bare = ADDITION.sub("", name)
    last, comma, first = (part.strip() for part in bare.partition(","))
    if not comma or TITLES.fullmatch(_plain(first)):
        return (last if comma else bare), ""
    return first, last


def read_names(rows: list[Row], headings: Mapping[str, str]) -> list[str]:
    """Bring the names of rows into their fields; `headings` are those of the fields read."""
    for row in rows:
        if "manager_name" in row:
            row["manager_name"] = first_last(str(row["manager_name"]))
    notes = _split_whole(rows, headings["full_name"]) if "full_name" in headings else []
    shorten_preferred(rows)
    if "full_name" in headings or not {"given_name", "family_name"} <= headings.keys():
        return notes
    as_they_stand, swapped = swapped_evidence(rows)
    if swapped <= as_they_stand:
        return notes
    swap(rows)
    given, family = headings["given_name"], headings["family_name"]
    return [
        f"'{given}' and '{family}' were swapped: the names of {swapped} managers match people only "
        f"that way round, and of {as_they_stand} as the columns are headed."
    ]


def _split_whole(rows: list[Row], heading: str) -> list[str]:
    """Fill the first and last names that no column of their own gives."""
    longest = ""
    for row in rows:
        whole = str(row.pop("full_name", ""))
        if whole and not row.get("given_name") and not row.get("family_name"):
            row["given_name"], row["family_name"] = split(whole)
            longest = max(longest, whole, key=len)
    if not longest:
        return []
    given, family = split(longest)
    return [
        f"'{heading}' holds whole names: '{longest}' was read as first name '{given}' and last "
        f"name '{family}'."
    ]


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


def shorten_preferred(rows: Sequence[Row]) -> None:
    """Drop the family name from preferred names that are whole ones."""
    for row in rows:
        family = f" {row.get('family_name', '')}"
        preferred = str(row.get("preferred_name", ""))
        if len(family) > 1 and preferred.endswith(family):
            row["preferred_name"] = preferred.removesuffix(family)


def _plain(name: str | int) -> str:
    return " ".join(str(name).casefold().replace(".", " ").split())
