"""Which observation counts."""

from datetime import timedelta

from django.utils import timezone

from learning.actions import withdraw_observation
from learning.levels import current_levels
from learning.models import Observation, Path, Skill
from tenants.people.models import Person
from tests.conftest import NOW, TODAY
from tests.learning.cast import See

YESTERDAY, LAST_WEEK = TODAY - timedelta(days=1), TODAY - timedelta(days=7)


def level_of(person: Person, skill: str = "discovery") -> int | None:
    pk = Skill.objects.get(slug=skill).pk
    sighting = current_levels([person.pk], [pk]).get((person.pk, pk))
    return sighting.level if sighting else None


def test_what_was_never_observed_is_unknown_not_nought(sales_path: Path, lee: Person) -> None:
    assert level_of(lee) is None


def test_the_latest_day_counts_not_the_latest_entry(
    sales_path: Path, see: See, ada: Person, lee: Person
) -> None:
    see(lee, "discovery", 2, by=ada, observed_on=YESTERDAY)
    see(lee, "discovery", 1, by=ada, observed_on=LAST_WEEK)
    assert level_of(lee) == 2


def test_of_two_on_one_day_the_later_entry_counts(
    sales_path: Path, see: See, ada: Person, lee: Person
) -> None:
    see(lee, "discovery", 2, by=ada)
    see(lee, "discovery", 1, by=ada)
    assert level_of(lee) == 1


def test_what_a_manager_saw_counts_more_than_a_newer_self_rating(
    sales_path: Path, see: See, ada: Person, lee: Person
) -> None:
    see(lee, "discovery", 1, by=ada, observed_on=LAST_WEEK)
    see(lee, "discovery", 3)
    assert level_of(lee) == 1


def test_a_check_in_is_what_a_manager_saw(
    sales_path: Path, see: See, ada: Person, lee: Person
) -> None:
    see(lee, "discovery", 3, by=ada, observed_on=LAST_WEEK)
    check_in = {"source": Observation.Source.CHECK_IN, "observed_on": YESTERDAY}
    see(lee, "discovery", 1, by=ada, **check_in)
    see(lee, "discovery", 2)
    assert level_of(lee) == 1


def test_a_self_rating_counts_as_long_as_nobody_saw_anything(
    sales_path: Path, see: See, lee: Person
) -> None:
    see(lee, "discovery", 1, observed_on=LAST_WEEK)
    see(lee, "discovery", 2)
    assert level_of(lee) == 2


def test_what_was_taken_back_counts_no_more_and_stays_stored(
    sales_path: Path, see: See, ada: Person, lee: Person
) -> None:
    see(lee, "discovery", 1)
    seen, _ = see(lee, "discovery", 3, by=ada)
    withdraw_observation(observation=seen, now=NOW)
    assert level_of(lee) == 1
    assert Observation.objects.get(pk=seen.pk).withdrawn_at == timezone.now()


def test_other_skills_and_other_people_stay_out_of_it(
    sales_path: Path, see: See, ada: Person, lee: Person, nia: Person
) -> None:
    see(lee, "demo", 3, by=ada)
    see(nia, "discovery", 3, by=ada)
    assert level_of(lee) is None
