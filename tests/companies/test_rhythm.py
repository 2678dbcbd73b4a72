"""When a company's briefs come, and what else is said of them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tenants.companies.actions import change_rhythm, shape_briefs
from tenants.companies.context import find_company
from tenants.companies.models import Company
from tests.conftest import NOW


def test_a_changed_rhythm_tells_since_when(acme: Company) -> None:
    assert change_rhythm(company=acme, day=4, hour=7, now=NOW)
    stored = find_company("acme")
    assert (stored.brief_day, stored.brief_hour, stored.time_zone) == (4, 7, "Europe/Berlin")
    assert stored.rhythm_since == NOW


def test_the_same_rhythm_again_changes_nothing(acme: Company) -> None:
    change_rhythm(company=acme, hour=7, now=NOW)
    assert not change_rhythm(company=acme, hour=7, now=NOW + timedelta(days=1))
    assert find_company("acme").rhythm_since == NOW


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"day": 8}, "brief_day"),
        ({"hour": 24}, "brief_hour"),
        ({"time_zone": "Mars/Olympus_Mons"}, "time_zone"),
    ],
)
def test_what_is_no_rhythm_is_refused_at_its_field(
    acme: Company, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        change_rhythm(company=acme, **given)
    assert list(refused.value.message_dict) == [field]
    assert find_company("acme").rhythm_since is None


def test_how_briefs_look_is_no_change_of_rhythm(acme: Company) -> None:
    assert shape_briefs(company=acme, size=3, sender_name=" Olive ", heads_up=True)
    stored = find_company("acme")
    assert (stored.brief_size, stored.sender_name, stored.heads_up) == (3, "Olive", True)
    assert stored.rhythm_since is None
    assert not shape_briefs(company=stored, size=3, sender_name="Olive", heads_up=True)
