"""Somebody of whom every table knows something."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from api.models import ApiToken, Scope, WebhookEndpoint
from learning.models import (
    Assignment,
    AssignmentDraft,
    AssignmentRule,
    AssignmentRun,
    CalibratedLevel,
    Calibration,
    CalibrationManager,
    CalibrationSkill,
    Observation,
    PathSuggestion,
    Recipient,
    RoleHolding,
    RuleMatch,
    Skill,
)
from reinforcement.actions import open_calendar_feed
from reinforcement.models import (
    Answer,
    Barrier,
    Brief,
    BriefItem,
    ChannelAddress,
    ChannelConnection,
    ChannelPreference,
    Conversation,
    Delivery,
    HeadsUp,
    Prompt,
    Question,
    Reputation,
    Touchpoint,
)
from tenants.people.auditing import record_event
from tenants.people.models import DirectoryGroup, PeopleFile, Person, SyncRun
from tenants.people.single_sign_on.models import LinkedAccount, SignInConnection

AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
DAY = AT.date()
BOSS_NOTE = "Thinks of leaving in spring"
HOOK = "https://hooks.example/a-secret-address"


def sign_in_and_administer(who: Person, mark: str) -> None:
    EmailAddress.objects.create(user=who, email=f"{mark}@private.example")
    DirectoryGroup.objects.create(name=f"{mark} group").members.add(who)
    who.groups.add(Group.objects.create(name=f"{mark} rights"))
    who.user_permissions.add(Permission.objects.all()[0])
    connection = SignInConnection.objects.create(
        name=f"{mark} provider", protocol="saml", tried_by=who, tried_at=AT
    )
    LinkedAccount.objects.create(user=who, provider=str(connection.uid), uid=f"{mark} there")
    SyncRun.objects.create(source="api", origin=mark, mode="partial", actor=who)
    PeopleFile.objects.create(name=f"{mark}.csv", uploaded_by=who)
    record_event(action="export", about=who, words=f"{mark} exported", actor=who)
    LogEntry.objects.create(
        user=who,
        action_flag=1,
        content_type=ContentType.objects.get_for_model(Person),
        object_repr=mark,
    )
    ApiToken.issue(
        name=mark, scopes=[Scope.PEOPLE_READ], expires_at=AT + timedelta(days=90), created_by=who
    )
    WebhookEndpoint.objects.create(
        url=f"https://{mark}.example/",
        description=mark,
        created_by=who,
        secret=f"whsec_{mark} secret",
        feed_epoch=1,
        feed_transaction=0,
        feed_row=0,
    )


def learn(who: Person, boss: Person, assignment: Assignment, mark: str) -> None:
    path, outcome = assignment.path, assignment.outcome
    RoleHolding.objects.create(person=who, role=path.role, starts_on=DAY)
    assignment.plan_steps.update(intention=f"{mark} intention")
    Observation.objects.create(
        person=who,
        skill=Skill.objects.all()[0],
        level=1,
        source="manager",
        observer=boss,
        observed_on=DAY,
        context=f"{mark} context",
    )
    PathSuggestion.objects.create(
        person=who, path=path, suggested_by=boss, because=f"{mark} because", suggested_at=AT
    )
    rule = AssignmentRule.objects.create(
        name=f"{mark} rule",
        path=path,
        outcome=outcome,
        claim="a",
        because="b",
        sign="c",
        created_by=who,
    )
    role = assignment.path.role
    calibration = Calibration.objects.create(
        role=role, state="closed", opened_by=who, opened_at=AT, ended_by=who, ended_at=AT
    )
    CalibrationManager.objects.create(calibration=calibration, manager=who, place=0, done_at=AT)
    skill = role.role_skills.all()[0].skill
    held_as = CalibrationSkill.objects.create(
        calibration=calibration, skill=skill, place=0, required_level=2
    )
    CalibratedLevel.objects.create(
        calibration=calibration, person=who, skill=skill, held_as=held_as, level=1, seen_on=DAY
    )
    RuleMatch.objects.create(rule=rule, person=who, matched_at=AT)
    run = AssignmentRun.objects.create(
        path=path,
        outcome=outcome,
        claim="a",
        because="b",
        sign="c",
        starts_on=DAY,
        sent_by=who,
        sent_at=AT,
        chosen=1,
    )
    Recipient.objects.create(run=run, person=who)
    AssignmentDraft.objects.create(owner=who, path=path, created_at=AT, changed_at=AT)


def brief_of(manager: Person, report: Person, assignment: Assignment, note: str) -> Brief:
    """A week about one report, answered with a note, and a talk with one."""
    week = Brief.objects.filter(manager=manager).count() + 1
    brief = Brief.objects.create(
        manager=manager,
        iso_year=2026,
        iso_week=week,
        due_at=AT + timedelta(days=week),
        written_at=AT,
        state="written",
        also=[report.pk],
    )
    question = Question.objects.all()[0]
    item = BriefItem.objects.create(
        brief=brief,
        report=report,
        assignment=assignment,
        plan_step=assignment.plan_steps.all()[0],
        position=0,
        why="stuck",
        moment="stuck",
        moved=["A step"],
        prompt=Prompt.objects.all()[0],
        question=question,
    )
    choice = question.choices.all()[0]
    Answer.objects.create(item=item, choice=choice, via="mail", answered_at=AT, note=note)
    Conversation.objects.create(
        manager=manager, report=report, held_on=DAY + timedelta(days=week), via="mail", note=note
    )
    return brief


def lead(who: Person, boss: Person, assignment: Assignment, mark: str, report: Person) -> None:
    brief = brief_of(who, report, assignment, f"{mark} own note")
    talk = Touchpoint.objects.create(
        manager=who, held_by=boss, held_on=DAY, learned=f"{mark} learned"
    )
    barrier = Barrier.objects.create(
        manager=who,
        words=f"{mark} words",
        heard_on=DAY,
        status_since=DAY,
        touchpoint=talk,
        outcome=assignment.outcome,
    )
    barrier.paths.add(assignment.path)
    Delivery.objects.create(
        brief=brief,
        recipient=who,
        channel="mail",
        state="sent",
        sent_at=AT,
        next_attempt_at=AT,
        message_id=f"<{mark}@acme>",
    )


def reach(who: Person, boss: Person, mark: str, chat: str) -> None:
    ChannelPreference.objects.create(person=who, channel="mail", day=2, hour=8)
    ChannelAddress.objects.create(person=who, channel="teams", address=HOOK)
    ChannelAddress.objects.create(person=who, channel="mail", address=f"{mark}@mail.example")
    ChannelConnection.objects.create(
        channel=chat,
        workspace=f"{mark} workspace",
        token="a-secret-token",
        signing_secret="a-secret-key",
        connected_by=who,
        connected_at=AT,
    )
    HeadsUp.objects.create(
        person=who, manager=boss, iso_year=2026, iso_week=3, brief_due_at=AT, written_at=AT
    )
    Reputation.objects.create(
        person=who, hired_on=date(2026, 10, 1), day=14, asked_at=AT, answer=3, answered_at=AT
    )
    open_calendar_feed(person=who)


def know_everything(
    who: Person,
    boss: Person,
    *,
    assign: Callable[[Person], Assignment],
    person: Callable[..., Person],
    mark: str,
    chat: str,
) -> None:
    """`mark` stands in whatever is written about `who`, or by them."""
    assignment = assign(who)
    sign_in_and_administer(who, mark)
    learn(who, boss, assignment, mark)
    brief_of(boss, who, assignment, BOSS_NOTE)
    lead(who, boss, assignment, mark, person(f"{mark}report", "Ek", manager=who))
    reach(who, boss, mark, chat)
