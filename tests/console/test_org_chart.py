"""The org chart: the top, one person in their place, what is to be put right, and the file."""

import csv
import io
import time
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tenants.companies.models import Company
from tenants.people.chart import loops
from tenants.people.models import Person
from tenants.people.reporting_lines import lines_of, reporting_lines
from tests.console.cast import MakePerson, Visit

PAGE = "/admin/people/person/chart/"
FILE = f"{PAGE}chart.csv"
SPAN = 8  # reports of each manager


def add(numbers: range) -> None:
    """Number 0 leads; 1 to 8 report to her, 9 to 72 to those, and so on."""
    first = 2_000_000
    Person.objects.bulk_create(
        Person(
            pk=first + each,
            given_name=f"Given{each}",
            family_name=f"Family{each:05}",
            manager_id=first + (each - 1) // SPAN if each else None,
        )
        for each in numbers
    )


def found(answer: Any) -> list[str]:
    return [card.person.name for card in answer.context["found"]]


@pytest.fixture
def chain(ada: Person, lee: Person, nia: Person, person: MakePerson) -> dict[str, Person]:
    """Zoe leads Bo and Cy; Bo leads Ada, who leads Lee and Nia."""
    zoe = person("Zoe", "Top")
    bo = person("Bo", "Mid", manager=zoe)
    cy = person("Cy", "Mid", manager=zoe)
    Person.objects.filter(pk=ada.pk).update(manager=bo)
    return {"zoe": zoe, "bo": bo, "cy": cy, "ada": ada, "lee": lee, "nia": nia}


@given(st.dictionaries(st.integers(1, 12), st.integers(1, 14) | st.none()))
def test_everybody_below_is_counted_once(managers: dict[int, int | None]) -> None:
    lines = lines_of(managers.items())
    looped = {each for loop in loops(managers) for each in loop}
    for manager in managers:
        if looped & {manager, *lines.above(manager)}:
            continue  # nobody is the head of a loop
        reached = {manager}
        while more := {each for each, above in managers.items() if above in reached} - reached:
            reached |= more
        assert lines.below[manager] == len(reached) - 1


def test_it_opens_with_the_top_and_how_many_they_lead(
    acme: Company, olive: Person, chain: dict[str, Person], visit: Visit
) -> None:
    answer = visit(acme, olive).get(PAGE)
    [top] = answer.context["tops"]
    assert (top.person, top.direct, top.below) == (chain["zoe"], 2, 5)
    first, second = top.cards
    assert (first.person, first.direct, first.below) == (chain["bo"], 1, 3)
    assert (second.person, second.below) == (chain["cy"], 0)
    assert "2 reports, 5 in all" in " ".join(answer.text.split())


def test_a_person_is_shown_below_everybody_above_them(
    acme: Company, olive: Person, chain: dict[str, Person], visit: Visit
) -> None:
    answer = visit(acme, olive).get(PAGE, {"person": str(chain["ada"].uid)})
    chosen = answer.context["chosen"]
    names, card = [], chosen.first
    while not card.is_chosen:
        names.append(card.person.given_name)
        [card] = card.cards
    assert names == ["Zoe", "Bo"]
    assert {each.person for each in card.cards} == {chain["lee"], chain["nia"]}
    assert chosen.peers == 0
    assert "Sales" in answer.text
    assert f"/admin/people/person/{chain['ada'].pk}/story/" in answer.text
    lee = visit(acme, olive).get(PAGE, {"person": str(chain["lee"].uid)})
    assert "1 other person reports to Ada Lindqvist" in " ".join(lee.text.split())
    assert "Nobody reports to them." in lee.text


def test_search_jumps_to_the_only_one_and_lists_several(
    acme: Company, olive: Person, chain: dict[str, Person], visit: Visit, person: MakePerson
) -> None:
    person("Lea", "Gone", employment_status="terminated")
    client = visit(acme, olive)
    assert (
        client.get(PAGE, {"q": "tanaka lee"}).headers["Location"]
        == f"{PAGE}?person={chain['lee'].uid}"
    )
    assert found(client.get(PAGE, {"q": "mid"})) == ["Bo Mid", "Cy Mid"]
    assert found(client.get(PAGE, {"q": "mid\0"})) == ["Bo Mid", "Cy Mid"]
    nobody = client.get(PAGE, {"q": "Lea Gone"})
    assert found(nobody) == []
    assert "Nobody who works here is called so" in nobody.text


def test_what_is_to_be_put_right_is_told_with_the_lists(
    acme: Company, olive: Person, chain: dict[str, Person], visit: Visit, person: MakePerson
) -> None:
    gone = person("Max", "Gone", employment_status="terminated")
    orphan = person("Di", "Left", manager=gone)
    for number in range(16):
        person(f"P{number}", "Wide", manager=chain["cy"])
    client = visit(acme, olive)
    text = " ".join(client.get(PAGE).text.split())
    assert "1 person has no manager and is not the top" in text  # Olive
    assert "1 person reports to a manager who has left" in text
    assert "1 manager has more than 15 direct reports" in text
    assert found(client.get(PAGE, {"show": "without"})) == ["Olive Okafor"]
    assert found(client.get(PAGE, {"show": "gone"})) == ["Max Gone"]
    assert found(client.get(PAGE, {"show": "wide"})) == ["Cy Mid"]
    assert f"?manager__id__exact={gone.pk}" in client.get(PAGE, {"show": "gone"}).text
    assert "their manager, has left" in client.get(PAGE, {"person": str(orphan.uid)}).text
    left = client.get(PAGE, {"person": str(gone.uid)})
    assert "has left" in left.text
    assert "Di Left" in left.text
    Person.objects.filter(pk=olive.pk).update(manager=chain["zoe"])
    orphan.delete()
    assert "no manager" not in client.get(PAGE).text


def test_two_who_lead_as_much_are_both_the_top(
    acme: Company, olive: Person, ada: Person, lee: Person, person: MakePerson
) -> None:
    person("Cy", "Oh", manager=olive)
    assert reporting_lines().tops == [ada.pk, olive.pk]
    for number in range(4):
        person(f"P{number}", "Ek", manager=olive)
    lines = reporting_lines()
    assert lines.tops == [olive.pk]
    assert lines.without_manager == [ada.pk]


def test_a_company_without_a_chart_is_told_what_to_do(
    acme: Company, olive: Person, visit: Visit
) -> None:
    text = visit(acme, olive).get(PAGE).text
    assert "Nobody leads anybody yet." in text
    assert "no manager" not in text


def test_the_file_has_everybody_with_their_line_and_no_formula(
    acme: Company, olive: Person, chain: dict[str, Person], visit: Visit
) -> None:
    Person.objects.filter(pk=chain["zoe"].pk).update(given_name="=1+1")
    answer = visit(acme, olive).get(FILE)
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    by_mail = {row["E-mail"]: row for row in rows}
    lee = by_mail[chain["lee"].email or ""]
    assert (lee["Manager"], lee["Level"]) == ("Ada Lindqvist", "4")
    assert lee["Chain"] == "'=1+1 Top > Bo Mid > Ada Lindqvist"
    assert (by_mail["zoe.top@acme.example"]["Person"], len(rows)) == ("'=1+1 Top", 7)
    assert by_mail["zoe.top@acme.example"]["Everybody below"] == "5"


def test_five_thousand_people_cost_what_a_few_do(
    acme: Company, olive: Person, visit: Visit
) -> None:
    client, counts = visit(acme, olive), []
    for numbers in (range(20), range(20, 5_000)):
        add(numbers)
        uid = Person.objects.get(family_name="Family00001").uid
        client.get(PAGE)
        for query in ({}, {"person": str(uid)}, {"q": "family000"}, {"show": "wide"}):
            started = time.perf_counter()
            with CaptureQueriesContext(connection) as queries:
                assert client.get(PAGE, query).status_code == 200
            assert time.perf_counter() - started < 2
            counts.append(len(queries))
    assert counts[:4] == counts[4:]
    assert max(counts) <= 12
    with CaptureQueriesContext(connection) as queries:
        assert client.get(FILE).content.count(b"\r\n") == 5_002
    assert len(queries) <= 12


@pytest.mark.parametrize("uid", ["zzz", "00000000-0000-0000-0000-000000000000"])
def test_nobody_of_that_name_is_404(acme: Company, olive: Person, visit: Visit, uid: str) -> None:
    assert visit(acme, olive).get(PAGE, {"person": uid}).status_code == 404


def test_it_takes_the_permission_to_see_people(
    acme: Company, ada: Person, lee: Person, visit: Visit, person: MakePerson
) -> None:
    reader = person("Rae", "Reader", is_staff=True)
    for page in (PAGE, FILE):
        assert visit(acme, reader).get(page).status_code == 403
    reader.user_permissions.add(Permission.objects.get(codename="view_person"))
    reader = Person.objects.get(pk=reader.pk)
    for page in (PAGE, FILE):
        assert visit(acme, reader).get(page).status_code == 200
        assert visit(acme, ada).get(page).status_code == 302


def test_it_is_found_from_the_list_and_the_navigation(
    acme: Company, olive: Person, ada: Person, visit: Visit
) -> None:
    client = visit(acme, olive)
    text = client.get("/admin/people/person/").text
    assert f'href="{PAGE}"' in text
    assert client.get("/admin/people/person/org-chart/").headers["Location"] == PAGE
    story = client.get(f"/admin/people/person/{ada.pk}/whole-story/")
    assert story.headers["Location"] == f"/admin/people/person/{ada.pk}/story/"


def test_the_other_company_s_people_are_not_there(
    acme: Company, globex: Company, ada: Person, lee: Person, gus: Person, visit: Visit
) -> None:
    client = visit(globex, gus)
    assert client.get(PAGE, {"person": str(lee.uid)}).status_code == 404
    assert "Lindqvist" not in client.get(FILE).content.decode()
    assert "Nobody leads anybody yet." in client.get(PAGE).text
