"""Loops in an org chart."""

import pytest
from django.core.exceptions import ValidationError

from tenants.people.chart import loop_closed_by, loops
from tenants.people.models import Person

CHART = {"ada": None, "bo": "ada", "cy": "bo", "di": "ada"}


def test_a_manager_from_below_closes_a_loop() -> None:
    assert loop_closed_by("ada", "cy", CHART) == ["ada", "cy", "bo", "ada"]
    assert loop_closed_by("bo", "bo", CHART) == ["bo", "bo"]


def test_a_manager_from_beside_or_above_does_not() -> None:
    assert loop_closed_by("cy", "di", CHART) == []
    assert loop_closed_by("cy", "ada", CHART) == []


def test_a_loop_further_up_is_not_walked_for_ever() -> None:
    assert loop_closed_by("ada", "bo", {"bo": "cy", "cy": "bo"}) == []


def test_every_loop_is_found_once() -> None:
    assert loops(CHART) == []
    assert loops({"a": "b", "b": "a", "c": "a", "d": "d", "e": None}) == [
        ["a", "b", "a"],
        ["d", "d"],
    ]


def test_a_person_may_not_be_put_below_their_own_report(ada: Person, lee: Person) -> None:
    ada.manager = lee
    with pytest.raises(ValidationError, match="Ada Lindqvist → Lee Tanaka → Ada Lindqvist"):
        ada.full_clean()
