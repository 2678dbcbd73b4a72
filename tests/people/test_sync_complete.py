"""Rows that claim to be everybody: whoever is missing has left, unless too many are."""

import pytest

from tenants.people.actions import SyncRefused
from tenants.people.models import Person, SyncRun
from tests.people.hris import TODAY, Sync, outcomes, row

COMPLETE = SyncRun.Mode.COMPLETE


def test_whoever_is_missing_has_left_today(sync: Sync) -> None:
    sync(row(1), row(2))
    result = sync(row(1), mode=COMPLETE)
    assert outcomes(result) == ["unchanged", "deactivated"]
    assert result.rows[1].changes == {
        "employment_status": ("active", "terminated"),
        "ended_on": (None, TODAY),
    }
    assert outcomes(sync(row(1), mode=COMPLETE)) == ["unchanged"]
    assert SyncRun.objects.filter(deactivated=1).count() == 1


def test_a_partial_run_deactivates_nobody(sync: Sync) -> None:
    sync(row(1), row(2))
    assert outcomes(sync(row(1))) == ["unchanged"]


def test_people_not_from_the_hris_and_superusers_stay(
    sync: Sync, ada: Person, olive: Person
) -> None:
    Person.objects.filter(pk=olive.pk).update(employee_number="1000")
    assert outcomes(sync(row(1), mode=COMPLETE)) == ["created"]


def test_whoever_is_in_a_refused_row_is_not_missing(sync: Sync) -> None:
    sync(row(1), row(2))
    result = sync(row(1, locale="tlh"), row(2), mode=COMPLETE)
    assert outcomes(result) == ["error", "unchanged"]


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_half_empty_export_is_refused_whole(sync: Sync, dry_run: bool) -> None:
    everybody = [row(number) for number in range(50)]
    sync(*everybody)
    with pytest.raises(SyncRefused, match="deactivate 6 of 50 active people, more than 10 %"):
        sync(*everybody[6:], row(99), mode=COMPLETE, dry_run=dry_run)
    assert Person.objects.filter(employment_status="active").count() == 50
    assert not Person.objects.filter(external_id="hris-99").exists()


def test_five_may_be_missing_from_a_company_of_any_size(sync: Sync) -> None:
    everybody = [row(number) for number in range(6)]
    sync(*everybody)
    assert sync(everybody[0], mode=COMPLETE).counts["deactivated"] == 5  # type: ignore[index]


def test_many_may_be_missing_where_that_is_confirmed(sync: Sync) -> None:
    everybody = [row(number) for number in range(50)]
    sync(*everybody)
    result = sync(everybody[0], mode=COMPLETE, confirm=True)
    assert outcomes(result) == ["unchanged", *["deactivated"] * 49]
