"""Every address that names something: what Acme has is not there on Globex's host.

The list comes from the URLconf, so an address that nothing is said of here fails.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path as Folder
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from api.models import WebhookDelivery, WebhookEndpoint
from console.operator.impersonating.links import link_to
from learning.framing import Framing
from learning.models import (
    Assignment,
    AssignmentDraft,
    AssignmentRule,
    Calibration,
    Path,
    PlanStep,
    RoleHolding,
    Skill,
    StepFile,
)
from portal.sign_up.tokens import welcome_url
from reinforcement.actions import open_calendar_feed
from reinforcement.calendars.addresses import calendar_path
from reinforcement.links import answer_path, unsubscribe_path
from reinforcement.models import Barrier, Brief, BriefItem, Conversation, Delivery, Reputation
from reinforcement.reputation_links import reputation_path
from tenants.companies.actions import ask_impersonation, put_logo
from tenants.companies.context import current_company, find_company, working_for
from tenants.companies.models import Company, Impersonation
from tenants.people.models import DirectoryGroup, PeopleFile, Person, SyncRun
from tenants.people.single_sign_on.models import SignInConnection
from tests.api.asking import ask, issue, send
from tests.companies.pictures import png
from tests.console.cast import MakePerson, Visit
from tests.console.everything import add_rows

NOTHING_OF_A_COMPANY = {
    "admin/<app_label>/",
    "admin/<url>",  # Django's own 404
    "admin/r/<path:content_type_id>/<path:object_id>/",  # leads to a public page; there is none
    "admin/pulse/<slug:slug>/",  # a figure's name, the same for everybody
    "admin/pulse/<slug:slug>/figures.csv",
    "admin/setup/<slug:change>/",  # hide or show
    "admin/learning/role/onet/<str:code>/",  # an occupation, the same for everybody
    "admin/reinforcement/channelconnection/<slug:name>/connect/",  # a channel's name
    "admin/reinforcement/channelconnection/<slug:name>/disconnect/",
    "scim/v2/Schemas/<str:name>",
    "scim/v2/ResourceTypes/<str:name>",
}
FAR_AHEAD = """
SELECT setval(pg_get_serial_sequence(format('%I.%I', table_schema, table_name), column_name),
    1000000 + (SELECT count(*) FROM people_person))
FROM information_schema.columns
WHERE table_schema = current_schema() AND is_identity = 'YES'
"""
PARAMETER = re.compile(r"<[^>]+>")
EXPORT = "/export/<slug:kind>/"  # of a whole list: the kind of file is nobody's object
ADMIN = re.compile(r"admin/(?P<app>\w+)/(?P<model>\w+)/<(?:path:object_id|int:pk)>/")


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + re.sub(r"\(\?P(<\w+>)[^)]*\)|[$^]", r"\1", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif PARAMETER.search(route.removesuffix(EXPORT)) and not route.startswith("demo/"):
            yield route


ADDRESSES = sorted(set(routes(get_resolver("config.urls.company").url_patterns)))


@pytest.fixture
def world(
    stored: Folder,
    acme: Company,
    ada: Person,
    lee: Person,
    sales_path: Path,
    framing: Framing,
    person: MakePerson,
) -> None:
    """One of everything in Acme, under keys that nothing in Globex has."""
    with connection.cursor() as cursor:
        cursor.execute(FAR_AHEAD)
    add_rows(range(1), path=sales_path, framing=framing, person=person)
    now = timezone.now()
    brief = Brief.objects.get()
    assignment = Assignment.objects.get()
    plan_step = PlanStep.objects.order_by("position").last()
    assert plan_step is not None
    item = BriefItem.objects.create(
        brief=brief, report=assignment.person, assignment=assignment, position=0, why="turn",
        moment="stuck",
    )  # fmt: skip
    manager, report = brief.manager, item.report
    Conversation.objects.create(
        manager=manager, report=report, item=item, held_on=now.date(), via="portal"
    )
    Reputation.objects.create(person=report, hired_on=now.date(), day=14, asked_at=now)
    RoleHolding.objects.create(person=report, role=sales_path.role, starts_on=now.date())
    AssignmentRule.objects.create(
        name="R", path=sales_path, outcome=assignment.outcome, claim="a", because="b", sign="c"
    )
    StepFile.objects.create(step=plan_step.step, name="a.pdf", content="a.pdf", size=1)
    put_logo(company=current_company(), upload=SimpleUploadedFile("a.png", png(64, 64)))
    SignInConnection.objects.create(name="Entra ID", protocol="saml")
    PeopleFile.objects.create(name="people.csv", content=b"", uploaded_by=manager)
    DirectoryGroup.objects.create(name="Everybody")
    AssignmentDraft.objects.create(path=sales_path, owner=manager)
    Person.objects.filter(pk=manager.pk).update(external_id="acme-7")
    open_calendar_feed(person=manager)


def last(model: Any) -> Any:
    """The newest of these in Acme."""
    return model.objects.order_by("-pk")[0]


def uid_of(model: Any) -> Callable[[], str]:
    return lambda: str(last(model).uid)


def saml_uid() -> str:
    return str(SignInConnection.objects.get(protocol="saml").uid)


def boss() -> Person:
    return Brief.objects.get().manager


def look_as(person: Person) -> Impersonation:
    return ask_impersonation(
        company=current_company(), person=person.uid, operator_email="olena@throughline.example",
        operator_name="Olena", reason="To see what they see", minutes=5,
    )  # fmt: skip


def token_in(path: str) -> str:
    return path.split("?")[0].rsplit("/", 1)[-1].removesuffix(".ics")


CASES: dict[str, Callable[[], str]] = {
    "admin/people/person/import/": uid_of(PeopleFile),
    "admin/learning/assignment/give/": uid_of(AssignmentDraft),
    "api/v1/people-syncs/": uid_of(SyncRun),
    "api/v1/people/external:": lambda: "acme-7",
    "api/v1/people/": lambda: str(boss().uid),
    "api/v1/departments/": lambda: str(boss().department.uid),  # type: ignore[union-attr]
    "api/v1/role-holdings/": uid_of(RoleHolding),
    "api/v1/assignments/": uid_of(Assignment),
    "api/v1/paths/": uid_of(Path),
    "api/v1/webhook-endpoints/": uid_of(WebhookEndpoint),
    "api/v1/webhook-deliveries/": uid_of(WebhookDelivery),
    "scim/v2/Users/": lambda: str(boss().uid),
    "scim/v2/Groups/": uid_of(DirectoryGroup),
    "week/": uid_of(BriefItem),
    "team/": lambda: str(boss().uid),
    "barriers/": uid_of(Barrier),
    "calibration/": uid_of(Calibration),
    "team/people/": lambda: str(Assignment.objects.get().person.uid),
    "path/onboarding/": uid_of(Reputation),
    "path/": uid_of(PlanStep),
    "files/": uid_of(StepFile),
    "paths/": uid_of(Assignment),
    "where-am-i/": uid_of(Skill),
    "a/": lambda: token_in(answer_path(last(BriefItem))),
    "u/": lambda: token_in(unsubscribe_path(boss(), Delivery.Kind.BRIEF)),
    "operator/look/": lambda: token_in(link_to(look_as(boss()))),
    "accounts/openid/": uid_of(SignInConnection),
    "accounts/saml/": saml_uid,
    "welcome/": lambda: token_in(welcome_url(current_company(), boss())),
    "r/": lambda: token_in(reputation_path(last(Reputation))),
    "calendar/": lambda: token_in(calendar_path(boss().calendar_feed)),
    "logo/": lambda: token_in(find_company("acme").logo_path),
}


def key_of(route: str) -> str:
    """What Acme has there; a `KeyError` where nothing is said of the address above."""
    if ADMIN.match(route):
        return str(last(model_of(route)).pk)
    return next(key() for start, key in CASES.items() if route.startswith(f"{start}<"))


def model_of(route: str) -> Any:
    """Whose page of the admin site it is."""
    found = ADMIN.match(route)
    assert found is not None
    return apps.get_model(found["app"], found["model"])


def test_every_address_that_names_something_is_told_of() -> None:
    told = [route for route in ADDRESSES if ADMIN.match(route) or _case(route)]
    assert sorted({*told, *NOTHING_OF_A_COMPANY}) == ADDRESSES
    assert len(told) > 100
    registered = {f"{m._meta.app_label}/{m._meta.model_name}" for m in admin.site._registry}
    named = {"/".join(found.groups()) for route in told if (found := ADMIN.match(route))}
    assert registered - named <= {"reinforcement/channelconnection"}  # one page, no rows


def _case(route: str) -> bool:
    return any(route.startswith(f"{start}<") for start in CASES)


def test_what_acme_has_is_not_there_on_globex(
    world: None, acme: Company, globex: Company, gus: Person, visit: Visit
) -> None:
    with working_for(globex):
        token = issue()
    theirs = visit(globex, gus)
    answers = {}
    for route in ADDRESSES:
        if route not in NOTHING_OF_A_COMPANY:
            with working_for(acme):
                address = "/" + PARAMETER.sub(key_of(route), route)
            answers[route] = answer_to(theirs, route, address, token)
    assert {route: told for route, told in answers.items() if told != "404"} == {}


def answer_to(theirs: Client, route: str, address: str, token: str) -> str:
    """What Globex's administrator is told, "404" in whichever of its forms."""
    asked = ask(
        theirs, address, token if route.startswith(("api/", "scim/")) else None, follow=True
    )
    if asked.status_code == 405:
        asked = send(theirs, "POST", address, token, "")
    led_to = asked.redirect_chain[-1][0] if getattr(asked, "redirect_chain", None) else ""
    gone = "is not here: it may be deleted." in asked.text if "/admin/" in led_to else False
    if gone and route.startswith("admin/"):  # how our admin site says it
        return "404"
    if asked.status_code == 403 and route.endswith("/delete/"):
        page = admin.site._registry[model_of(route)]
        return "403" if page.has_delete_permission(asked.wsgi_request) else "404"
    return str(asked.status_code) if asked.status_code == 404 else f"{asked.status_code} {led_to}"
