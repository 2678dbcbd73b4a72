"""What is to be given to whom, and why: the body of a new assignment."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from rest_framework.request import Request

from api.days import read_day
from api.problems import BodyTooLarge, InvalidBody, escaped
from api.queries import nearest
from api.references import find_people, is_text, read_reference
from api.strict_json import MAX_ERRORS, read_object
from learning.framing import Framing
from learning.models import Outcome, Path
from tenants.people.models import EmploymentStatus, Person

MAX_PEOPLE: Final = 1_000
PARTS: Final = tuple(part.name for part in fields(Framing))
MEMBERS: Final = dict.fromkeys(("path", "people", "outcome", "framing", "starts_on"), "")


@dataclass(frozen=True)
class Giving:
    """Everybody in the order of the body, also who is in it twice."""

    path: Path
    people: list[Person]
    outcomes: list[Outcome]
    """Of the path's role; the first is the one that the assignment is about."""
    framing: Framing
    starts_on: date | None


def read_giving(request: Request) -> Giving:
    """What the body asks for. Three queries, however many people.

    Raises `InvalidBody` with a pointer at what is wrong, `BodyTooLarge` past `MAX_PEOPLE`.
    """
    given = read_object(request, MEMBERS)
    people = given.get("people")
    if not isinstance(people, list) or not people:
        raise InvalidBody(("#/people", "Send a list that names somebody."))
    if len(people) > MAX_PEOPLE:
        raise BodyTooLarge(f"There are more than {MAX_PEOPLE} people, which is the limit.")
    path = _path(given.get("path"))
    return Giving(
        path=path,
        outcomes=_outcomes(given.get("outcome"), path),
        framing=_framing(given.get("framing")),
        starts_on=read_day(given["starts_on"], "#/starts_on") if "starts_on" in given else None,
        people=find_people(people, "#/people"),
    )


def refused(error: ValidationError, giving: Giving) -> InvalidBody:
    """What the action says, at the members of the body that it is about."""
    errors: list[tuple[str, str]] = []
    for name, told in error.message_dict.items():
        pointer = f"#/framing/{name}" if name in PARTS else f"#/{name}"
        gone = _gone(giving) if name == "people" else []
        errors += gone or [(pointer, each) for each in told]
    return InvalidBody(*errors[:MAX_ERRORS])


def _gone(giving: Giving) -> list[tuple[str, str]]:
    return [
        (f"#/people/{place}", f"{person} is no longer with the company.")
        for place, person in enumerate(giving.people)
        if person.employment_status == EmploymentStatus.TERMINATED
    ]


def _path(value: Any) -> Path:
    key, text = read_reference(value, ("uid", "slug"), "#/path")
    path = Path.objects.select_related("role").filter(**{key: text}).first()
    if path is None:
        raise InvalidBody((f"#/path/{key}", f"{str(text)[:60]!r} is no path here."))
    return path


def _outcomes(value: Any, path: Path) -> list[Outcome]:
    key, text = read_reference(value, ("uid", "slug"), "#/outcome")
    outcomes = list(path.role.outcomes.all())
    chosen = [outcome for outcome in outcomes if getattr(outcome, key) == text]
    if not chosen:
        told = f"{str(text)[:60]!r} is no outcome of {path.role.name!r}, the role of the path."
        raise InvalidBody((f"#/outcome/{key}", told))
    return chosen + [outcome for outcome in outcomes if outcome not in chosen]


def _framing(value: Any) -> Framing:
    """The parts as they are: whether they say something is for the framing check."""
    if not isinstance(value, dict):
        raise InvalidBody(("#/framing", f"Send an object with {', '.join(PARTS)}."))
    errors = [
        (f"#/framing/{escaped(name)}", f"There is no such member. {nearest(name, PARTS)}")
        for name in value
        if name not in PARTS
    ]
    errors += [
        (f"#/framing/{part}", "Send a text.") for part in PARTS if not is_text(value.get(part, ""))
    ]
    if errors:
        raise InvalidBody(*errors[:MAX_ERRORS])
    return Framing(**{part: value.get(part, "") for part in PARTS})
