"""The two demo companies: people by export, the cast, the library, twelve weeks of history."""

import random
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from api.models import ApiToken, Scope
from config.demo.barriers import hear_barriers
from config.demo.calibrations import calibrate
from config.demo.cast import CAST
from config.demo.exports import bamboohr_export
from config.demo.giving import give_to_a_team
from config.demo.history import live_through
from config.demo.rules import write_rules
from config.demo.suggestions import suggest_paths
from config.demo.ways import choose_ways
from learning.library import available_roles
from reinforcement.library import start_from_library
from tenants.companies.actions import create_company
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.actions import sync_people
from tenants.people.exports import read_export
from tenants.people.models import Person, SyncRun

PASSWORD = "throughline-demo"
TOKEN_LIFE = timedelta(days=365)


@dataclass(frozen=True)
class Setting:
    name: str
    slug: str
    time_zone: str
    brand_colour: str = ""


SETTINGS = (
    Setting("Acme", "acme", "Europe/Berlin"),
    Setting("Globex", "globex", "America/New_York", "#8c2f6b"),
)

Progress = Callable[[str], None]


def build(setting: Setting, *, root_domain: str, now: datetime, say: Progress) -> dict[str, object]:
    """Create a company with everything in it; returns what ``demo.json`` tells of it.

    The same `now` makes the same company, but for keys and tokens. The weekly brief is set to an
    hour ago on the company's own clock, so that the tick has briefs to write at once, while
    managers further west get theirs later today.
    """
    say("creating its schema")
    due = (now - timedelta(hours=1)).astimezone(ZoneInfo(setting.time_zone))
    company = create_company(
        **asdict(setting),
        root_domain=root_domain,
        brief_day=due.isoweekday(),
        brief_hour=due.hour,
        heads_up=True,
    )
    with working_for(company):
        _people(setting.slug, now, say)
        say("putting in the roles of the starter library")
        for role in available_roles():
            start_from_library(role)
        owner = Person.objects.get(email=CAST[setting.slug].owner)
        live_through(company, now=now, say=say)
        say("asking managers what slows them down")
        hear_barriers(owner=owner, now=now)
        suggest_paths(now=now)
        choose_ways(dice=random.Random(f"{setting.slug} ways"), now=now)
        say("letting rules run")
        write_rules(owner=owner, now=now)
        give_to_a_team(owner=owner, now=now)
        say("letting managers compare levels")
        calibrate(owner=owner, now=now)
        return {"name": company.name, **_credentials(company, now)}


def _people(slug: str, now: datetime, say: Progress) -> None:
    say("importing its people from an HRIS export")
    today = now.date()
    export = read_export(bamboohr_export(slug, today).encode())
    sync_people(rows=export.rows, source="demo", mode=SyncRun.Mode.COMPLETE, today=today)
    for email in asdict(CAST[slug]).values():
        person = Person.objects.get(email=email)
        person.set_password(PASSWORD)
        if email == CAST[slug].owner:
            person.is_staff = person.is_superuser = True
        person.save()


def _credentials(company: Company, now: datetime) -> dict[str, object]:
    _, token = ApiToken.issue(
        name="Demo HRIS", scopes=list(Scope.values), expires_at=now + TOKEN_LIFE
    )
    cast = asdict(CAST[company.slug])
    return {
        **{who: {"email": email, "password": PASSWORD} for who, email in cast.items()},
        "api_token": token,
        "scim_token": token,
    }
