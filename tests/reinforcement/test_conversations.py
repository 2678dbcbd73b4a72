"""A manager says that they talked: once a day, about somebody of their own team."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from time_machine import Traveller

from reinforcement.actions import hold_conversation, write_note
from reinforcement.models import Brief, Conversation
from tenants.people.models import Person
from tests.reinforcement.cast import DUE, MakePerson

pytestmark = pytest.mark.usefixtures("monday")


def hold(manager: Person, report: Person, **fields: object) -> Conversation:
    return hold_conversation(
        **{"manager": manager, "report": report, "via": "portal", **fields}  # type: ignore[arg-type]
    )


def refused(manager: Person, report: Person, **fields: object) -> ValidationError:
    before = Conversation.objects.count()
    with pytest.raises(ValidationError) as caught:
        hold(manager, report, **fields)
    assert Conversation.objects.count() == before
    return caught.value


def test_it_is_noted_for_today_with_how_it_came(ada: Person, lee: Person, brief: Brief) -> None:
    item = brief.items.get()
    held = hold(ada, lee, item=item, via="mail", note="Wants to lead the Brandt demo.")
    held.refresh_from_db()
    assert (held.manager, held.report, held.item) == (ada, lee, item)
    assert (held.held_on, held.via) == (DUE.date(), "mail")
    assert held.note == "Wants to lead the Brandt demo."


def test_said_twice_on_a_day_it_is_one(ada: Person, lee: Person, brief: Brief) -> None:
    first = hold(ada, lee, note="Nervous about price.", via="mail")
    again = hold(ada, lee, item=brief.items.get())
    assert again == first
    stored = Conversation.objects.get()
    assert (stored.note, stored.via) == ("Nervous about price.", "mail")
    assert stored.item == brief.items.get()
    hold(ada, lee, note="Less so by Friday.")
    assert Conversation.objects.get().note == "Less so by Friday."
    hold(ada, lee, note="")
    assert Conversation.objects.get().note == ""


def test_another_day_or_another_person_is_another_conversation(
    ada: Person, lee: Person, nia: Person, monday: Traveller
) -> None:
    hold(ada, lee)
    hold(ada, nia)
    monday.shift(timedelta(days=1))
    hold(ada, lee)
    assert Conversation.objects.count() == 3


@pytest.mark.parametrize(
    ("zone", "day"), [("Pacific/Auckland", 17), ("Europe/Berlin", 16), ("America/Los_Angeles", 16)]
)
def test_today_is_the_day_on_the_managers_own_clock(
    ada: Person, lee: Person, monday: Traveller, zone: str, day: int
) -> None:
    monday.move_to(datetime(2026, 11, 16, 22, 30, tzinfo=UTC))
    ada.time_zone = zone
    assert hold(ada, lee).held_on == date(2026, 11, day)
    refused(ada, lee, held_on=date(2026, 11, day + 1))


def test_a_day_to_come_is_refused_and_says_why(ada: Person, lee: Person) -> None:
    error = refused(ada, lee, held_on=DUE.date() + timedelta(days=1))
    assert error.message_dict == {
        "held_on": ["That day is still to come: note it once you have talked."]
    }


def test_thirty_days_back_is_noted_and_no_more(ada: Person, lee: Person) -> None:
    assert hold(ada, lee, held_on=DUE.date() - timedelta(days=30)).held_on == date(2026, 10, 17)
    error = refused(ada, lee, held_on=DUE.date() - timedelta(days=31))
    assert error.message_dict == {"held_on": ["Choose a day of the last 30 days."]}


def test_only_the_reports_own_manager_notes_one(
    ada: Person, lee: Person, olive: Person, person: MakePerson
) -> None:
    above = person("Mo", "Berg")
    Person.objects.filter(pk=ada.pk).update(manager=above)
    for somebody_else in (above, olive, lee, person("Bo", "Ek")):
        error = refused(somebody_else, lee)
        assert error.messages == ["Lee is not in your team any more."]
    hold(ada, lee)


def test_who_moved_away_or_left_is_talked_with_by_others(
    ada: Person, lee: Person, nia: Person, person: MakePerson
) -> None:
    Person.objects.filter(pk=lee.pk).update(manager=person("Bo", "Ek"))
    Person.objects.filter(pk=nia.pk).update(employment_status="terminated")
    refused(ada, lee)
    refused(ada, nia)


def test_an_item_about_somebody_else_is_refused(
    ada: Person, lee: Person, nia: Person, brief: Brief
) -> None:
    refused(ada, nia, item=brief.items.get())


def test_a_note_holds_two_thousand_characters(ada: Person, lee: Person) -> None:
    error = refused(ada, lee, note="x" * 2003)
    assert error.message_dict == {"note": ["Make the note shorter by 3 characters: it holds 2000."]}
    assert refused(ada, lee, note="x" * 2001).messages == [
        "Make the note shorter by a character: it holds 2000."
    ]
    # a browser sends a line break as two characters and counts it as one
    assert len(hold(ada, lee, note="x\r\n" * 1000).note) == 1999


def test_what_is_no_text_is_kept_as_far_as_it_is(ada: Person, lee: Person) -> None:
    assert hold(ada, lee, note="  Ask \ud83d about\x00price ").note == "Ask ? about\x00price"


def test_its_author_writes_the_note_anew(ada: Person, lee: Person) -> None:
    held = hold(ada, lee, note="First thoughts.")
    write_note(conversation=held, note=" Second thoughts. ", actor=ada)
    assert Conversation.objects.get().note == "Second thoughts."
    with pytest.raises(ValidationError):
        write_note(conversation=held, note="x" * 2001, actor=ada)
    assert Conversation.objects.get().note == "Second thoughts."
    write_note(conversation=held, note="", actor=ada)
    assert Conversation.objects.get().note == ""


def test_nobody_else_writes_it(ada: Person, lee: Person, olive: Person) -> None:
    held = hold(ada, lee, note="Mine.")
    for somebody_else in (lee, olive):
        with pytest.raises(ValidationError):
            write_note(conversation=held, note="Not yours.", actor=somebody_else)
    assert Conversation.objects.get().note == "Mine."


def test_it_costs_five_queries_and_two_more_the_first_time(
    ada: Person, lee: Person, django_assert_num_queries
) -> None:
    with django_assert_num_queries(7):
        hold(ada, lee, note="Once.")
    with django_assert_num_queries(5):
        hold(ada, lee, note="Twice.")
