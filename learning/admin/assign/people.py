"""Step 2: the people. Whatever button is pressed, the ticks of the page are kept first."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from learning.actions import choose_people, leave_out, reach_step
from learning.admin.assign.pages import Step, address_of, of_draft, show
from learning.giving import finding
from learning.giving.addresses import Pasted, read_pasted
from learning.giving.standing import BY_NAME, on_path
from learning.models import MOST, Assignment, AssignmentDraft
from tenants.companies.context import current_company
from tenants.companies.searching import words_of
from tenants.people.models import EmploymentStatus, Person

A_PAGE: Final = 25
NOBODY: Final = "Choose somebody first: tick people below, or paste their addresses."
AWAY: Final = {
    EmploymentStatus.PREHIRE: "starts later: it begins on their first day",
    EmploymentStatus.LEAVE: "on leave: it waits until they are back",
    EmploymentStatus.TERMINATED: "has left",
}


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who was found, and whether they are chosen."""

    person: Person
    is_chosen: bool
    is_on_it: bool

    @property
    def note(self) -> str:
        if self.is_on_it:
            return "on this path already"
        return AWAY.get(EmploymentStatus(self.person.employment_status), "")


@of_draft
def people(request: HttpRequest, draft: Any) -> HttpResponse:
    if request.method != "POST":
        return _show(request, draft, request.GET)
    pressed = request.POST.get("go", "search")
    try:
        _keep_ticks(request.POST, draft)
        if request.POST.get("addresses", "").strip():
            pasted = _paste(request.POST["addresses"], draft)
            if pasted.has_problems:
                return _show(request, draft, request.POST, pasted=pasted)
            messages.success(request, f"Chosen from the addresses: {_number(len(pasted.found))}.")
        if pressed in ALL_FOUND:
            ALL_FOUND[pressed](request, draft)
    except ValidationError as refusal:
        return _show(request, draft, request.POST, error=" ".join(refusal.messages))
    if pressed == "next":
        return _next(request, draft)
    return redirect(f"{address_of(draft, Step.PEOPLE)}?{_query(request.POST, pressed)}")


def _next(request: HttpRequest, draft: AssignmentDraft) -> HttpResponse:
    if not draft.people.exists():
        return _show(request, draft, request.POST, error=NOBODY)
    reach_step(draft=draft, step=Step.FRAMING)
    return redirect(address_of(draft))


def _keep_ticks(sent: QueryDict, draft: AssignmentDraft) -> None:
    shown, ticked = _keys(sent.getlist("shown")), _keys(sent.getlist("chosen"))
    before = set(draft.people.filter(pk__in=shown).values_list("pk", flat=True))
    if out := (shown - ticked) & before:
        leave_out(draft=draft, people=out)
    if new := ticked - before:
        choose_people(draft=draft, people=new)


def _paste(text: str, draft: AssignmentDraft) -> Pasted:
    pasted = read_pasted(text, draft.path)
    choose_people(draft=draft, people=[person.pk for person in pasted.found])
    return pasted


def _choose_all_found(request: HttpRequest, draft: AssignmentDraft) -> None:
    found = _found(request.POST, draft)
    busy = Assignment.objects.filter(
        person=OuterRef("pk"), path=draft.path_id, status__in=Assignment.OPEN
    )
    free = found.filter(~Exists(busy)).values_list("pk", flat=True)
    new = choose_people(draft=draft, people=list(free))
    left_out = found.filter(Exists(busy)).count()
    told = f"Chosen: {_number(new)} more."
    if left_out:
        told += f" On this path already, and not chosen: {_number(left_out)}."
    messages.success(request, told)


def _leave_out_all_found(request: HttpRequest, draft: AssignmentDraft) -> None:
    found = list(_found(request.POST, draft).values_list("pk", flat=True))
    leave_out(draft=draft, people=found)
    messages.success(request, f"Not chosen any more: {_number(len(found))}.")


ALL_FOUND: Final = {"add-found": _choose_all_found, "leave-out-found": _leave_out_all_found}


def _show(
    request: HttpRequest,
    draft: Any,
    asked: QueryDict,
    *,
    pasted: Pasted | None = None,
    error: str = "",
) -> HttpResponse:
    found = _found(asked, draft).select_related("department").order_by(*BY_NAME)
    page = Paginator(found, A_PAGE).get_page(asked.get("page"))
    today = current_company().day_of(timezone.now())
    search = _search(asked)
    return show(
        request,
        "people",
        Step.PEOPLE,
        draft,
        chosen=draft.people.count(),
        everybody=finding.here().count(),
        only_chosen=_only_chosen(asked),
        search=search,
        choices=[
            ("department", "Department", finding.departments(), search.department),
            ("role", "Role", finding.roles(today=today), search.role),
            ("location", "Location", finding.locations(), search.location),
        ],
        lines=_lines(page.object_list, draft),
        page=page,
        most=MOST,
        pasted=pasted,
        addresses="\n".join(each.text for each in pasted.unknown) if pasted else "",
        error=error,
    )


def _found(asked: QueryDict, draft: AssignmentDraft) -> "QuerySet[Person]":
    """Among everybody, or among those who are chosen."""
    chosen = Person.objects.filter(pk__in=draft.people.order_by().values("pk"))
    today = current_company().day_of(timezone.now())
    among = chosen if _only_chosen(asked) else finding.here()
    return finding.find(_search(asked), among, today=today)


def _lines(people: Iterable[Person], draft: AssignmentDraft) -> list[Line]:
    people = list(people)
    keys = [person.pk for person in people]
    chosen = set(draft.people.filter(pk__in=keys).values_list("pk", flat=True))
    busy = on_path(draft.path, keys)
    return [Line(person, person.pk in chosen, person.pk in busy) for person in people]


def _search(asked: QueryDict) -> finding.Search:
    def text(name: str) -> str:
        return " ".join(asked.get(name, "").replace("\0", "").split())

    return finding.Search(
        words=words_of(asked),
        department=text("department"),
        role=text("role"),
        location=asked.get("location", "").replace("\0", ""),
    )


def _only_chosen(asked: QueryDict) -> bool:
    """A button that is pressed says it anew."""
    return {"chosen": True, "everybody": False}.get(
        asked.get("go", ""), asked.get("show") == "chosen"
    )


def _query(sent: QueryDict, pressed: str) -> str:
    """What the page that follows shows."""
    told = asdict(_search(sent))
    told["q"] = told.pop("words")
    told["show"] = "chosen" if _only_chosen(sent) else ""
    told["page"] = pressed.removeprefix("page-") if pressed.startswith("page-") else ""
    return urlencode({name: value for name, value in told.items() if value})


def _keys(values: Iterable[str]) -> set[int]:
    return {int(value) for value in values if value.isdecimal() and len(value) < 19}


def _number(people: int) -> str:
    return "1 person" if people == 1 else f"{people:,} people"
