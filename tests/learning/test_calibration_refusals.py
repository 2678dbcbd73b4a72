"""What may not be exported, and the reason."""

from datetime import timedelta

import pytest
from time_machine import Traveller

from learning.calibration import Uncalibrated, asks_for_levels, refuse_uncalibrated
from learning.models import Assignment, CalibratedLevel, Observation, Path, Role
from tenants.people.models import Person
from tests.conftest import NOW, TODAY
from tests.learning.calibrating import calibrated
from tests.learning.cast import See

SLUG = "discovery"


@pytest.fixture
def role(sales_path: Path, clock: Traveller) -> Role:
    return sales_path.role


def test_exports_are_refused_with_the_reason(
    role: Role, lee: Person, ada: Person, see: See, clock: Traveller
) -> None:
    seen = Observation.objects.all()
    see(lee, SLUG, 2, by=ada)
    with pytest.raises(Uncalibrated, match="only once managers have calibrated them together"):
        refuse_uncalibrated(seen, ["person", "level_seen"])
    refuse_uncalibrated(seen, ["person", "skill", "observer"])
    for rows in (Assignment.objects.all(), Path.objects.all()):
        with pytest.raises(Uncalibrated, match="never leaves together"):
            refuse_uncalibrated(rows, ["person", "level"])
        refuse_uncalibrated(rows, ["person", "path", "status"])


def test_calibrated_levels_and_observations_that_are_one_may_leave(
    role: Role, lee: Person, ada: Person, see: See, clock: Traveller
) -> None:
    slug = role.role_skills.order_by("pk")[0].skill.slug
    see(lee, slug, 2, by=ada, observed_on=TODAY - timedelta(days=21))
    calibrated(role, lee, level=2, at=NOW - timedelta(days=20))
    refuse_uncalibrated(Observation.objects.all(), ["level_seen"])
    refuse_uncalibrated(CalibratedLevel.objects.all(), ["level_agreed"])
    see(lee, slug, 3, by=ada)
    with pytest.raises(Uncalibrated):
        refuse_uncalibrated(Observation.objects.all(), ["level_seen"])
    clock.shift(timedelta(days=180))
    with pytest.raises(Uncalibrated):
        refuse_uncalibrated(CalibratedLevel.objects.all(), ["level_agreed"])


@pytest.mark.parametrize(
    ("word", "asks"),
    [
        *((word, True) for word in ("level", "skill_levels", "skillLevel", "a,level", "Rating")),
        *((word, False) for word in ("required_level", "levelled", "status", "people")),
    ],
)
def test_words_that_ask_for_levels(word: str, asks: bool) -> None:
    assert asks_for_levels([word]) is asks
