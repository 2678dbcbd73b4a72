"""L&D talked with a manager, and notes what it learned."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from time_machine import Traveller

from reinforcement.actions import change_touchpoint, note_barrier, note_touchpoint
from reinforcement.models import Barrier, Touchpoint
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import NOW, TODAY
from tests.reinforcement.cast import MakePerson

LEARNED = "Deals wait for Legal. Half of the clauses that come back are the same three."
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def barrier(clock: Traveller, olive: Person, ada: Person, lee: Person) -> Barrier:
    return note_barrier(manager=ada, words="Legal is slow.", actor=olive, heard_on=YESTERDAY)


def refused(act: Any, **given: Any) -> dict[str, list[str]]:
    before = list(Touchpoint.objects.order_by("pk").values())
    with pytest.raises(ValidationError) as raised:
        act(**given)
    assert list(Touchpoint.objects.order_by("pk").values()) == before
    if not hasattr(raised.value, "error_dict"):
        return {"": raised.value.messages}
    return raised.value.message_dict


def test_a_talk_is_noted_with_who_held_it_and_what_it_was_about(
    olive: Person, ada: Person, barrier: Barrier
) -> None:
    talk = note_touchpoint(manager=ada, learned=f" {LEARNED}\n", actor=olive, barriers=[barrier])
    talk.refresh_from_db()
    assert (talk.manager, talk.held_by, talk.held_on, talk.learned) == (ada, olive, TODAY, LEARNED)
    assert list(talk.barriers.all()) == [barrier]


def test_a_barrier_points_to_its_latest_talk(olive: Person, ada: Person, barrier: Barrier) -> None:
    given: dict[str, Any] = {
        "manager": ada,
        "learned": LEARNED,
        "actor": olive,
        "barriers": [barrier],
    }
    note_touchpoint(held_on=TODAY - timedelta(days=3), **given)
    latest = note_touchpoint(held_on=YESTERDAY, **given)
    note_touchpoint(held_on=TODAY - timedelta(days=5), **given)  # remembered late
    barrier.refresh_from_db()
    assert barrier.touchpoint == latest


def test_today_is_the_company_s(olive: Person, ada: Person, barrier: Barrier) -> None:
    late = NOW.replace(hour=23, minute=30)  # half past midnight in Berlin
    given: dict[str, Any] = {"manager": ada, "learned": LEARNED, "actor": olive, "now": late}
    assert note_touchpoint(**given).held_on == TOMORROW
    assert note_touchpoint(held_on=TOMORROW, **given).held_on == TOMORROW


def test_what_is_wrong_is_said_at_its_field_all_at_once(
    olive: Person, lee: Person, barrier: Barrier
) -> None:
    said = refused(
        note_touchpoint,
        manager=lee,
        learned=" ",
        held_on=TOMORROW,
        barriers=[barrier],
        actor=olive,
    )
    assert said == {
        "manager": ["Nobody reports to Lee Tanaka: choose a manager."],
        "learned": ["Say in a sentence or two what you learned."],
        "held_on": ["This day is still to come: note the talk once it was held."],
        "barriers": ["Choose among what slows Lee's team down."],
    }
    barrier.refresh_from_db()
    assert barrier.touchpoint is None


def test_what_was_noted_is_put_right(olive: Person, ada: Person, barrier: Barrier) -> None:
    talk = note_touchpoint(manager=ada, learned=LEARNED, actor=olive)
    given: dict[str, Any] = {"touchpoint": talk, "actor": olive}
    said = refused(change_touchpoint, learned="", held_on=TOMORROW, **given)
    assert set(said) == {"learned", "held_on"}
    changed = change_touchpoint(learned="It is Finance.", held_on=YESTERDAY, **given)
    assert (changed.learned, changed.held_on, changed.manager) == ("It is Finance.", YESTERDAY, ada)
    assert change_touchpoint(learned="It is both.", **given).held_on == YESTERDAY


def test_only_l_and_d_notes_and_changes_talks(
    acme: Company, olive: Person, ada: Person, barrier: Barrier, person: MakePerson
) -> None:
    talk = note_touchpoint(manager=ada, learned=LEARNED, actor=olive)
    for actor in (ada, person("Rae", "Reader", is_staff=True)):
        for act, given in (
            (note_touchpoint, {"manager": ada, "learned": LEARNED}),
            (change_touchpoint, {"touchpoint": talk, "learned": "Nothing."}),
        ):
            assert "Only L&D" in refused(act, actor=actor, **given)[""][0]
