"""The admin site's own pages, each at least once, on a day when much has been done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.contrib import admin
from django.urls import URLPattern, URLResolver, reverse

from api.models import WebhookDelivery, WebhookEndpoint
from learning.actions import choose_people, frame, send_off, start_draft
from learning.framing import Framing
from learning.models import AssignmentDraft, AssignmentRule, Path
from reinforcement.models import Barrier
from tenants.companies.models import Company
from tenants.people.models import Person
from tenants.people.single_sign_on.models import SignInConnection
from tests.browser.world import World
from tests.conftest import at
from tests.console.everything import add_rows
from tests.console.uploads import previewed, uploaded
from tests.learning.onet import stored

OF_A_TABLE: Final = ("changelist", "add", "change", "delete", "history", "export")
NO_PAGE: Final = {
    "login",  # on to the portal's
    "logout",
    "password_change_done",
    "autocomplete",
    "jsi18n",
    "view_on_site",
    "app_list",
    "search",  # a part of a page
    "brand_preview",  # a page of the portal, in a frame
    "learning_assign_check",  # a part of a page
    # files
    "person_chart_file",
    "pulse_file",
    "people_import_refused",
    "people_syncrun_problems",
    "reinforcement_managers_file",
    # buttons that lead on
    "people_person_erase_them",
    "people_person_whole_story",
    "people_person_org_chart",
    "people_person_import_file",
    "learning_assignment_assign_path",
    "learning_path_assign",
    "learning_path_preview_as",
    "learning_path_who_is_on_it",
    "learning_role_start_from_library",
    "learning_role_start_from_onet",
    "learning_role_skill_map",
    "learning_assignmentrule_whom_it_means",
    "reinforcement_touchpoint_note_barrier",
    "single_sign_on_signinconnection_password_state",
    "single_sign_on_signinconnection_try_it",
    "single_sign_on_signinconnection_switch",
    "single_sign_on_signinconnection_who_is_linked",
    # writes, which answer a GET with 405
    "setup",
    "learning_assign_discard",
    "people_import_forget",
    "learning_assignment_standing",
    "learning_assignmentrun_standing",
    "reinforcement_barrier_status",
}
FRAMING: Final = Framing(
    "close deals faster",
    "two of your demos ended without a next meeting",
    "every demo ends with a date in both calendars",
)


@dataclass(frozen=True, slots=True)
class Bench:
    """A page of the workshop: its name in the URLconf, and where it is."""

    name: str
    path: str

    def __str__(self) -> str:
        return f"{self.name} ({self.path})"


def own_names() -> set[str]:
    """The names of all addresses of the admin site that are not Django's for a table."""
    return {
        name
        for pattern in _patterns(admin.site.urls[0])
        if (name := pattern.name) and name.rpartition("_")[2] not in OF_A_TABLE
    }


def benches(world: World, company: Company, path: Path, person: Any) -> list[Bench]:
    """Every page, as Olive may open them all. To be called before a browser starts."""
    olive = world.people["olive"]
    add_rows(range(6), path=path, framing=FRAMING, person=person)
    stored()
    client = at(company, olive)
    columns = uploaded(client).headers["Location"]
    preview = previewed(client)
    draft, run = _draft(path, world, olive), _run(path, olive)
    rule = _rule(path, olive)
    calibration = world.calibration
    on, stopped = _webhooks()
    sign_in = SignInConnection.objects.latest("pk")
    delivery = WebhookDelivery.objects.filter(endpoint=on).latest("pk")
    one: dict[str, list[Any]] = {
        "person_erase": [world.people["ada"].pk],
        "person_story": [world.people["ada"].pk],
        "pulse": ["talking"],
        "learning_calibration_close": [calibration.pk],
        "learning_calibration_abandon": [calibration.pk],
        "learning_path_people": [path.pk],
        "learning_path_preview": [path.pk],
        "learning_onet_occupation": ["11-2022.00"],
        "learning_role_map": [path.role_id],
        "learning_assignmentrule_preview": [rule.pk],
        "api_webhookdelivery_change": [delivery.pk],
        "api_webhookdelivery_replay": [delivery.pk],
        "api_webhookendpoint_change": [stopped.pk],
        "api_webhookendpoint_pause": [on.pk],
        "api_webhookendpoint_replay": [on.pk],
        "api_webhookendpoint_resume": [stopped.pk],
        "api_webhookendpoint_secret": [on.pk],
        "api_webhookendpoint_test": [on.pk],
        "single_sign_on_signinconnection_change": [sign_in.pk],
        "single_sign_on_signinconnection_switched": [sign_in.pk],
        "single_sign_on_signinconnection_trial": [sign_in.pk],
        "reinforcement_channelconnection_connect": ["slack"],
        "reinforcement_channelconnection_disconnect": ["slack"],
        "learning_assignmentrun_change": [run],
        "learning_calibration_change": [calibration.pk],
        "people_person_change": [world.people["ada"].pk],
        "learning_path_change": [path.pk],
        "learning_assignment_change": [world.assignments["lee"].pk],
        "reinforcement_barrier_change": [Barrier.objects.latest("pk").pk],
    }
    pages = [Bench(name, reverse(f"admin:{name}", args=args)) for name, args in one.items()]
    pages += [
        Bench(f"learning_assign_{step}", reverse(f"admin:learning_assign_{step}", args=[draft.uid]))
        for step in ("path", "people", "framing", "plans", "assign")
    ]
    pages += [
        Bench("people_import_columns", columns),
        Bench("people_import_preview", preview),
        Bench("people_import_run", preview.replace("/preview/", "/run/")),
    ]
    lists = ("people_person", "learning_path", "learning_assignment", "auditing_auditentry")
    done = {page.name for page in pages} | NO_PAGE
    plain = sorted(own_names() - done) + [f"{name}_changelist" for name in lists]
    pages += [Bench(name, reverse(f"admin:{name}")) for name in plain]
    chosen = f"{reverse('admin:learning_path_preview', args=[path.pk])}?person="
    pages.append(Bench("learning_path_preview", chosen + str(world.people["nia"].uid)))
    return pages


def _rule(path: Path, owner: Person) -> AssignmentRule:
    """For whoever was hired lately."""
    return AssignmentRule.objects.create(
        name="New in sales",
        path=path,
        outcome=path.role.outcomes.get(slug="close-faster"),
        claim=FRAMING.claim,
        because=FRAMING.because,
        sign=FRAMING.sign,
        days_since_hire_to=30,
        created_by=owner,
    )


def _webhooks() -> tuple[WebhookEndpoint, WebhookEndpoint]:
    """One that is on, and one that has paused itself."""
    stopped, on, *_ = WebhookEndpoint.objects.order_by("pk")
    stopped.state, stopped.state_reason = "stopped", "Nothing arrived for 3 days."
    stopped.save()
    return on, stopped


def _draft(path: Path, world: World, owner: Person) -> AssignmentDraft:
    draft = start_draft(path=path, actor=owner)
    choose_people(draft=draft, people=[world.people[name].pk for name in ("gil", "max", "zoe")])
    outcome = path.role.outcomes.get(slug="close-faster")
    frame(draft=draft, outcome=outcome, framing=FRAMING, starts_on=date(2026, 11, 23))
    return draft


def _run(path: Path, owner: Person) -> int:
    """The key of one that is over."""
    draft = start_draft(path=path, actor=owner)
    people = Person.objects.filter(family_name="Ek", given_name__startswith="Boss")
    choose_people(draft=draft, people=[each.pk for each in people])
    outcome = path.role.outcomes.get(slug="close-faster")
    frame(draft=draft, outcome=outcome, framing=FRAMING, starts_on=None)
    return send_off(draft=draft, actor=owner).pk


def _patterns(patterns: Any) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns)
        else:
            yield pattern
