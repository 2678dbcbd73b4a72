"""Where Slack tells us that somebody pressed a button of ours."""

from collections.abc import Callable

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal.changes import told
from reinforcement.actions import answer, hold_conversation
from reinforcement.channels.slack import tasks
from reinforcement.channels.slack.channel import signing_secret
from reinforcement.channels.slack.members import SLACK, member_of
from reinforcement.channels.slack.mrkdwn import escaped
from reinforcement.channels.slack.presses import NotOurs, Press, is_signed
from reinforcement.links import LIFE
from reinforcement.models import BriefItem
from reinforcement.reports import talk_about
from tenants.people.readers import written_for

REMEMBERED = 660  # seconds; a signature is good for five minutes before and after its moment
LONGEST = 1000  # characters of what we say to one press


@csrf_exempt  # the signature is the authority, and no cookie counts
@require_POST
def slack_actions(request: HttpRequest) -> HttpResponse:
    """Records what was pressed, and answers at once: Slack waits three seconds, a company's Slack
    may be slow. What it shows then is written by a task. A request that comes twice counts once.
    """
    if not is_signed(request.body, request.headers, signing_secret()):
        return HttpResponse(status=401)
    try:
        press = Press.read(request.POST.get("payload", ""))
    except NotOurs:  # such as the button that only opens the portal
        return HttpResponse()
    if cache.add(f"slack.{request.headers['X-Slack-Signature']}", True, REMEMBERED):
        _take(press)
    return HttpResponse()


slack_actions.sessionless = True  # type: ignore[attr-defined]  # see ReaderMiddleware


def _take(press: Press) -> None:
    item = (
        BriefItem.objects.select_related("brief__manager", "report", "question__skill")
        .filter(uid=press.item)
        .first()
    )
    if item is None or not _is_manager(item, press.user):
        _say(press, _("Nothing was recorded: this was not written to you, or is no longer there."))
        return
    manager = item.brief.manager
    with written_for(manager):
        try:
            said = _write(item, press)
        except ValidationError as error:
            said = " ".join(error.messages)
        if said:
            _say(press, said)
    brief = item.brief_id
    _afterwards(lambda: tasks.refresh.delay(brief, press.channel, press.ts))


def _is_manager(item: BriefItem, user: str) -> bool:
    manager = item.brief.manager
    return manager.is_active and bool(user) and user == member_of(manager)


def _write(item: BriefItem, press: Press) -> str:
    """What there is to say about it. Raises `ValidationError` where it is not to be recorded."""
    if press.answer:
        choice = item.question and item.question.choices.filter(value=press.answer).first()
        if not choice:
            raise ValidationError(_("The question has changed meanwhile: look at it again."))
        result = answer(item=item, choice=choice, via=SLACK, actor=item.brief.manager)
        return told(item.report, result.moved) if result.moved else ""
    if timezone.now() > item.brief.due_at + LIFE:
        raise ValidationError(
            _("These buttons were good for %(days)s days: press those of a newer message.")
            % {"days": LIFE.days}
        )
    if not talk_about(item):
        hold_conversation(manager=item.brief.manager, report=item.report, item=item, via=SLACK)
    return ""


def _say(press: Press, words: str) -> None:
    """To whoever pressed, where they pressed."""
    text = escaped(words, LONGEST)
    _afterwards(lambda: tasks.whisper.delay(press.channel, press.user, text))


def _afterwards(work: Callable[[], object]) -> None:
    """A queue that is down must not undo what was recorded."""
    transaction.on_commit(work, robust=True)
