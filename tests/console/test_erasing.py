"""Erasing somebody in the admin site, and on the command line."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.models import Assignment, Skill
from reinforcement.models import Conversation
from tenants.companies.models import Company
from tenants.people.access import Access
from tenants.people.actions import give_access, sync_people
from tenants.people.auditing.models import AuditEntry
from tenants.people.models import Person
from tests.conftest import TODAY
from tests.console.cast import Visit
from tests.portal.asking import see

LIST = "/admin/people/person/"


def page_of(person: Person) -> str:
    return f"{LIST}{person.pk}/erase/"


@pytest.fixture
def gone(lee: Person, assign: Callable[[Person], Assignment]) -> Person:
    """Lee, who had a path, and has left."""
    assign(lee)
    sync_people(rows=[{"uid": lee.uid, "employment_status": "terminated"}], source="api")
    lee.refresh_from_db()
    return lee


def test_the_page_says_in_numbers_what_goes_and_what_stays(
    visit: Visit, acme: Company, olive: Person, gone: Person
) -> None:
    client = visit(acme, olive)
    person = client.get(f"{LIST}{gone.pk}/change/")
    assert "erase-them" in person.text
    assert client.get(f"{LIST}{gone.pk}/erase-them/")["Location"] == page_of(gone)
    text = client.get(page_of(gone)).text
    assert "Erase Lee Tanaka for good?" in text
    assert "1 assignment" in text
    assert "what happened and when, and not who" in text
    assert "Delete them in the HRIS" in text
    assert "They have not left" not in text


def test_their_name_is_typed_once_and_then_they_are_gone(
    visit: Visit, acme: Company, olive: Person, gone: Person
) -> None:
    client, page = visit(acme, olive), page_of(gone)
    answer = client.post(page, {"reason": "By letter", "name": "Lee"})
    assert answer.status_code == 400
    assert "as it stands above" in answer.text
    assert 'value="By letter"' in answer.text
    answer = client.post(page, {"reason": "", "name": "Lee Tanaka"})
    assert answer.status_code == 400
    assert "Say why" in answer.text
    answer = client.post(page, {"reason": "By letter", "name": " lee  tanaka "}, follow=True)
    assert answer.redirect_chain == [(LIST, 302)]
    assert "They are erased." in answer.text
    assert "Tanaka" not in answer.text
    assert not Person.objects.filter(pk=gone.pk).exists()
    assert AuditEntry.objects.get(event="erasure").actor == olive
    assert client.get(page).status_code == 404
    log = client.get("/admin/auditing/auditentry/")
    assert "Tanaka" not in log.text
    assert "for good. Reason: By letter" in log.text


def test_somebody_who_works_here_needs_a_tick(
    visit: Visit, acme: Company, olive: Person, lee: Person
) -> None:
    client, sent = visit(acme, olive), {"reason": "By letter", "name": lee.name}
    answer = client.post(page_of(lee), sent)
    assert answer.status_code == 400
    assert "Lee Tanaka has not left" in answer.text
    client.post(page_of(lee), {**sent, "works_here": "yes"})
    assert not Person.objects.filter(pk=lee.pk).exists()


def test_an_owner_is_told_why_they_cannot_erase_themselves(
    visit: Visit, acme: Company, olive: Person
) -> None:
    client = visit(acme, olive)
    assert "Ask another owner" in client.get(page_of(olive)).text
    answer = client.post(page_of(olive), {"reason": "x", "name": olive.name, "works_here": "yes"})
    assert answer.status_code == 400
    assert Person.objects.filter(pk=olive.pk).exists()


@pytest.mark.parametrize("access", [Access.LEARNING, Access.HRIS, Access.READ_ONLY])
def test_nobody_but_owners_sees_the_button_or_the_page(
    visit: Visit, acme: Company, olive: Person, ada: Person, gone: Person, access: Access
) -> None:
    give_access(person=ada, access=access, actor=olive)
    ada.refresh_from_db()
    client = visit(acme, ada)
    assert "erase-them" not in client.get(f"{LIST}{gone.pk}/change/").text
    assert client.get(page_of(gone)).status_code == 403
    sent = {"reason": "By letter", "name": gone.name}
    assert client.post(page_of(gone), sent).status_code == 403
    assert Person.objects.filter(pk=gone.pk).exists()


def test_looking_costs_the_same_however_much_there_is(
    visit: Visit, acme: Company, olive: Person, gone: Person
) -> None:
    client, counts = visit(acme, olive), []
    for number in (1, 9):
        for days in range(number):
            see(gone, Skill.objects.all()[0].slug, 2, by=olive, days=days)
            day = TODAY - timedelta(days=number * 10 + days)
            Conversation.objects.create(manager=olive, report=gone, held_on=day, via="mail")
        client.get(page_of(gone))
        with CaptureQueriesContext(connection) as queries:
            client.get(page_of(gone))
        counts.append(len(queries))
    assert counts[0] == counts[1] < 90


def run(*options: str) -> str:
    out = StringIO()
    call_command("person", "erase", "--company=acme", *options, stdout=out)
    return out.getvalue()


def test_the_command_tells_first_and_erases_with_yes(gone: Person) -> None:
    told = run(f"--email={str(gone.email).upper()}", "--reason=By letter")
    assert "1 assignment" in told
    assert "Nothing was erased" in told
    assert Person.objects.filter(pk=gone.pk).exists()
    told = run(f"--uid={gone.uid}", "--reason=By letter", "--yes")
    assert f"Erased {gone.uid}." in told
    assert not Person.objects.filter(pk=gone.pk).exists()
    assert AuditEntry.objects.get(event="erasure").actor is None


def test_the_command_says_what_is_in_the_way(lee: Person, olive: Person) -> None:
    with pytest.raises(CommandError, match="nobody like that"):
        run("--email=nobody@acme.example", "--reason=x")
    with pytest.raises(CommandError, match="--works-here"):
        run(f"--uid={lee.uid}", "--reason=By letter", "--yes")
    with pytest.raises(CommandError, match="last owner"):
        run(f"--uid={olive.uid}", "--reason=By letter", "--yes", "--works-here")
