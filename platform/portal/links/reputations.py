"""One question to new hires about their onboarding: by a link in a mail, or on their own page."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.links.bearer import link_page
from portal.requests import SignedIn, signed_in
from reinforcement.actions import answer_reputation
from reinforcement.models import Reputation
from reinforcement.reputation_links import read_reputation_token
from reinforcement.reputations import QUESTION, WHO_SEES
from tenants.people.readers import written_for


@link_page("portal/reputation/dead.html")
def reputation_page(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the answer that was tapped; only POST records it (mail scanners follow links)."""
    reputation = read_reputation_token(token, now=timezone.now())
    with written_for(reputation.person):
        if request.method == "POST":
            return _record(request, reputation)
        return _ask(request, reputation, tapped=_number(request.GET.get("answer", "")))


@require_POST
@signed_in
def answer_own(request: SignedIn, uid: UUID) -> HttpResponse:
    """The reader's own question; anybody else's is 404."""
    mine = Reputation.objects.filter(person=request.user)
    reputation = get_object_or_404(mine, uid=uid)
    try:
        answer_reputation(reputation=reputation, answer=_number(request.POST.get("answer", "")))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Thank you. Your answer is noted."))
    return redirect("my_path")


def _ask(
    request: HttpRequest, reputation: Reputation, *, tapped: int = 0, error: str = ""
) -> HttpResponse:
    context = {**about(reputation), "chosen": tapped or reputation.answer, "error": error}
    return render(request, "portal/reputation/ask.html", context, status=400 if error else 200)


def _record(request: HttpRequest, reputation: Reputation) -> HttpResponse:
    said = _number(request.POST.get("answer", ""))
    try:
        answered = answer_reputation(reputation=reputation, answer=said)
    except ValidationError as error:
        return _ask(request, reputation, tapped=said, error=" ".join(error.messages))
    context = {**about(answered), "chosen": answered.answer}
    return render(request, "portal/reputation/thanks.html", context)


def about(reputation: Reputation) -> dict[str, object]:
    """What the question is shown with, wherever it is."""
    return {
        "reputation": reputation,
        "question": QUESTION,
        "who_sees": WHO_SEES,
        "answers": sorted(Reputation.Answer, reverse=True),
    }


def _number(text: str) -> int:
    """The answer somebody sent, 0 where it is no number at all."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 3 else 0
