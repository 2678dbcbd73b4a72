"""The page a link in a mail opens: one question about one person, without signing in."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods

from portal.bearer import link_page
from portal.changes import told
from reinforcement.actions import answer
from reinforcement.links import BadToken, DeadLink, read_answer_token
from reinforcement.models import Answer, BriefItem, Choice


@link_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer_page(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the answer that was tapped; only POST records it (mail scanners follow links)."""
    try:
        item = read_answer_token(token)
    except BadToken:
        return render(request, "portal/answer_dead.html", {"unknown": True}, status=404)
    except DeadLink as reason:
        return render(request, "portal/answer_dead.html", {"reason": reason}, status=410)
    manager = item.brief.manager
    language = manager.locale or translation.get_language() or "en"
    with timezone.override(manager.zone), translation.override(language):
        return _record(request, item) if request.method == "POST" else _ask(request, item)


def _ask(request: HttpRequest, item: BriefItem, error: str = "") -> HttpResponse:
    choices = _choices(item)
    given = Answer.objects.filter(item=item).select_related("choice").first()
    tapped = request.GET.get("choice", given.choice.value if given else "")
    chosen = next((choice for choice in choices if choice.value == tapped), None)
    context = {**_about(item), "choices": choices, "chosen": chosen, "given": given, "error": error}
    return render(request, "portal/answer.html", context, status=400 if error else 200)


def _record(request: HttpRequest, item: BriefItem) -> HttpResponse:
    choices = _choices(item)
    value = request.POST.get("choice", "")
    choice = next((choice for choice in choices if choice.value == value), None)
    if choice is None:
        return _ask(request, item, translation.gettext("Choose one of the answers."))
    try:
        result = answer(item=item, choice=choice, via="mail", actor=item.brief.manager)
    except ValidationError as error:
        return _ask(request, item, " ".join(error.messages))
    context = {
        **_about(item),
        "choices": choices,
        "chosen": choice,
        "told": told(item.report, result.moved),
    }
    return render(request, "portal/answer_thanks.html", context)


def _choices(item: BriefItem) -> list[Choice]:
    return list(item.question.choices.all()) if item.question else []


def _about(item: BriefItem) -> dict[str, object]:
    called = item.report.called
    return {
        "item": item,
        "question": item.question.asked_about(called) if item.question else "",
    }
