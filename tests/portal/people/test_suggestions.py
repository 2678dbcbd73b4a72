"""A manager suggests a path; L&D gives it or says why not; the manager reads what became of it."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from time_machine import Traveller

from learning.actions import assign_path, decline_suggestion, suggest_path, withdraw
from learning.framing import Framing
from learning.library import load_role
from learning.models import Path, PathSuggestion
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.portal.cast import Assign, MakePerson, Visit
from tests.portal.people.cast import page_of

State = PathSuggestion.State
WHY = "Two new people report to him from January"
Send = Callable[..., str]


@pytest.fixture
def client(visit: Visit, acme: Company, ada: Person) -> Client:
    return visit(acme, ada)


@pytest.fixture
def send(client: Client, lee: Person, sales_path: Path, clock: Traveller) -> Send:
    """``send(because="")``: the form as Ada sends it; returns the page that follows."""

    def post(status: int = 200, **sent: object) -> str:
        fields = {"about": "Lee", "path": sales_path.uid, "because": WHY, **sent}
        page = client.post(f"/team/people/{lee.uid}/suggest", fields, follow=True)
        assert page.status_code == status
        return str(page.text)

    return post


def test_it_goes_to_the_learning_team_and_is_told_on_the_sheet(
    send: Send, ada: Person, lee: Person, sales_path: Path
) -> None:
    page = send()
    suggestion = PathSuggestion.objects.get()
    assert (suggestion.person, suggestion.path, suggestion.suggested_by) == (lee, sales_path, ada)
    assert (suggestion.because, suggestion.state) == (WHY, State.OPEN)
    assert f"You suggested “{sales_path.name}”." in page
    assert "The learning team has it." in page
    assert WHY in page


def test_suggested_twice_it_is_one_with_the_newer_reason(send: Send) -> None:
    send()
    send(because="His pipeline is thin")
    assert PathSuggestion.objects.get().because == "His pipeline is thin"


def test_given_to_that_person_it_is_taken(
    send: Send, visit: Visit, acme: Company, ada: Person, lee: Person, nia: Person, assign: Assign
) -> None:
    send()
    assign(nia)
    assert PathSuggestion.objects.get().state == State.OPEN
    assign(lee)
    assert PathSuggestion.objects.get().state == State.TAKEN
    assert "Given on 18 November." in page_of(visit, acme, ada, lee)


def test_who_gave_it_is_kept(
    send: Send, olive: Person, lee: Person, sales_path: Path, framing: Framing
) -> None:
    send()
    outcome = sales_path.role.outcomes.all()[0]
    assign_path(path=sales_path, people=[lee], outcome=outcome, framing=framing, actor=olive)
    assert PathSuggestion.objects.get().decided_by == olive


def test_declined_it_says_why(
    send: Send, visit: Visit, acme: Company, ada: Person, lee: Person, olive: Person
) -> None:
    send()
    word = "Let us first see the deals close."
    decline_suggestion(suggestion=PathSuggestion.objects.get(), answer=word, actor=olive)
    page = page_of(visit, acme, ada, lee)
    assert "Declined on 18 November." in page
    assert f"Olive: “{word}”" in page
    send()
    assert PathSuggestion.objects.filter(state=State.OPEN).count() == 1


def test_the_next_manager_reads_that_it_was_suggested_and_not_why(
    send: Send, visit: Visit, acme: Company, lee: Person, person: MakePerson
) -> None:
    send()
    bo = person("Bo", "Ek")
    Person.objects.filter(pk=lee.pk).update(manager=bo)
    page = page_of(visit, acme, bo, lee)
    assert "Ada suggested" in page
    assert WHY not in page


def test_it_is_taken_back_until_it_is_decided(
    send: Send, client: Client, lee: Person, olive: Person
) -> None:
    address = f"/team/people/{lee.uid}/suggest/back"
    send()
    page = client.post(address, {"suggestion": PathSuggestion.objects.get().uid}, follow=True)
    assert "Taken back" in page.text
    assert not PathSuggestion.objects.exists()
    send()
    decided = decline_suggestion(
        suggestion=PathSuggestion.objects.get(), answer="Not now.", actor=olive
    )
    page = client.post(address, {"suggestion": decided.uid}, follow=True)
    assert "so it stays" in page.text
    assert PathSuggestion.objects.get() == decided


def test_nobody_takes_back_what_somebody_else_suggested(
    client: Client, lee: Person, ada: Person, sales_path: Path, person: MakePerson
) -> None:
    boss = person("Bea", "Ek")
    Person.objects.filter(pk=ada.pk).update(manager=boss)
    theirs = suggest_path(person=lee, path=sales_path, because=WHY, actor=boss)
    address = f"/team/people/{lee.uid}/suggest/back"
    assert client.post(address, {"suggestion": theirs.uid}).status_code == 404
    assert PathSuggestion.objects.get() == theirs


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"because": "  "}, "Say in a line why"),
        ({"because": "x" * 302}, "Make this shorter by 2 characters."),
        ({"path": ""}, "Choose a path."),
        ({"path": "no-uid"}, "This path is not offered any more"),
    ],
)
def test_what_is_refused_comes_back_as_it_was_sent(
    send: Send, sent: dict[str, str], told: str
) -> None:
    page = send(400, **sent)
    assert told in page
    assert page.count("autofocus") == 1
    assert sent.get("because", WHY).strip() in page
    assert not PathSuggestion.objects.exists()


def test_a_path_they_are_on_and_one_that_is_not_offered_are_refused(
    send: Send, lee: Person, assign: Assign, sales_path: Path
) -> None:
    given = assign(lee)
    assert "Lee is on this path already" in send(400)
    withdraw(assignments=[given])
    Path.objects.update(status=Path.Status.ARCHIVED)
    assert "This path is not offered any more" in send(400)
    assert not PathSuggestion.objects.exists()


def test_what_somebody_else_suggested_already_is_refused(
    send: Send, ada: Person, lee: Person, sales_path: Path, person: MakePerson
) -> None:
    boss = person("Bea", "Ek")
    Person.objects.filter(pk=ada.pk).update(manager=boss)
    suggest_path(person=lee, path=sales_path, because="Because", actor=boss)
    assert "Somebody suggested this path already" in send(400)


def test_who_was_moved_away_is_told_with_the_words_to_copy(
    send: Send, lee: Person, person: MakePerson
) -> None:
    Person.objects.filter(pk=lee.pk).update(manager=person("Bo", "Ek"))
    page = send(404)
    assert "Lee does not report to you any more." in page
    assert WHY in page
    assert not PathSuggestion.objects.exists()


def test_only_paths_that_they_are_not_on_are_offered(
    client: Client, lee: Person, assign: Assign, sales_path: Path
) -> None:
    other = load_role("sdr").paths.get()
    address = f"/team/people/{lee.uid}/"
    assert str(sales_path.uid) in client.get(address).text
    assign(lee)
    page = client.get(address).text
    assert f'value="{sales_path.uid}"' not in page
    assert f'value="{other.uid}"' in page


def test_a_no_needs_a_word_and_is_said_once(send: Send, olive: Person) -> None:
    send()
    suggestion = PathSuggestion.objects.get()
    with pytest.raises(ValidationError, match="Say why not"):
        decline_suggestion(suggestion=suggestion, answer=" ", actor=olive)
    decline_suggestion(suggestion=suggestion, answer="Not now.", actor=olive)
    with pytest.raises(ValidationError, match="decided already"):
        decline_suggestion(suggestion=suggestion, answer="Not now.", actor=olive)
