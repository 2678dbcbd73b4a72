"""A link in a mail is good for one question, in one company, for two weeks."""

from datetime import timedelta

import pytest
from time_machine import Traveller

from reinforcement.links import (
    BadToken,
    DeadLink,
    answer_path,
    answer_token,
    read_answer_token,
    read_unsubscribe_token,
    unsubscribe_path,
)
from reinforcement.models import Brief, BriefItem, Delivery
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.companies.signing import sign
from tenants.people.models import Person
from tests.reinforcement.cast import MakePerson


@pytest.fixture
def item(brief: Brief) -> BriefItem:
    return brief.items.get()


def test_it_leads_to_its_item(item: BriefItem) -> None:
    assert read_answer_token(answer_token(item)) == item


def test_its_address_holds_nothing_but_the_token_and_the_answer(item: BriefItem) -> None:
    assert answer_path(item, "once") == f"/a/{answer_token(item)}?choice=once"
    assert answer_path(item, talked=True) == f"/a/{answer_token(item)}?talked=1"
    assert answer_path(item) == f"/a/{answer_token(item)}"
    assert "lee" not in answer_path(item).lower()


@pytest.mark.parametrize("place", [0, 10, -1])
def test_a_changed_letter_breaks_it(item: BriefItem, place: int) -> None:
    letters = list(answer_token(item))
    letters[place] = "a" if letters[place] != "a" else "b"
    with pytest.raises(BadToken):
        read_answer_token("".join(letters))


@pytest.mark.parametrize("token", ["", "a", "a:b:c", "ü", "." * 5000])
def test_rubbish_is_no_link(item: BriefItem, token: str) -> None:
    with pytest.raises(BadToken):
        read_answer_token(token)


def test_one_company_s_link_means_nothing_in_another(item: BriefItem, globex: Company) -> None:
    token = answer_token(item)
    with working_for(globex), pytest.raises(BadToken):
        read_answer_token(token)
    assert read_answer_token(token) == item


def test_what_was_signed_for_another_purpose_is_no_link(item: BriefItem) -> None:
    with pytest.raises(BadToken):
        read_answer_token(sign("calendar", str(item.uid)))


def test_it_is_good_for_fourteen_days(item: BriefItem, monday: Traveller) -> None:
    token = answer_token(item)
    monday.shift(timedelta(days=14))
    assert read_answer_token(token) == item
    monday.shift(timedelta(seconds=1))
    with pytest.raises(DeadLink, match="good for 14 days"):
        read_answer_token(token)


def test_a_mail_that_goes_out_late_makes_it_no_younger(item: BriefItem, monday: Traveller) -> None:
    monday.shift(timedelta(days=14, seconds=1))
    with pytest.raises(DeadLink, match="good for 14 days"):
        read_answer_token(answer_token(item))


def test_it_ends_with_the_manager_s_employment(item: BriefItem, ada: Person) -> None:
    Person.objects.filter(pk=ada.pk).update(employment_status="leave")
    assert read_answer_token(answer_token(item)) == item
    Person.objects.filter(pk=ada.pk).update(employment_status="terminated")
    with pytest.raises(DeadLink, match="somebody who has left"):
        read_answer_token(answer_token(item))


def test_it_ends_when_the_report_goes_to_another_manager(
    item: BriefItem, lee: Person, person: MakePerson
) -> None:
    Person.objects.filter(pk=lee.pk).update(manager=person("Bo", "Ek"))
    with pytest.raises(DeadLink, match="Lee is not in your team any more"):
        read_answer_token(answer_token(item))


def test_it_ends_when_the_report_leaves(item: BriefItem, lee: Person) -> None:
    Person.objects.filter(pk=lee.pk).update(employment_status="terminated")
    with pytest.raises(DeadLink, match="Lee has left"):
        read_answer_token(answer_token(item))


def test_it_ends_with_its_item(item: BriefItem) -> None:
    token = answer_token(item)
    item.delete()
    with pytest.raises(DeadLink, match="no longer there"):
        read_answer_token(token)


def unsubscribing(person: Person) -> str:
    return unsubscribe_path(person, Delivery.Kind.HEADS_UP).removeprefix("/u/")


def test_the_way_out_leads_to_its_reader_and_what_they_read(
    lee: Person, django_assert_num_queries
) -> None:
    token = unsubscribing(lee)
    with django_assert_num_queries(1):
        assert read_unsubscribe_token(token) == (lee, Delivery.Kind.HEADS_UP)


def test_the_way_out_is_open_for_a_year(lee: Person, monday: Traveller) -> None:
    token = unsubscribing(lee)
    monday.shift(timedelta(days=365))
    assert read_unsubscribe_token(token)[0] == lee
    monday.shift(timedelta(seconds=1))
    with pytest.raises(DeadLink, match="good for a year"):
        read_unsubscribe_token(token)


def test_the_way_out_ends_with_the_reader_s_employment(lee: Person) -> None:
    token = unsubscribing(lee)
    Person.objects.filter(pk=lee.pk).update(employment_status="terminated")
    with pytest.raises(DeadLink, match="somebody who has left"):
        read_unsubscribe_token(token)


def test_no_link_of_one_kind_does_for_the_other(
    item: BriefItem, lee: Person, globex: Company
) -> None:
    with pytest.raises(BadToken):
        read_unsubscribe_token(answer_token(item))
    with pytest.raises(BadToken):
        read_answer_token(unsubscribing(lee))
    token = unsubscribing(lee)
    with working_for(globex), pytest.raises(BadToken):
        read_unsubscribe_token(token)
