"""What an operator may not do, nor read, in somebody's name."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from api.models import ApiToken
from reinforcement.actions import hold_conversation, open_calendar_feed
from reinforcement.calendars import calendar_path
from reinforcement.models import Conversation
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.browser.world import World
from tests.portal.cast import Visit

Look = Callable[..., Client]
BAR = "Olena of Throughline is looking as"
SECRET = "Thinks of leaving in spring"


@pytest.mark.parametrize(
    "path",
    [
        "/admin/people/person/add/",
        "/admin/people/person/import/",
        "/admin/auth/group/add/",
        "/admin/api/apitoken/add/",
        "/settings/calendar",
    ],
)
def test_doors_are_not_opened_in_somebody_s_name(
    look: Look, acme: Company, olive: Person, path: str
) -> None:
    answer = look(acme, olive).post(path, {"name": "x", "do": "open"})
    assert answer.status_code == 403
    assert "not to be changed in somebody else" in answer.text
    assert BAR in answer.text
    assert not ApiToken.objects.exists()


def test_their_e_mail_rights_and_password_stay(look: Look, acme: Company, olive: Person) -> None:
    client = look(acme, olive)
    page = f"/admin/people/person/{olive.pk}/change/"
    assert client.get(page).status_code == 200
    assert client.post(page, {"email": "x@acme.example"}).status_code == 403
    for path in ("/accounts/password/reset/", "/my-data/", "/my-data/download"):
        assert client.get(path).status_code == 403
        assert client.post(path).status_code == 403
    olive.refresh_from_db()
    assert olive.email == "olive.okafor@acme.example"


def test_private_notes_and_links_are_their_own(
    look: Look, acme: Company, world: World, visit: Visit
) -> None:
    ada, lee = world.people["ada"], world.people["lee"]
    hold_conversation(manager=ada, report=lee, via="portal", note=SECRET)
    link = calendar_path(open_calendar_feed(person=ada))
    pages = [(f"/team/people/{lee.uid}/", SECRET), ("/week/", SECRET), ("/settings/", link)]
    client = look(acme, ada)
    for path, theirs in pages:
        answer = client.get(path)
        assert answer.status_code == 200
        assert theirs not in answer.text, path
    own = visit(acme, ada)
    for path, theirs in pages:
        assert theirs in own.get(path).text, path


def test_a_note_is_neither_written_nor_lost(look: Look, acme: Company, world: World) -> None:
    ada = world.people["ada"]
    talk = hold_conversation(manager=ada, report=world.people["lee"], via="portal", note=SECRET)
    client = look(acme, ada)
    page = client.get("/week/").text
    found = re.search(r'action="(/week/[^"]*)/talk"', page) or re.search(
        r'action="(/week/[^"]*)/note"', page
    )
    assert found
    for what, given in (
        ("talk", {"note": "Mine"}),
        ("note", {"note": "Mine"}),
        ("talk/back", {"with_note": "1"}),
    ):
        assert client.post(f"{found[1]}/{what}", given).status_code == 403
    client.get("/week/")
    assert Conversation.objects.get(pk=talk.pk).note == SECRET
