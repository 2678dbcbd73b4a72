"""What a page is called, in its head and in the browser's tab, and the way back from it."""

import re
from typing import Any

from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import TODAY
from tests.console.cast import Visit


def test_a_list_is_called_by_what_is_in_it(acme: Company, olive: Person, visit: Visit) -> None:
    text = visit(acme, olive).get("/admin/learning/role/").text
    assert re.search(r"<title>\s*Roles \| Throughline\s*</title>", text)


def test_a_page_of_our_own_leads_back_to_its_row_and_the_list(
    acme: Company, olive: Person, visit: Visit, sales_path: Any
) -> None:
    answer = visit(acme, olive).get(f"/admin/learning/path/{sales_path.pk}/people/")
    row = f"/admin/learning/path/{sales_path.pk}/change/"
    assert answer.context["trail"] == [
        ("Paths", "/admin/learning/path/"),
        (sales_path.name, row),
    ]
    assert f'href="{row}"' in answer.text


def test_a_step_is_below_its_path(
    acme: Company, olive: Person, visit: Visit, sales_path: Any
) -> None:
    step = sales_path.steps.first()
    answer = visit(acme, olive).get(f"/admin/learning/step/{step.pk}/change/")
    assert answer.context["trail"][-1][0] == sales_path.name


def test_an_empty_list_leads_to_where_its_first_row_comes_from(
    acme: Company, olive: Person, visit: Visit
) -> None:
    text = visit(acme, olive).get("/admin/learning/role/").text
    assert 'href="/admin/library/">Open the starter library</a>' in text
    assert "Add role" in text


def test_a_day_is_written_as_our_readers_write_it(
    acme: Company, olive: Person, lee: Person, visit: Visit, assign: Any
) -> None:
    page = f"/admin/learning/assignment/{assign(lee).pk}/change/"
    assert f"{TODAY:%-d %b %Y}" in visit(acme, olive).get(page).text
