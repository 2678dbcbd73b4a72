"""L&D reads what managers suggest, gives the path or says why not."""

import pytest
from django.test import Client

from learning.actions import suggest_path
from learning.models import Path, PathSuggestion
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.console.cast import Visit

LIST = "/admin/learning/pathsuggestion/"


@pytest.fixture
def suggestion(ada: Person, lee: Person, sales_path: Path) -> PathSuggestion:
    return suggest_path(person=lee, path=sales_path, because="His pipeline is thin", actor=ada)


@pytest.fixture
def client(acme: Company, olive: Person, visit: Visit) -> Client:
    return visit(acme, olive)


def test_it_is_listed_with_the_managers_words(client: Client, suggestion: PathSuggestion) -> None:
    page = client.get(LIST, {"state__exact": "open"}).text
    assert "Lee Tanaka" in page
    assert "His pipeline is thin" in page
    assert "Ada Lindqvist" in page


def test_the_form_that_gives_it_knows_what_was_suggested(
    client: Client, suggestion: PathSuggestion, lee: Person, sales_path: Path
) -> None:
    page = client.get(f"{LIST}{suggestion.pk}/change/").text
    address = page[page.index("/admin/learning/assignment/add/") :].split('"')[0]
    form = client.get(address.replace("&amp;", "&")).context["adminform"].form
    assert str(form["person"].value()) == str(lee.pk)
    assert str(form["path"].value()) == str(sales_path.pk)
    assert form["because"].value() == "His pipeline is thin"


def test_saving_a_word_declines_it(
    client: Client, suggestion: PathSuggestion, olive: Person
) -> None:
    page = client.post(f"{LIST}{suggestion.pk}/change/", {"answer": "Not now."}, follow=True)
    assert page.status_code == 200
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.answer) == (PathSuggestion.State.DECLINED, "Not now.")
    assert suggestion.decided_by == olive


def test_without_a_word_it_stays_open(client: Client, suggestion: PathSuggestion) -> None:
    page = client.post(f"{LIST}{suggestion.pk}/change/", {"answer": " "})
    assert "Say why not" in page.text
    suggestion.refresh_from_db()
    assert suggestion.state == PathSuggestion.State.OPEN


def test_what_was_decided_is_to_read(client: Client, suggestion: PathSuggestion) -> None:
    client.post(f"{LIST}{suggestion.pk}/change/", {"answer": "Not now."})
    page = client.get(f"{LIST}{suggestion.pk}/change/")
    assert "Give this path" not in page.text
    assert client.post(f"{LIST}{suggestion.pk}/change/", {"answer": "Yes"}).status_code == 403


def test_nobody_adds_or_deletes_one_here(client: Client, suggestion: PathSuggestion) -> None:
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.get(f"{LIST}{suggestion.pk}/delete/").status_code == 403
