"""Managers: named by key or by name, before or after they are known, never in a loop."""

from typing import Any

from tenants.people.models import Person
from tests.people.hris import Sync, messages, outcomes, row


def manager_of(number: int) -> str | None:
    person = Person.objects.select_related("manager").get(external_id=f"hris-{number}")
    return person.manager.external_id if person.manager else None


def named(number: int, given: str, family: str, **fields: Any) -> dict[str, Any]:
    return row(number, given_name=given, family_name=family, **fields)


def test_a_manager_further_down_is_found(sync: Sync) -> None:
    result = sync(
        row(1, manager_external_id="hris-4"),
        row(2, manager_employee_number="4"),
        row(3, manager_email="PERSON.4@acme.example"),
        row(4),
    )
    assert not result.problems
    assert {manager_of(1), manager_of(2), manager_of(3)} == {"hris-4"}


def test_the_first_reference_that_is_not_blank_decides(sync: Sync) -> None:
    sync(row(1), row(2), row(3, manager_external_id="", manager_email="person.2@acme.example"))
    assert manager_of(3) == "hris-2"


def test_blank_references_clear_the_manager_and_absent_ones_do_not(sync: Sync) -> None:
    sync(row(1), row(2, manager_external_id="hris-1"))
    assert outcomes(sync(row(2))) == ["unchanged"]
    (cleared,) = sync(row(2, manager_external_id="", manager_name=None)).rows
    assert cleared.changes == {"manager": ("Given1 Family1", None)}


def test_an_unknown_manager_is_a_warning_and_found_when_they_appear(sync: Sync) -> None:
    result = sync(row(1, manager_employee_number="123"))
    assert outcomes(result) == ["created"]
    assert messages(result) == ["manager_employee_number: '123' is nobody we know yet."]
    assert Person.objects.get().awaited_manager == "employee_number:123"
    result = sync(row(9, employee_number="123"))
    assert outcomes(result) == ["created", "updated"]
    assert result.rows[1].line is None
    assert manager_of(1) == "hris-9"
    assert not Person.objects.filter(awaited_manager__gt="").exists()


def test_a_name_finds_whoever_alone_bears_it(sync: Sync) -> None:
    sync(named(1, "Brandon R.", "LeBlanc"), row(2, manager_name="leblanc, Brandon R"))
    assert manager_of(2) == "hris-1"


def test_a_preferred_name_is_a_name_too(sync: Sync) -> None:
    sync(named(1, "Margaret", "Ek", preferred_name="Peggy"), row(2, manager_name="Peggy Ek"))
    assert manager_of(2) == "hris-1"


def test_a_name_that_two_people_bear_is_a_warning(sync: Sync) -> None:
    result = sync(named(1, "Ada", "Ek"), named(2, "Ek", "Ada"), row(3, manager_name="Ada Ek"))
    assert messages(result) == ["manager_name: 'Ada Ek' is the name of 2 people."]
    assert manager_of(3) is None


def test_a_namesake_who_is_hired_takes_nobodys_reports(sync: Sync) -> None:
    sync(named(1, "Ada", "Ek"), row(3, manager_name="Ada Ek"))
    sync(named(2, "Ada", "Ek"), row(3, manager_name="Ada Ek"))
    assert manager_of(3) == "hris-1"


def test_nobody_manages_themselves(sync: Sync) -> None:
    result = sync(row(1, manager_employee_number="1"))
    assert messages(result) == [
        "manager_employee_number: '1' is Given1 Family1, and nobody manages themselves."
    ]


def test_rows_that_close_a_loop_are_refused_with_the_loop_spelled_out(sync: Sync) -> None:
    result = sync(
        named(1, "Ada", "Lindqvist", manager_external_id="hris-2"),
        named(2, "Bo", "Ek", manager_external_id="hris-1"),
        row(3, manager_external_id="hris-1"),
    )
    assert outcomes(result) == ["error", "error", "created"]
    assert messages(result) == [
        "manager_external_id: 'hris-2' would close a loop: Ada Lindqvist → Bo Ek → Ada Lindqvist.",
        "manager_external_id: 'hris-1' would close a loop: Bo Ek → Ada Lindqvist → Bo Ek.",
        "manager_external_id: 'hris-1' is nobody we know yet.",
    ]


def test_only_the_row_that_closes_the_loop_is_refused(sync: Sync) -> None:
    sync(row(1), row(2, manager_external_id="hris-1"), row(3, manager_external_id="hris-2"))
    result = sync(row(1, manager_external_id="hris-3"), row(2, job_title="Lead"))
    assert outcomes(result) == ["error", "updated"]
    assert manager_of(1) is None


def test_a_chart_can_be_turned_upside_down_in_one_run(sync: Sync) -> None:
    sync(row(1), row(2, manager_external_id="hris-1"))
    result = sync(row(1, manager_external_id="hris-2"), row(2, manager_external_id=""))
    assert outcomes(result) == ["updated", "updated"]


def test_a_refusal_that_brings_an_old_edge_back_can_close_another_loop(sync: Sync) -> None:
    sync(row(1, manager_external_id="hris-2"), row(2), row(3))
    result = sync(
        row(1, manager_external_id="hris-3", locale="tlh"),
        row(2, manager_external_id="hris-1"),
    )
    assert outcomes(result) == ["error", "error"]


def test_an_awaited_manager_who_would_close_a_loop_goes_on_being_awaited(sync: Sync) -> None:
    sync(row(1, manager_external_id="hris-2"))
    assert outcomes(sync(row(2, manager_external_id="hris-1"))) == ["created"]
    assert (manager_of(1), manager_of(2)) == (None, "hris-1")
