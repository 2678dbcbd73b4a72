"""A copy of what is stored about somebody: all of it, nothing of anybody else, no secret."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path as Folder
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from api.models import ApiToken
from learning.models import Assignment, Skill
from reinforcement.actions import note_barrier
from reinforcement.models import CalendarFeed, Delivery
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tenants.people.personal_copies import as_json, contributions, copy_of
from tests.people.known import BOSS_NOTE, HOOK, brief_of, know_everything
from tests.portal.asking import see

MakePerson = Callable[..., Person]
Assign = Callable[[Person], Assignment]
DOCUMENT = Folder(__file__).parents[2] / "docs" / "personal-copy.md"


@pytest.fixture
def known(olive: Person, ada: Person, nia: Person, assign: Assign, person: MakePerson) -> Person:
    """Ada, of whom every table knows something; of Nia, too."""
    everything: dict[str, Any] = {"assign": assign, "person": person}
    know_everything(ada, olive, mark="adamark", chat="slack", **everything)
    know_everything(nia, olive, mark="niamark", chat="teams", **everything)
    ada.attributes = {"cost_centre": "adamark 7"}
    ada.save()
    return ada


def file_of(person: Person, *, reader: Person | None) -> dict[str, Any]:
    copy: dict[str, Any] = json.loads(as_json(copy_of(person, reader=reader)))
    return copy


def covered() -> dict[str, str]:
    return {what: section for each in contributions() for what, section in each.covers.items()}


def left_out() -> dict[str, str]:
    return {what: why for each in contributions() for what, why in each.left_out.items()}


def pointing_at(target: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """Every model with a column, or a table of its own, that names one of these; and the field."""
    for model in apps.get_models():
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            if field.related_model is target:
                yield model, f"{model._meta.label}.{field.name}"


def test_no_column_that_names_a_person_is_forgotten() -> None:
    told = {*covered(), *left_out()}
    direct = dict(pointing_at(Person))
    assert len(direct) > 20
    assert [field for _model, field in pointing_at(Person) if field not in told] == []
    own = [*Person._meta.local_fields, *Person._meta.local_many_to_many]
    assert [field.name for field in own if f"people.Person.{field.name}" not in told] == []


def test_no_table_below_such_a_one_is_forgotten() -> None:
    """A plan hangs on an assignment, an answer on its item: at any depth."""
    told = {*covered(), *left_out()}
    known = {model for model, _field in pointing_at(Person)}
    waiting = list(known)
    below: dict[type[models.Model], set[str]] = {}
    while waiting:
        for model, field in pointing_at(waiting.pop()):
            if model is Person or (model in known and model not in below):
                continue
            if model not in known:
                known.add(model)
                waiting.append(model)
            below.setdefault(model, {model._meta.label}).add(field)  # whichever way leads there
    assert [names for names in below.values() if not names & told] == []
    assert len(below) >= 3


def test_what_is_told_of_exists_and_what_is_left_out_has_a_reason() -> None:
    for what in (*covered(), *left_out()):
        label, field = re.fullmatch(r"(\w+\.\w+)(?:\.(\w+))?", what).groups()  # type: ignore[union-attr]
        model = apps.get_model(label)
        assert field is None or model._meta.get_field(field).concrete, what
    assert not set(covered()) & set(left_out())
    assert all(why.endswith(".") for why in left_out().values())


def test_everything_is_in_the_copy(known: Person) -> None:
    copy = file_of(known, reader=known)
    empty = {section for section in covered().values() if not copy[section]}
    assert empty == set()
    text = json.dumps(copy)
    for written in (
        "intention", "context", "because", "rule", "own note", "learned", "words", "group",
        "rights", "workspace", "7",
    ):  # fmt: skip
        assert f"adamark {written}" in text
    assert str(known.email) in text
    assert {each["what"] for each in copy["left_out"]} == set(left_out())


def test_nothing_of_anybody_else_is_in_it(known: Person, nia: Person) -> None:
    text = as_json(copy_of(known, reader=known))
    assert "niamark" not in text
    assert str(nia.email) not in text
    assert str(nia.uid) not in text
    assert "Nia" not in text


def test_what_a_manager_noted_about_somebody_is_theirs_alone(known: Person, olive: Person) -> None:
    assert BOSS_NOTE not in as_json(copy_of(known, reader=known))
    assert BOSS_NOTE in as_json(copy_of(olive, reader=olive))


def test_who_copies_for_somebody_else_gets_none_of_their_notes(
    known: Person, olive: Person
) -> None:
    for reader in (olive, None):
        copy = file_of(known, reader=reader)
        assert "adamark own note" not in json.dumps(copy)
        assert "note" not in copy["conversations_held"][0]
        assert copy["barriers"][0]["words"] == "adamark words"


def test_no_secret_is_in_it(known: Person) -> None:
    text = as_json(copy_of(known, reader=known))
    feed = CalendarFeed.objects.get(person=known)
    token = ApiToken.objects.get(created_by=known)
    delivery = Delivery.objects.get(recipient=known)
    for secret in (
        known.password,
        str(feed.uid),
        token.digest,
        delivery.message_id,
        HOOK,
        "a-secret-token",
        "a-secret-key",
        "gAAAA",  # how a Fernet token begins
    ):
        assert secret
        assert secret not in text
    assert "adamark@mail.example" in text  # their own address is none


def test_times_are_in_utc_and_every_copy_has_one_order(known: Person, clock: Any) -> None:
    first, second = (as_json(copy_of(known, reader=known)) for _ in range(2))
    assert first == second
    copy = json.loads(first)
    assert copy["made_at"] == "2026-11-18T08:30:00Z"
    times = [text for text in _texts(copy) if re.match(r"\d{4}-\d\d-\d\dT", text)]
    assert len(times) > 20
    for text in times:
        assert text.endswith("Z")
        assert datetime.fromisoformat(text)


def test_the_description_names_every_part(known: Person) -> None:
    copy = file_of(known, reader=known)
    described = set(re.findall(r"`(\w+)`", DOCUMENT.read_text()))
    for free in (copy["person"]["attributes"], *(r["payload"] for r in copy["learning_records"])):
        free.clear()
    assert _names(copy) - described == set()
    assert f"Version {copy['version']}" in DOCUMENT.read_text()


def test_somebody_of_whom_little_is_known_has_a_copy_of_the_same_shape(
    known: Person, person: MakePerson
) -> None:
    new = Person.objects.create(given_name="Io")
    assert set(copy_of(new, reader=new)) == set(copy_of(known, reader=known))


def test_it_is_a_company_s_own(known: Person, globex: Company, gus: Person) -> None:
    with working_for(globex):
        copy = file_of(gus, reader=gus)
    assert copy["company"]["name"] == "Globex"
    assert "adamark" not in json.dumps(copy)


def test_much_costs_what_little_does(known: Person, assign: Assign, person: MakePerson) -> None:
    counts, skill = [], Skill.objects.all()[0]
    for number in (1, 6):
        for each in range(number):
            report = person(f"More{number}{each}", "Ek", manager=known)
            brief_of(known, report, assign(report), "note")
            brief_of(report, known, Assignment.objects.get(person=known), "note")
            note_barrier(manager=known, words=f"{each}", actor=known)
            see(known, skill.slug, 2, by=report, days=each)
        with CaptureQueriesContext(connection) as queries:
            copy_of(Person.objects.get(pk=known.pk), reader=known)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 48


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str):
        yield value


def _names(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {*value, *(name for part in value.values() for name in _names(part))}
    if isinstance(value, list):
        return {name for part in value for name in _names(part)}
    return set()
