from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.models import Skill
from tenants.companies.models import Company
from tenants.people.auditing import record_event
from tenants.people.auditing.models import AuditEntry
from tenants.people.models import Person
from tests.console.cast import Visit

LIST = "/admin/auditing/auditentry/"


def test_it_says_when_who_what_and_from_where(acme: Company, olive: Person, visit: Visit) -> None:
    client = visit(acme, olive)
    client.post("/admin/learning/skill/add/", {"name": "Listening"})
    page = client.get(LIST)
    for told in ("Skill “Listening” added", "Olive Okafor signed in", "127.0.0.1"):
        assert told in page.text


def test_it_costs_the_same_for_many_rows(acme: Company, olive: Person, visit: Visit) -> None:
    client, counts = visit(acme, olive), []
    for number in (2, 40):
        for row in range(number):
            Skill.objects.create(slug=f"s{number}-{row}", name=f"Skill {number} {row}")
            record_event(action="export", about=olive, words=f"Took {row}", actor=olive)
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_it_is_narrowed_down(acme: Company, olive: Person, lee: Person, visit: Visit) -> None:
    client = visit(acme, olive)
    Skill.objects.create(slug="ask", name="Asking")
    record_event(action="export", words="Took the list along", actor=lee)
    for asked, found in (
        ({"actor__id__exact": lee.pk}, "Took the list along"),
        ({"kind": "learning.skill"}, "Skill “Asking” added"),
        ({"did": "export"}, "Took the list along"),
        ({"did": "added"}, "Skill “Asking” added"),
        ({"q": "list along"}, "Took the list along"),
    ):
        page = client.get(LIST, asked)
        assert found in page.text, asked
        assert "Olive Okafor signed in" not in page.text, asked
    assert "Asking" not in client.get(LIST, {"timestamp__year": 2020}).text


def test_before_and_after_are_in_words(acme: Company, olive: Person, visit: Visit) -> None:
    ada = Person.objects.create_user(email="a@acme.example", given_name="Ada")
    lee = Person.objects.create_user(email="l@acme.example", given_name="Lee")
    lee.manager, lee.employment_status = ada, "leave"
    lee.save()
    entry = AuditEntry.objects.all()[0]
    page = visit(acme, olive).get(f"{LIST}{entry.pk}/change/")
    table = page.text.split("Before and after")[1].split("</table>")[0]
    for told in ("Manager", "Ada", "Employment status", "active", "on leave"):
        assert told in table
    assert "{" not in table
    assert "None" not in table
    assert ">leave<" not in table


def test_nobody_writes_it_by_a_page(acme: Company, olive: Person, visit: Visit) -> None:
    record_event(action="export", words="Took it along")
    entry = AuditEntry.objects.all()[0]
    client = visit(acme, olive)
    for page in (f"{LIST}add/", f"{LIST}{entry.pk}/delete/", f"{LIST}{entry.pk}/change/"):
        assert client.post(page, {"words": "No", "post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"}
    client.post(LIST, chosen)
    assert AuditEntry.objects.filter(pk=entry.pk, words="Took it along").exists()
