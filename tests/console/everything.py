"""One row of everything that has a page on the admin site."""

from datetime import date, timedelta

from django.contrib.auth.models import Group
from django.utils import timezone

from api.models import ApiToken, Scope, WebhookAttempt, WebhookDelivery, WebhookEndpoint
from learning.actions import assign_path, observe
from learning.framing import Framing
from learning.models import (
    AssignmentRun,
    CalibratedLevel,
    Calibration,
    CalibrationManager,
    CalibrationSkill,
    Observation,
    Outcome,
    Path,
    PathSuggestion,
    Recipient,
    Role,
    Skill,
    Step,
)
from reinforcement.models import Barrier, Brief, Delivery, Prompt, Question, Touchpoint
from tenants.people.models import Department, DirectoryGroup, SyncRun
from tenants.people.single_sign_on.models import LinkedAccount, SignInConnection
from tests.console.cast import MakePerson


def add_rows(numbers: range, *, path: Path, framing: Framing, person: MakePerson) -> None:
    """One more row of everything for each number."""
    now = timezone.now()
    skill = Skill.objects.all()[0]
    for number in numbers:
        department = Department.objects.create(name=f"Department {number}")
        boss = person(f"Boss{number}", "Ek", department=department)
        report = person(f"Bo{number}", "Ek", manager=boss, department=department)
        role = Role.objects.create(slug=f"r{number}", name=f"Role {number}")
        Outcome.objects.create(
            role=role, slug="o", name="Faster", measure="days", direction="lower"
        )
        another = Skill.objects.create(slug=f"s{number}", name=f"Skill {number}")
        more = Path.objects.create(role=role, slug=f"p{number}", name=f"Path {number}")
        Step.objects.create(path=more, slug="s", position=1, title="Read", kind=Step.Kind.READ)
        Prompt.objects.create(text=f"Ask {number}", moment="stuck", skill=another)
        Question.objects.create(slug=f"q{number}", text=f"Seen {number}?", skill=another)
        assign_path(
            path=path,
            people=[report],
            outcome=path.role.outcomes.all()[0],
            framing=framing,
            actor=boss,
        )
        run = AssignmentRun.objects.create(
            path=path,
            outcome=path.role.outcomes.all()[0],
            claim=framing.claim,
            because=framing.because,
            sign=framing.sign,
            starts_on=now.date(),
            sent_by=boss,
            sent_at=now,
            state="done",
            chosen=1,
            had_it=1,
        )
        Recipient.objects.create(run=run, person=report, became="had_it")
        PathSuggestion.objects.create(
            person=report, path=more, suggested_by=boss, because="It helps", suggested_at=now
        )
        observe(
            person=report,
            skill=skill,
            level=1,
            source=Observation.Source.MANAGER,
            observer=boss,
            observed_on=date(2026, 1, 1),
        )
        calibration = Calibration.objects.create(
            role=role, state="closed", opened_by=boss, opened_at=now, ended_by=boss, ended_at=now
        )
        CalibrationManager.objects.create(calibration=calibration, manager=boss, place=0)
        held_as = CalibrationSkill.objects.create(
            calibration=calibration, skill=skill, place=0, required_level=2
        )
        CalibratedLevel.objects.create(
            calibration=calibration,
            person=report,
            skill=skill,
            held_as=held_as,
            level=1,
            seen_on=date(2026, 1, 1),
        )
        brief = Brief.objects.create(
            manager=boss, iso_year=2026, iso_week=1, due_at=now, written_at=now, state="written"
        )
        Delivery.objects.create(
            brief=brief,
            recipient=boss,
            channel="mail",
            next_attempt_at=now,
            message_id=f"<{number}@acme>",
        )
        talk = Touchpoint.objects.create(
            manager=boss, held_by=boss, held_on=now.date(), learned=f"That {number}"
        )
        barrier = Barrier.objects.create(
            manager=boss,
            words=f"Barrier {number}",
            outcome=role.outcomes.get(),
            heard_on=now.date(),
            status_since=now.date(),
            touchpoint=talk,
            looked_after_by=boss,
            check_back_on=now.date(),
        )
        barrier.paths.add(more)
        SyncRun.objects.create(
            source="csv", mode="partial", actor=boss, started_at=now, finished_at=now
        )
        ApiToken.issue(
            name=f"Token {number}",
            scopes=[Scope.PEOPLE_READ],
            expires_at=now + timedelta(days=1),
            created_by=boss,
        )
        hook = WebhookEndpoint.objects.create(
            url=f"https://hooks{number}.example/",
            description=f"HRIS {number}",
            kinds=["first_win"],
            created_by=boss,
            secret="whsec_x",  # of nobody
            feed_epoch=1,
            feed_transaction=0,
            feed_row=0,
        )
        sent = WebhookDelivery.objects.create(
            endpoint=hook,
            record=report.uid,
            kind="first_win",
            body='{"type":"first_win"}',
            state="failed",
            attempts=1,
            next_attempt_at=now,
            created_at=now,
            finished_at=now,
        )
        WebhookAttempt.objects.create(
            delivery=sent, at=now, took_ms=84, status=500, answer="<b>no</b>", error="It said no"
        )
        DirectoryGroup.objects.create(name=f"Directory {number}").members.add(report)
        connection = SignInConnection.objects.create(
            name=f"Provider {number}", protocol="openid_connect", domains=["acme.example"]
        )
        LinkedAccount.objects.create(provider=str(connection.uid), uid=f"u{number}", user=report)
        Group.objects.create(name=f"Group {number}")
