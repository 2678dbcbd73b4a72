from typing import Any

from django.contrib.auth.models import Group, Permission

from learning.actions import assign_path
from learning.framing import Framing
from learning.models import Assignment, Path
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.console.cast import MakePerson, Visit

LIST = "/admin/people/person/"


def filled(client: Any, path: str, **changes: Any) -> dict[str, Any]:
    """What a browser sends back of the form at `path`, with `changes`."""
    form = client.get(path).context["adminform"].form
    values = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    values |= changes
    return {
        name: value for name, value in values.items() if value is not None and value is not False
    }


def test_olive_finds_people_by_name_and_key(
    acme: Company, olive: Person, lee: Person, ada: Person, visit: Visit
) -> None:
    Person.objects.filter(pk=lee.pk).update(external_id="HR-77")
    client = visit(acme, olive)
    for term in ("tanaka", "HR-77", "lee.tanaka@"):
        page = client.get(LIST, {"q": term})
        assert "Lee Tanaka" in page.text
        assert f"{LIST}{ada.pk}/change/" not in page.text


def test_loop_of_managers_is_refused_by_name(
    acme: Company, olive: Person, ada: Person, lee: Person, visit: Visit
) -> None:
    client, page = visit(acme, olive), f"{LIST}{ada.pk}/change/"
    answer = client.post(page, filled(client, page, manager=lee.pk))
    (said,) = answer.context["adminform"].form.errors["manager"]
    assert "Ada Lindqvist → Lee Tanaka → Ada Lindqvist" in said


def test_password_is_nowhere_on_the_page(
    acme: Company, olive: Person, lee: Person, visit: Visit
) -> None:
    page = visit(acme, olive).get(f"{LIST}{lee.pk}/change/")
    assert page.status_code == 200
    assert 'name="password"' not in page.text
    assert lee.password not in page.text


def test_person_is_added_without_a_password_and_with_what_is_absent_as_null(
    acme: Company, olive: Person, visit: Visit
) -> None:
    client, page = visit(acme, olive), f"{LIST}add/"
    answer = client.post(page, filled(client, page, given_name="Uma", email="Uma@Acme.example"))
    assert answer.status_code == 302
    uma = Person.objects.get(given_name="Uma")
    assert uma.email == "uma@acme.example"
    assert uma.external_id is None
    assert not uma.has_usable_password()


def test_leave_pauses_what_somebody_is_on(
    acme: Company, olive: Person, lee: Person, visit: Visit, sales_path: Path, framing: Framing
) -> None:
    outcome = sales_path.role.outcomes.all()[0]
    assign_path(path=sales_path, people=[lee], outcome=outcome, framing=framing, actor=olive)
    client, page = visit(acme, olive), f"{LIST}{lee.pk}/change/"

    client.post(page, filled(client, page, employment_status="leave"))
    assert Assignment.objects.get().status == Assignment.Status.PAUSED
    client.post(page, filled(client, page, employment_status="active"))
    assert Assignment.objects.get().status == Assignment.Status.ASSIGNED


def test_nobody_is_deleted(acme: Company, olive: Person, lee: Person, visit: Visit) -> None:
    answer = visit(acme, olive).post(f"{LIST}{lee.pk}/delete/", {"post": "yes"})
    assert answer.status_code == 403


def test_access_is_given_by_superusers_only(
    acme: Company, olive: Person, lee: Person, person: MakePerson, visit: Visit
) -> None:
    helper = person("Hal", "Berg", is_staff=True)
    group = Group.objects.create(name="HRIS")
    group.permissions.set(Permission.objects.filter(codename__in=["change_person", "view_person"]))
    helper.groups.add(group)
    client, page = visit(acme, helper), f"{LIST}{lee.pk}/change/"

    values = filled(client, page, is_superuser="on", is_staff="on", job_title="Boss")
    assert client.post(page, values).status_code == 302
    lee.refresh_from_db()
    assert (lee.job_title, lee.is_staff, lee.is_superuser) == ("Boss", False, False)
    taken_over = {"given_name": "Olive", "email": "hal@acme.example"}
    assert client.post(f"{LIST}{olive.pk}/change/", taken_over).status_code == 403
