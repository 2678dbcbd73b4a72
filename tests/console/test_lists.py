"""Every list page costs the same for 3 rows and for 30, and no more than 20 queries."""

from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.framing import Framing
from learning.models import Path
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.console.cast import MakePerson, Visit
from tests.console.everything import add_rows

LISTS = sorted(
    f"{model._meta.app_label}/{model._meta.model_name}" for model in admin.site._registry
)


@pytest.fixture
def count_queries(acme: Company, olive: Person, visit: Visit) -> Any:
    """``count_queries(list)``: of that list page, opened for the second time."""
    client = visit(acme, olive)

    def count(name: str) -> int:
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/admin/{name}/").status_code == 200
        return len(queries)

    return count


def test_lists_cost_the_same_for_3_rows_and_for_30(
    count_queries: Any, sales_path: Path, framing: Framing, person: MakePerson
) -> None:
    add_rows(range(3), path=sales_path, framing=framing, person=person)
    few = {name: count_queries(name) for name in LISTS}
    add_rows(range(3, 30), path=sales_path, framing=framing, person=person)
    many = {name: count_queries(name) for name in LISTS}

    assert many == few
    assert {name: count for name, count in many.items() if count > 20} == {}


@pytest.mark.parametrize("name", LISTS)
def test_list_is_searched(acme: Company, olive: Person, visit: Visit, name: str) -> None:
    assert visit(acme, olive).get(f"/admin/{name}/", {"q": "zzz"}).status_code == 200


def test_person_is_never_chosen_from_a_list_of_everybody() -> None:
    for model, page in admin.site._registry.items():
        for rows in (page, *(inline(model, admin.site) for inline in page.inlines)):
            read_only = not rows.has_change_permission.__qualname__.startswith("BaseModelAdmin")
            for field in rows.model._meta.fields:
                if field.related_model is Person and field.editable:
                    assert read_only or field.name in rows.autocomplete_fields, (rows, field)
