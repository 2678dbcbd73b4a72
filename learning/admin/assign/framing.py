"""Step 3: the framing, checked while it is written and when it is sent."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.defaultfilters import floatformat
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from learning.admin.assign.framing_form import DraftForm
from learning.admin.assign.pages import Step, address_of, of_draft, show
from learning.framing.ideas import ideas_for
from learning.models import AssignmentDraft, Outcome
from tenants.people.models import Person


@of_draft
def framing(request: HttpRequest, draft: Any) -> HttpResponse:
    """Without JavaScript, too: a button takes an idea, another one checks."""
    if not draft.chosen:
        return redirect(address_of(draft, Step.PEOPLE))
    if request.method != "POST":
        return _show(request, draft, DraftForm(instance=draft))
    form = DraftForm(_with_idea(request.POST), instance=draft)
    is_right, pressed = form.is_valid(), request.POST.get("go", "")
    taken = "take" in request.POST
    goes_on = is_right and pressed == "next"
    is_kept = form.cleaned_data.get("keep_wording", False)
    form.keep(Step.PLANS if goes_on else Step.FRAMING, is_kept=is_kept)
    if pressed == "back":
        return redirect(address_of(draft, Step.PEOPLE))
    if goes_on:
        return redirect(address_of(draft, Step.PLANS))
    return _show(request, draft, form, patiently=taken or pressed == "check")


@require_POST
@of_draft
def check(request: HttpRequest, draft: Any) -> HttpResponse:
    """What the script asks for while somebody writes; what they wrote is kept, too."""
    form = DraftForm(request.POST, instance=draft)
    form.is_valid()
    form.keep(Step.FRAMING, is_kept=False)
    page = {"form": form, "parts": form.parts((), patiently=True), "is_kept": _is_ticked(form)}
    return TemplateResponse(request, "learning/assign/check.html", page)


def _with_idea(sent: QueryDict) -> QueryDict:
    """As it was sent, with the idea whose button was pressed in its part."""
    part, _colon, text = sent.get("take", "").partition(":")
    if part not in DraftForm.Meta.fields or not text:
        return sent
    changed = sent.copy()
    changed[part] = text
    return changed


def _show(
    request: HttpRequest, draft: AssignmentDraft, form: DraftForm, *, patiently: bool = False
) -> HttpResponse:
    ideas = ideas_for(draft.path, form.offered, cast(Person, request.user))
    return show(
        request,
        "framing",
        Step.FRAMING,
        draft,
        form=form,
        parts=form.parts(ideas, patiently=patiently),
        outcomes=[(outcome, _measured(outcome)) for outcome in form.offered],
        outcome=str(form["outcome"].value() or ""),
        outcome_error="" if patiently else form.told("outcome"),
        starts_on=form["starts_on"].value() or "",
        starts_on_error=form.told("starts_on"),
        is_kept=_is_ticked(form),
        asks=form.is_bound and form.asks and not form.errors,
    )


def _measured(outcome: Outcome) -> str:
    """``median days from demo to close: 62 → 45 days``"""
    if outcome.baseline is None or outcome.target is None:
        return outcome.measure
    baseline, target = floatformat(outcome.baseline), floatformat(outcome.target)
    return f"{outcome.measure}: {baseline} → {target} {outcome.unit}"


def _is_ticked(form: DraftForm) -> bool:
    return bool(form["keep_wording"].value())
