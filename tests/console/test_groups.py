"""Who may open what of the admin site: every page, and each access, from the URLconf.

A page that nothing is said of here fails.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final
from uuid import UUID

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.urls import URLPattern, URLResolver, get_resolver

from console.groups import keep_groups
from learning.framing import Framing
from learning.models import Assignment, AssignmentRule, Path
from tenants.companies.models import Company
from tenants.people.access import Access
from tenants.people.actions import give_access
from tenants.people.models import Person
from tests.console.cast import MakePerson, Visit
from tests.console.everything import add_rows

NOBODY: Final[frozenset[Access]] = frozenset()
OWNER = NOBODY | {Access.OWNER}
WORK = OWNER | {Access.LEARNING}
LOOKING = WORK | {Access.READ_ONLY}
HRIS = OWNER | {Access.HRIS}
ALL = LOOKING | HRIS

SEEN: Final = {
    "auth/group": OWNER,
    "auditing/auditentry": OWNER,
    "single_sign_on/signinconnection": OWNER,
    "single_sign_on/linkedaccount": OWNER,
    "people/person": ALL,
    "people/department": ALL,
    "people/syncrun": HRIS,
    "people/directorygroup": HRIS,
    "api/apitoken": HRIS,
    "api/webhookendpoint": HRIS,
    "api/webhookdelivery": HRIS,
}
"""Whose list a table's is; of `learning` and `reinforcement`, whoever looks at L&D's work."""

WRITTEN: Final = {
    "single_sign_on/signinconnection": OWNER,
    "people/person": HRIS,
    "people/department": HRIS,
    "api/apitoken": HRIS,
    "api/webhookendpoint": HRIS,
    **dict.fromkeys(
        [
            *("learning/path", "learning/role", "learning/skill", "learning/step"),
            *("learning/assignmentrule", "learning/roleholding", "learning/calibration"),
            *("reinforcement/barrier", "reinforcement/touchpoint"),
            *("reinforcement/prompt", "reinforcement/question"),
        ],
        WORK,
    ),
}
"""Who adds to a table; nobody to any other."""

PAGES: Final = {
    "": ALL,
    "search/": ALL,
    "jsi18n/": ALL,
    "autocomplete/": NOBODY,  # asked for a field that one may choose by
    "password_change/": ALL,
    "password_change/done/": ALL,
    "library/": WORK,
    "rhythm/": WORK,
    "brand/": WORK,
    "brand/preview/": WORK,
    "learning/role/onet/": WORK,
    "learning/role/start-from-library/": WORK,
    "learning/role/start-from-onet/": WORK,
    "learning/assignment/give/": WORK,
    "learning/assignment/assign-a-path/": WORK,
    "learning/assignment/add/": WORK,  # leads to the wizard
    "reinforcement/touchpoint/managers/": LOOKING,
    "reinforcement/touchpoint/managers/file.csv": LOOKING,
    "reinforcement/barrier/board/": LOOKING,
    "people/person/chart/": ALL,
    "people/person/chart/chart.csv": ALL,
    "people/person/org-chart/": ALL,
    "people/person/import/": HRIS,
    "people/person/import-file/": HRIS,
    "reinforcement/channelconnection/": LOOKING,
    "single_sign_on/signinconnection/passwords/": OWNER,
    "single_sign_on/signinconnection/password-state/": OWNER,
}
"""The pages that are no list or form of a table, and name nothing."""

NAMING: Final = {
    "setup/<slug:change>/": WORK,
    "pulse/<slug:slug>/": LOOKING,
    "pulse/<slug:slug>/figures.csv": LOOKING,
    "api/webhookdelivery/<int:pk>/replay/": HRIS,
    "api/webhookendpoint/<int:pk>/pause/": HRIS,
    "api/webhookendpoint/<int:pk>/replay/": HRIS,
    "api/webhookendpoint/<int:pk>/resume/": HRIS,
    "api/webhookendpoint/<int:pk>/secret/": HRIS,
    "api/webhookendpoint/<int:pk>/test/": HRIS,
    "learning/assignment/give/<uuid:uid>/assign/": WORK,
    "learning/assignment/give/<uuid:uid>/check/": WORK,
    "learning/assignment/give/<uuid:uid>/discard/": WORK,
    "learning/assignment/give/<uuid:uid>/framing/": WORK,
    "learning/assignment/give/<uuid:uid>/path/": WORK,
    "learning/assignment/give/<uuid:uid>/people/": WORK,
    "learning/assignment/give/<uuid:uid>/plans/": WORK,
    "learning/assignment/<int:pk>/standing/": WORK,
    "learning/assignmentrun/<int:pk>/standing/": WORK,
    "learning/assignmentrule/<int:pk>/preview/": LOOKING,
    "learning/calibration/<int:pk>/abandon/": WORK,
    "learning/calibration/<int:pk>/close/": WORK,
    "learning/path/<int:pk>/people/": LOOKING,
    "learning/path/<int:pk>/preview/": LOOKING,
    "learning/role/<int:pk>/map/": LOOKING,
    "learning/role/onet/<str:code>/": WORK,
    "learning/role/onet/tables/": WORK,
    "people/person/<int:pk>/erase/": OWNER,
    "people/person/<int:pk>/story/": ALL,  # each part of it to whoever may see that
    "people/person/import/<uuid:uid>/columns/": HRIS,
    "people/person/import/<uuid:uid>/forget/": HRIS,
    "people/person/import/<uuid:uid>/preview/": HRIS,
    "people/person/import/<uuid:uid>/refused.csv": HRIS,
    "people/person/import/<uuid:uid>/run/": HRIS,
    "people/syncrun/<int:pk>/problems.csv": HRIS,
    "reinforcement/barrier/<int:pk>/status/": WORK,
    "single_sign_on/signinconnection/<int:pk>/switch/": OWNER,
    "single_sign_on/signinconnection/<int:pk>/trial/": OWNER,
    "reinforcement/channelconnection/<slug:name>/connect/": WORK,
    "reinforcement/channelconnection/<slug:name>/disconnect/": WORK,
}
"""Pages of a row, or of something else that has a name."""

LEADS_ON: Final = {
    "learning/assignmentrule/<path:object_id>/whom-it-means/",
    "learning/path/<path:object_id>/assign/",
    "learning/path/<path:object_id>/preview-as/",
    "learning/path/<path:object_id>/who-is-on-it/",
    "learning/role/<path:object_id>/skill-map/",
    "people/person/<path:object_id>/erase-them/",
    "people/person/<path:object_id>/whole-story/",
    "reinforcement/touchpoint/<path:object_id>/note-barrier/",
    "single_sign_on/signinconnection/<path:object_id>/switch-it/",
    "single_sign_on/signinconnection/<path:object_id>/try-it/",
    "single_sign_on/signinconnection/<path:object_id>/who-is-linked/",
}
"""Buttons that open one of the pages above, which then refuses."""

OF_DJANGO: Final = {
    "login/",
    "logout/",
    "(?P<url>.*)$",
    "r/<path:content_type_id>/<path:object_id>/",
}
A_KEY: Final = {"uuid": f"{UUID(int=7)}", "slug": "talking", "str": "00-0000.00"}

TABLE = re.compile(r"(?P<table>\w+/\w+)/(?P<page>|add/|export/<slug:kind>/)$")
OBJECT = re.compile(r"(?P<table>\w+/\w+)/<path:object_id>/(?P<page>change/|delete/|history/|)$")


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif route.startswith("admin/"):
            yield route.removeprefix("admin/")


ADDRESSES = sorted(set(routes(get_resolver("config.urls.company").url_patterns)))


def whose(table: str) -> frozenset[Access]:
    return SEEN.get(table, LOOKING)


def allowed(route: str) -> frozenset[Access] | None:
    """Who may open it; None for what needs a row, or is nobody's page."""
    if route in PAGES:
        return PAGES[route]
    if not (found := TABLE.fullmatch(route)):
        return None
    if found["page"] == "add/":
        return WRITTEN.get(found["table"], NOBODY)
    return whose(found["table"])


CASES = [(route, who) for route in ADDRESSES if (who := allowed(route)) is not None]


@pytest.fixture
def of(acme: Company, olive: Person, person: MakePerson) -> Callable[[Access], Person]:
    """``of(Access.HRIS)``: somebody who has it."""

    def somebody(access: Access) -> Person:
        made = person("Ida", access.name.title().replace("_", ""))
        give_access(person=made, access=access, actor=olive)
        made.refresh_from_db()
        return made

    return somebody


@pytest.mark.parametrize("access", [each for each in Access if each])
def test_each_opens_their_pages_and_no_other(
    of: Any, visit: Visit, acme: Company, access: Access
) -> None:
    client, wrong = visit(acme, of(access)), {}
    for route, who in CASES:
        answer = client.get("/admin/" + route.replace("<slug:kind>", "csv"))
        opened = answer.status_code in (200, 302, 409)  # 409: calibrated levels stay, for everybody
        if opened != (access in who) or answer.status_code not in (200, 302, 403, 409):
            wrong[route] = answer.status_code
    assert wrong == {}


@pytest.fixture
def everything(sales_path: Path, framing: Framing, person: MakePerson) -> None:
    add_rows(range(1), path=sales_path, framing=framing, person=person)
    outcome = sales_path.role.outcomes.all()[0]
    AssignmentRule.objects.create(
        name="R", path=sales_path, outcome=outcome, claim="a", because="b", sign="c"
    )


@pytest.mark.parametrize("access", [each for each in Access if each])
@pytest.mark.usefixtures("everything")
def test_each_opens_the_rows_of_their_lists_and_no_other(
    of: Any, visit: Visit, acme: Company, access: Access
) -> None:
    client, codes = visit(acme, of(access)), {}
    for route in ADDRESSES:
        found = OBJECT.fullmatch(route)
        row = _last(found["table"]) if found and found["page"] == "change/" else None
        if found and row is not None:
            page = f"/admin/{found['table']}/{row.pk}/change/"
            codes[found["table"]] = client.get(page).status_code
    assert len(codes) > 18
    wrong = {each: code for each, code in codes.items() if (code == 200) != (access in whose(each))}
    assert wrong == {}


def _last(table: str) -> Any:
    return apps.get_model(table.replace("/", "."))._default_manager.order_by("-pk").first()


@pytest.mark.parametrize("access", [each for each in Access if each])
@pytest.mark.usefixtures("everything")
def test_each_opens_the_pages_of_a_row_that_are_theirs(
    of: Any, visit: Visit, acme: Company, access: Access
) -> None:
    client, wrong = visit(acme, of(access)), {}
    for route, who in NAMING.items():
        table = "/".join(route.split("/")[:2])
        page = re.sub("<int:pk>", lambda _: str(_last(table).pk), route)  # noqa: B023
        page = "/admin/" + re.sub(r"<(\w+):\w+>", lambda found: A_KEY[found[1]], page)
        answer = client.get(page)
        if answer.status_code == 405:
            answer = client.post(page, {"change": "give_back"})
        if (answer.status_code != 403) != (access in who):
            wrong[route] = answer.status_code
    assert wrong == {}


def test_every_page_has_an_entry() -> None:
    told = {route for route in ADDRESSES if allowed(route) is not None or OBJECT.fullmatch(route)}
    told |= {route for route in ADDRESSES if route.startswith("^(?P<app_label>")}
    assert set(ADDRESSES) - told == {*NAMING, *LEADS_ON, *OF_DJANGO}


def test_the_page_that_refuses_says_who_can_help(
    of: Any, visit: Visit, acme: Company, olive: Person
) -> None:
    hris, lead = of(Access.HRIS), of(Access.LEARNING)
    answer = visit(acme, hris).get("/admin/learning/observation/")
    assert answer.status_code == 403
    assert "admin/base_site.html" in [template.name for template in answer.templates]
    for told in ("HRIS administrator", lead.name, olive.name, str(olive.email)):
        assert told in answer.text
    assert hris.name not in answer.text.split("Who can do it for you")[1]


def test_new_permissions_come_in_and_others_go(acme: Company) -> None:
    group = Group.objects.get(name="L&D")
    view_person = Permission.objects.get(codename="view_person")
    before = set(group.permissions.all())
    group.permissions.remove(view_person)
    group.permissions.add(Permission.objects.get(codename="delete_person"))
    keep_groups()
    assert set(group.permissions.all()) == before
    codes = {permission.codename for permission in before}
    assert {"add_assignment", "change_stepskill", "view_barrier", "change_company"} <= codes
    assert not {"add_apitoken", "change_person", "view_auditentry", "add_group"} & codes


def test_hris_sees_no_level_and_no_barrier_of_a_person(
    of: Any, visit: Visit, acme: Company, lee: Person, assign: Callable[[Person], Assignment]
) -> None:
    assignment = assign(lee)
    client = visit(acme, of(Access.HRIS))
    page = client.get(f"/admin/people/person/{lee.pk}/change/")
    assert page.status_code == 200
    assert assignment.claim not in page.text
    assert client.get(f"/admin/learning/assignment/{assignment.pk}/change/").status_code == 403
    home = client.get("/admin/")
    for link in ("learning/observation", "learning/assignment", "reinforcement/barrier"):
        assert f'href="/admin/{link}/"' not in home.text


def test_a_matching_row_of_the_search_is_not_told_to_whoever_may_not_see_it(
    of: Any, visit: Visit, acme: Company
) -> None:
    text = visit(acme, of(Access.HRIS)).get("/admin/search/", {"s": "observ"}).text
    assert "observation" not in text.lower()


def test_read_only_changes_nothing(of: Any, visit: Visit, acme: Company, sales_path: Path) -> None:
    client = visit(acme, of(Access.READ_ONLY))
    page = f"/admin/learning/path/{sales_path.pk}/change/"
    assert client.get(page).status_code == 200
    assert client.post(page, {"name": "Mine"}).status_code == 403
    people = f"/admin/learning/path/{sales_path.pk}/people/"
    assert client.post(people, {"version": "1"}).status_code == 403
