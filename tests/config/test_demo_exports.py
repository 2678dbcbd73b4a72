"""The demo's exports: real in shape, the same each time."""

import csv
import io
from datetime import date, timedelta

import pytest

from config.demo.cast import CAST
from config.demo.exports import bamboohr_export

TODAY = date(2026, 11, 18)


def rows(slug: str, today: date = TODAY) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(bamboohr_export(slug, today))))


@pytest.mark.parametrize(("slug", "people"), [("acme", 620), ("globex", 540)])
def test_company_has_its_size_and_every_key_once(slug, people):
    export = rows(slug)
    assert len(export) == people
    assert len({row["Employee #"] for row in export}) == people
    assert len({row["Work Email"].lower() for row in export}) == people


@pytest.mark.parametrize("slug", ["acme", "globex"])
def test_chart_is_five_levels_deep(slug):
    manager = {row["Employee #"]: row["Supervisor EID"] for row in rows(slug)}

    def depth(number: str) -> int:
        return 1 + depth(manager[number]) if manager[number] else 1

    assert max(map(depth, manager)) == 5
    assert sum(not above for above in manager.values()) == 1


@pytest.mark.parametrize("slug", ["acme", "globex"])
def test_people_come_and_go(slug):
    export = rows(slug)
    hired = [
        date(int(r["Hire Date"][6:]), int(r["Hire Date"][:2]), int(r["Hire Date"][3:5]))
        for r in export
        if r["Status"] == "Active"
    ]
    assert sum(TODAY - timedelta(days=21) <= day <= TODAY for day in hired) == 20
    assert sum(day > TODAY for day in hired) == 4
    assert sum(r["Employment Status"] == "Leave of Absence" for r in export) >= 10
    assert sum(r["Status"] == "Inactive" for r in export) >= 10


@pytest.mark.parametrize("slug", ["acme", "globex"])
def test_cast_is_on_stage(slug):
    export = {row["Work Email"]: row for row in rows(slug)}
    cast = CAST[slug]
    manager = export[cast.manager]["Employee #"]
    assert export[cast.learner]["Supervisor EID"] == manager
    assert export[cast.new_hire]["Supervisor EID"] == manager
    assert cast.owner in export


def test_same_day_same_bytes():
    assert bamboohr_export("acme", TODAY) == bamboohr_export("acme", TODAY)


def test_another_day_moves_dates_only():
    def without_dates(today: date) -> list[dict[str, str]]:
        return [{k: v for k, v in row.items() if "Date" not in k} for row in rows("acme", today)]

    assert without_dates(TODAY) == without_dates(TODAY + timedelta(days=30))
