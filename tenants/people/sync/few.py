"""A roster for a few rows, so that bringing one person does not cost a look at everybody."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, Final

from django.db import connection

from tenants.people.models import SyncRun
from tenants.people.sync.directory import name_words, names_of
from tenants.people.sync.drafts import Draft
from tenants.people.sync.roster import NEWCOMER, SELECT, Roster, State, read_everybody
from tenants.people.sync.rows import take_reference
from tenants.people.sync.sought import Sought
from tenants.people.sync.values import CLEANERS, BadValue

FEW: Final = 200  # rows
NAME_FIELDS: Final = ("given_name", "family_name", "preferred_name")

Row = Mapping[str, Any]

IS_WAITING = "awaited_manager <> '' AND manager_id IS NULL"
LOOK = f"""
SELECT awaited, departments, person.* FROM (
    SELECT ARRAY(SELECT DISTINCT awaited_manager FROM people_person WHERE {IS_WAITING}) AS awaited,
        ARRAY(SELECT name FROM people_department WHERE name = ANY(%s)) AS departments
) margins LEFT JOIN ({{upwards}}) person ON true
"""  # noqa: S608  # no input
WAITING = (
    f"{SELECT.format(people='people_person')} WHERE awaited_manager = ANY(%s) AND {IS_WAITING}"
)


def roster_for(
    rows: Iterable[Mapping[str, Any]], mode: SyncRun.Mode
) -> tuple[Roster, Iterable[Mapping[str, Any]]]:
    """Who has to be known to plan these rows, and the rows anew."""
    rest = iter(rows)
    first = list(islice(rest, FEW + 1))
    is_enough = mode == SyncRun.Mode.PARTIAL and len(first) <= FEW
    return read_few(first) if is_enough else read_everybody(), chain(first, rest)


def read_few(rows: Sequence[object]) -> Roster:
    """A roster among which these rows mean, as ``partial``, what they mean among everybody.

    It holds whoever has a key that the rows give or name, whoever waits for a manager who is there
    or in the rows, and all managers above. One query; one more where anybody waits for a manager,
    and a third where such a wait can end. Everybody is read where names decide: a row names a
    manager by name, somebody read waits for one, or a row brings or takes away a name that is
    waited for.

    Rests on what every run leaves behind: a manager awaited by name would close a loop, or two
    people or nobody bear that name. Where this was undone by hand, a run of more rows notices.
    """
    given = [row for row in rows if isinstance(row, Mapping)]
    brought, sought = Sought(), Sought()
    for row in given:
        brought.add_row(row)
        sought.add_manager(*_manager(row))
    if "name" in sought:
        return read_everybody()
    sought.add_all(brought)
    with connection.cursor() as cursor:
        awaited, departments, stored = _look(cursor, given, sought)
        waits = {each: _meant(each) for each in awaited}
        names = {name_words(name) for wait in waits.values() for name in wait.pop("name", ())}
        if any(waits.values()):
            for wait in waits.values():
                sought.add_all(wait)
            cursor.execute(*sought.upwards())
            stored = cursor.fetchall()
        there = Roster(stored)
        ending = [
            each
            for each, wait in waits.items()
            if wait.shares(brought) or any(wait.found_in(there))
        ]
        if ending:
            cursor.execute(WAITING, [ending])
            stored += cursor.fetchall()
    by_key = {person[0]: person for person in stored}
    roster = Roster((by_key[key] for key in sorted(by_key)), departments)
    return read_everybody() if names and _names_decide(names, given, roster) else roster


def _manager(row: Row) -> tuple[str, str]:
    """The key and value by which a row names a manager; both empty where it names none."""
    draft = Draft(None, 0)
    take_reference(draft, row)
    column, value = draft.reference or ("", "")
    return column.removeprefix("manager_"), value


def _look(
    cursor: Any, rows: Iterable[Row], sought: Sought
) -> tuple[list[str], list[str], list[Sequence[Any]]]:
    """Each ``awaited_manager``, which departments of the rows there are, and who is sought."""
    named = {row["department"] for row in _cleaned(rows, ["department"]) if row.get("department")}
    upwards, values = sought.upwards()
    cursor.execute(LOOK.format(upwards=upwards), [list(named), *values])
    found = cursor.fetchall()
    awaited, departments, *_ = found[0]
    return awaited, departments, [person for _, _, *person in found if person[0] is not None]


def _meant(awaited: str) -> Sought:
    """What to look for behind an ``awaited_manager``."""
    key, _, value = awaited.partition(":")
    sought = Sought()
    sought.add_manager(key, value)
    return sought


def _names_decide(names: set[frozenset[str]], rows: Iterable[Row], roster: Roster) -> bool:
    """Whether the rows, or somebody in the roster, can have to do with these awaited names."""
    if any(
        state["manager"] is None and state["awaited_manager"].startswith("name:")
        for state in roster.people.values()
    ):
        return True
    for row in rows:
        (told,) = _cleaned([row], NAME_FIELDS)
        meant = Sought()
        meant.add_row(row)
        for before in (NEWCOMER, *(roster.people[person] for person in meant.found_in(roster))):
            if names & (names_of(before) | names_of({**before, **told})):
                return True
    return False


def _cleaned(rows: Iterable[Row], columns: Iterable[str]) -> Iterator[State]:
    """These columns of each row as they would be stored, without those that cannot be."""
    for row in rows:
        cleaned: State = {}
        for column in columns:
            if column in row:
                try:
                    cleaned[column] = CLEANERS[column](row[column])
                except BadValue:
                    continue
        yield cleaned
