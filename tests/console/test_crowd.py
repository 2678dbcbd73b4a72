"""A company of 5,000: no page of the admin site takes more than 20 queries, and no list is short.

What there is to look at comes from the admin site and the URLconf. A list that is new, and of
which `tests.console.crowd` writes too few rows to turn a page, fails.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
import time_machine
from django.apps import apps
from django.contrib import admin
from django.db import connection as database
from django.db import transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from learning.actions import choose_people, frame, reach_step, start_draft
from learning.framing import Framing
from learning.models import AssignmentDraft, AssignmentRun, Calibration, Path
from tenants.companies.connections import connection
from tenants.companies.hosts import forget_hosts
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.companies.committing import committing
from tests.conftest import NOW
from tests.console import crowd
from tests.console.cast import Visit
from tests.console.test_groups import ADDRESSES

pytestmark = [pytest.mark.xdist_group("crowd"), pytest.mark.usefixtures("clock", "acme")]
MOST: Final = 20  # queries
COUNTS_EVERY_TABLE: Final = {"people/person/<int:pk>/erase/": 80}
"""Says of each table how many rows go: the same number of queries, however many there are."""

FEW: Final = {"reinforcement/channelconnection"}
"""Of which no company has many: a row for each channel there is."""

LISTS = {
    f"{model._meta.app_label}/{model._meta.model_name}": page
    for model, page in admin.site._registry.items()
}
OF_A_ROW = re.compile(r"(?P<table>\w+/\w+)/<(int:pk|path:object_id)>/")
ROWS = sorted({found["table"] for each in ADDRESSES if (found := OF_A_ROW.match(each))})
Get = Callable[..., Any]


@pytest.fixture(scope="module")
def crowded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Company]:
    """A company of 5,000, for as long as this module runs.

    Committed: a transaction that stays open would hold back the feed in tests beside it.
    """
    with committing(django_db_blocker, "Crowd") as company:
        with time_machine.travel(NOW, tick=False), transaction.atomic():
            crowd.build(NOW)
        yield company


@pytest.fixture
def acme(crowded: Company, db: None) -> Iterator[Company]:
    """In place of the small one: Olive leads L&D here."""
    forget_hosts()
    connection.set_tenant(crowded)
    yield crowded
    connection.set_schema_to_public()


@pytest.fixture
def get(acme: Company, olive: Person, visit: Visit) -> Get:
    """``get("people/person/", "?q=ek")``: what comes, in 20 queries at most."""
    client = visit(acme, olive)

    def look(page: str, query: str = "", most: int = MOST) -> Any:
        with CaptureQueriesContext(database) as queries:
            answer: Any = client.get(f"/admin/{page}{query}")
            if answer.streaming:
                assert b"".join(answer.streaming_content)
        costly = [each["sql"][:200] for each in queries.captured_queries]
        assert len(queries) <= most, (page, query, costly)
        # 405: a button; 409: levels that stay in the house
        assert answer.status_code in (200, 302, 403, 405, 409), (page, query)
        return answer

    return look


@pytest.mark.parametrize("name", sorted(LISTS))
def test_every_list_has_pages(name: str) -> None:
    page = LISTS[name]
    rows = page.model._default_manager.count()
    assert (rows > page.list_per_page) == (name not in FEW), "write more in tests/console/crowd"


@pytest.mark.parametrize("name", sorted(LISTS.keys() - FEW))
def test_a_long_list_takes_few_queries_whatever_of_it_is_looked_at(name: str, get: Get) -> None:
    page = f"{name}/"
    shown = get(page).context["cl"]
    assert shown.result_count > 50, "the list as it opens has to be long"
    get(page, "?q=e")
    last = get(page, f"?p={shown.paginator.num_pages}").context["cl"]
    assert 0 < len(last.result_list) <= 50
    for place, column in enumerate(shown.list_display):
        if shown.get_ordering_field(column):
            get(page, f"?o={place}")
            break
    for each in shown.filter_specs:
        get(page, _narrowed(each, shown))
    get(f"{page}export/csv/")


def _narrowed(filtered: Any, shown: Any) -> str:
    """The last choice that a filter offers; of one that is searched in, somebody."""
    offered = [each for each in filtered.choices(shown) if not each.get("selected")]
    if links := [each["query_string"] for each in offered if "query_string" in each]:
        return str(links[-1])
    return f"?{filtered.lookup_kwarg}={Person.objects.earliest('pk').pk}"


def test_every_page_that_names_nothing_takes_few_queries(get: Get) -> None:
    """Of forms, boards, charts, the pulse."""
    for route in ADDRESSES:
        if "<" not in route and "logout" not in route and route.rstrip("/") not in LISTS:
            get(route)


@pytest.mark.parametrize("table", ROWS)
def test_every_page_of_a_row_takes_few_queries_where_it_holds_the_most(
    table: str, get: Get
) -> None:
    row = largest(table)
    for route in ADDRESSES:
        if (found := OF_A_ROW.match(route)) and found["table"] == table and row:
            page = re.sub("<(int:pk|path:object_id)>", str(row.pk), route)
            get(page, most=COUNTS_EVERY_TABLE.get(route, MOST))


def largest(table: str) -> Any:
    """What the crowd wrote first: everybody's role and path, whoever leads the company."""
    model = apps.get_model(table.replace("/", "."))
    rows = model._default_manager.order_by("pk")
    if model is Person:
        rows = rows.filter(email__endswith="@crowd.example")
    if model is Calibration:
        rows = rows.filter(state="open")
    return rows.first()


def test_lists_of_our_own_take_few_queries_on_every_page(get: Get) -> None:
    run = AssignmentRun.objects.earliest("pk")
    get(f"learning/assignmentrun/{run.pk}/change/", "?page=100")
    managers = get("reinforcement/touchpoint/managers/", "?page=5").text
    linked = re.findall(r"[?&;]page=(\d+)\">(\d+)</a>", managers)
    assert [shown for _, shown in linked] == ["1", "2", "3", "4", "6", "7", "10"]
    assert managers.count("<span>…</span>") == 1
    get("reinforcement/touchpoint/managers/", "?q=ek")
    get("people/person/chart/", "?q=ek&page=40")
    for wanted in ("without", "gone", "wide"):
        get("people/person/chart/", f"?show={wanted}")
    get("search/", "?s=ek")
    get("autocomplete/", "?app_label=learning&model_name=roleholding&field_name=person&term=ek")


def test_giving_a_path_to_everybody_takes_few_queries_on_every_step(
    get: Get, olive: Person, framing: Framing
) -> None:
    path = Path.objects.get(name="Path Role 1")
    draft: AssignmentDraft = start_draft(path=path, actor=olive)
    here = Person.objects.exclude(employment_status="terminated")
    choose_people(draft=draft, people=list(here.values_list("pk", flat=True)))
    frame(draft=draft, framing=framing, outcome=path.role.outcomes.get(), starts_on=None)
    for reached in AssignmentDraft.Step:
        reach_step(draft=draft, step=reached)
    for step in ("path", "people", "framing", "plans", "assign"):
        assert get(f"learning/assignment/give/{draft.uid}/{step}/").status_code == 200
    get(f"learning/assignment/give/{draft.uid}/people/", "?page=180")
    get(f"learning/assignment/give/{draft.uid}/plans/", "?page=90")
