"""The stage of every test: two companies, built once per session; each test rolls back.

The cast. Acme: Olive leads L&D, Ada manages, Lee learns, Nia is new. Globex: Gus, the outsider.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path as Folder

import pytest
import time_machine
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from hypothesis import settings
from kombu import pools
from pytest_django import DjangoDbBlocker, Settings

from api.limits import forget as forget_quotas
from config.catalogs import compile_catalogs
from learning.actions import assign_path
from learning.framing import Framing
from learning.models import Assignment, Path
from tenants.companies.actions import create_company
from tenants.companies.connections import connection
from tenants.companies.hosts import company_at, forget_hosts
from tenants.companies.models import Company
from tenants.people.models import Department, Person

NOW = datetime(2026, 11, 18, 8, 30, tzinfo=UTC)  # a Wednesday, ISO week 47
TODAY = NOW.date()
PASSWORD = "correct horse battery staple"

settings.register_profile("throughline", deadline=None)  # machines are noisy; `make bench` times
settings.load_profile("throughline")


def pytest_configure() -> None:
    """Pages are tested in every language: translations are compiled where they are not yet."""
    compile_catalogs()


@pytest.fixture(scope="session", autouse=True)
def _fast_hasher() -> None:
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def _long_memory() -> Iterator[None]:
    """Query counts must not depend on how long a test takes."""
    with pytest.MonkeyPatch.context() as patch:
        for place in ("tenants.companies.hosts", "api.authentication"):
            patch.setattr(f"{place}.KEPT", 3600.0)
        yield


@pytest.fixture(autouse=True)
def _nobody_has_asked() -> None:
    """How often a test asks is nothing to the next one, whose tokens may have the same keys."""
    forget_quotas()


@pytest.fixture(autouse=True)
def _nobodys_language() -> Iterator[None]:
    """A page in German leaves German set, as the next request would set its own."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Both companies' schemas, migrated once; what a test writes into them is rolled back.

    In place of pytest-django's, which makes a database only for tests that it wraps itself.
    """
    with django_db_blocker.unblock():
        databases = setup_databases(
            verbosity=0,
            interactive=False,
            aliases={"default"},  # type: ignore[arg-type]
            serialized_aliases=set(),
        )
        for name, zone in (("Acme", "Europe/Berlin"), ("Globex", "America/New_York")):
            create_company(name=name, slug=name.lower(), root_domain="localhost", time_zone=zone)
    yield
    pools.reset()
    with django_db_blocker.unblock():
        teardown_databases(databases, verbosity=0)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Time stands still at NOW until the test moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def acme(db: None) -> Iterator[Company]:
    """The test works in Acme's schema."""
    forget_hosts()  # what another test changed was rolled back
    connection.set_schema_to_public()
    company = Company.objects.get(slug="acme")
    connection.set_tenant(company)
    yield company
    connection.set_schema_to_public()


@pytest.fixture
def globex(db: None) -> Iterator[Company]:
    """Globex; enter its schema with ``working_for(globex)``. After `acme`, Acme stays set."""
    forget_hosts()
    before = connection.tenant
    connection.set_schema_to_public()
    company = Company.objects.get(slug="globex")
    connection.set_tenant(before if isinstance(before, Company) else company)
    yield company
    connection.set_schema_to_public()


def at(company: Company, person: Person | None = None) -> Client:
    """A browser on this company's host, signed in as `person` where given.

    The host is known already, so that the first request costs what the second does.
    """
    host = f"{company.slug}.localhost"
    client = Client(headers={"host": host})
    before = connection.tenant
    company_at(host)
    connection.set_tenant(before)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if person:
        connection.set_tenant(company)
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def visit():
    """``visit(company, person)``: see `at`."""
    return at


def _person(given: str, family: str, **fields: object) -> Person:
    company = connection.schema_name.removeprefix("c_")
    return Person.objects.create_user(
        email=f"{given}.{family}@{company}.example".lower(),
        given_name=given,
        family_name=family,
        password=PASSWORD,
        **{"hired_on": date(2024, 3, 1), **fields},
    )


@pytest.fixture
def person():
    """``person("Bo", "Ek", manager=ada)``: somebody more, in the company that is set."""
    return _person


@pytest.fixture
def olive(acme: Company) -> Person:
    return _person("Olive", "Okafor", job_title="Head of L&D", is_staff=True, is_superuser=True)


@pytest.fixture
def ada(acme: Company) -> Person:
    sales, _ = Department.objects.get_or_create(name="Sales")
    return _person("Ada", "Lindqvist", job_title="Sales Manager", department=sales)


@pytest.fixture
def lee(ada: Person) -> Person:
    return _person(
        "Lee", "Tanaka", job_title="Account Executive", manager=ada, department=ada.department
    )


@pytest.fixture
def nia(ada: Person) -> Person:
    return _person(
        "Nia", "Haddad", job_title="Account Executive", manager=ada, hired_on=date(2026, 11, 14)
    )


@pytest.fixture
def gus(globex: Company) -> Person:
    before = connection.tenant
    connection.set_tenant(globex)
    outsider = _person("Gus", "Moreno", is_staff=True, is_superuser=True)
    connection.set_tenant(before)
    return outsider


@pytest.fixture
def sales_path(acme: Company) -> Path:
    """The account executive's path from the starter library, published, with its questions."""
    from learning.library import load_role
    from reinforcement.library import load_general, load_talk

    role = load_role("account-executive")
    load_talk("account-executive")
    load_general()
    return role.paths.get()


@pytest.fixture
def framing() -> Framing:
    return Framing(
        claim="close deals faster",
        because="two of your demos ended without a next meeting",
        sign="every demo ends with a date in both calendars",
    )


@pytest.fixture
def assign(
    sales_path: Path, framing: Framing, clock: time_machine.Traveller
) -> Callable[[Person], Assignment]:
    """``assign(lee)``: the account executive's path, with its framing."""

    def give(person: Person) -> Assignment:
        return assign_path(
            path=sales_path,
            people=[person],
            outcome=sales_path.role.outcomes.get(slug="close-faster"),
            framing=framing,
            actor=None,
        ).assignments[0]

    return give


@pytest.fixture
def stored(settings: Settings, tmp_path: Folder) -> Folder:
    """Where this test's uploads are stored, in a folder per company."""
    folder = tmp_path / "stored"
    # the one setting that the storage listens to when it changes
    settings.MULTITENANT_RELATIVE_MEDIA_ROOT = str(folder / "%s")
    return folder


@pytest.fixture
def world(
    clock: time_machine.Traveller,
    person,
    assign: Callable[[Person], Assignment],
    sales_path: Path,
    stored: Folder,
    olive: Person,
    ada: Person,
    lee: Person,
    nia: Person,
):
    """Acme on a full day, as every page is looked at."""
    from tests.browser.world import Tools, build

    tools = Tools(clock, person, assign, sales_path)
    return build(tools, olive=olive, ada=ada, lee=lee, nia=nia)
