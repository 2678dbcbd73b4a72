"""This week: whom a manager talks with, about what, and one question each."""

from dataclasses import dataclass, replace
from typing import Any, Self
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_htmx.http import reswap, retarget

from learning.reports import calibrations_waiting_for
from portal.requests import SignedIn, signed_in
from reinforcement.models import BriefItem
from reinforcement.reports import ThisWeek, also_in, this_week

PROMPT, ANSWER, TALK = "prompt", "answer", "talk"  # the parts of a card
DONE, OPEN = "done", "open"  # how a week stands


@dataclass(frozen=True)
class Said:
    """What a press did, told at that part of its card; `aloud` is for those who do not see it."""

    part: str
    about: UUID
    words: str
    aloud: str = ""

    @property
    def place(self) -> str:
        return f"{self.part}-{self.about}"

    @classmethod
    def before(cls, request: HttpRequest) -> Self | None:
        """What the press told that led here."""
        for message in messages.get_messages(request):
            part, _, about = (message.extra_tags or "").partition("-")
            if about:
                return cls(part, UUID(about), message.message)
        return None


@dataclass(frozen=True)
class Refused(Said):
    """Why nothing was recorded; the `note` that was typed, and whether that was the reason."""

    note: str | None = None
    at_note: bool = False
    takes_note_along: bool = False
    """Whether what was asked for would have deleted a note, so it is asked once more."""


@require_safe
@never_cache
@signed_in
def week(request: SignedIn) -> HttpResponse:
    """Thirteen queries at most, however many people."""
    return page(request, said=Said.before(request))


def page(
    request: SignedIn,
    *,
    said: Said | None = None,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    now_this = this_week(request.user, now=timezone.now())
    unfolded = refused.about if refused else None
    context = _context(now_this, said, refused, unfolded)
    context["calibrations"] = calibrations_waiting_for(request.user)
    return render(request, "portal/week.html", context, status=status)


def card(
    request: SignedIn,
    item: BriefItem,
    *,
    said: Said | None = None,
    refused: Refused | None = None,
    lost: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The item's card and the heading, for htmx; the whole week where it is done by this, or not
    done any more. `lost` is what to say in the place of a card that is not there.
    """
    now_this = this_week(request.user, now=timezone.now(), also=False)
    turned = not lost and request.POST.get("stood", OPEN) != (DONE if now_this.done else OPEN)
    if turned and now_this.brief:
        now_this = replace(now_this, also=also_in(now_this.brief))
    context = _context(now_this, said, refused, None if turned and now_this.done else item.uid)
    context |= {"card": now_this.card_of(item), "turned": turned, "swapped": True, "lost": lost}
    response = render(request, "portal/parts/week_swap.html", context, status=status)
    return reswap(retarget(response, "#week"), "outerHTML") if turned else response


def _context(
    now_this: ThisWeek, said: Said | None, refused: Refused | None, unfolded: UUID | None
) -> dict[str, Any]:
    """`unfolded` is the uid of the card that is open also where the week is done."""
    return {
        "week": now_this,
        "stands": DONE if now_this.done else OPEN,
        "now": timezone.now(),
        "today": timezone.localdate(),
        "said": said,
        "said_on_top": bool(said and said.words and now_this.done and not unfolded),
        "refused": refused,
        "unfolded": unfolded,
    }
