"""A person: what a manager reads before they talk."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from time_machine import Traveller

from learning.actions import finish_step, hold_role, intend, pause
from learning.models import Assignment, Observation, Path, RoleHolding
from reinforcement.actions import answer, hold_conversation
from reinforcement.models import Answer, BriefItem
from tenants.companies.models import Company
from tenants.people.models import EmploymentStatus, Person
from tests.portal.cast import Assign, MakePerson, Visit, WriteBrief
from tests.portal.people.cast import See, page_of


def test_ada_reads_what_lee_works_on_and_why(
    visit: Visit, acme: Company, ada: Person, lee: Person, on_path: Assignment, see: See
) -> None:
    see("discovery", 1, date(2026, 5, 3))
    current = on_path.plan_steps.earliest("position")
    intend(plan_step=current, intention="Open with the agenda")
    page = page_of(visit, acme, ada, lee)
    assert "<h1>Lee Tanaka</h1>" in page
    assert "Account Executive" in page
    assert f"What Lee was told: “{on_path.framing}”" in page
    assert current.step.title in page
    assert "Why it is there, as Lee reads it:" in page
    assert "“Open with the agenda”" in page


def test_what_moved_is_of_the_last_four_weeks(
    visit: Visit, acme: Company, ada: Person, lee: Person, assign: Assign, clock: Traveller
) -> None:
    first, second, *_others = assign(lee).plan_steps.order_by("position")
    finish_step(plan_step=first, now=timezone.now() - timedelta(days=29))
    finish_step(plan_step=second, now=timezone.now() - timedelta(days=2))
    moved = part(page_of(visit, acme, ada, lee), "moved")
    assert f"Done: {second.step.title}" in moved
    assert "16 November" in moved
    assert first.step.title not in moved


def test_her_last_answers_are_there_with_their_day(
    visit: Visit, acme: Company, ada: Person, lee: Person, write_brief: WriteBrief
) -> None:
    item = write_brief(ada, lee).items.get()
    say(item, ada, "Froze at the price")
    page = page_of(visit, acme, ada, lee)
    answers = part(page, "answers")
    assert "Have you seen Lee open a call with an agenda this week?" in answers
    assert Answer.objects.get().choice.label in answers
    assert "18 November" in answers
    assert "Froze at the price" not in answers
    assert "Froze at the price" in part(page, "history")


def test_who_leads_her_manager_reads_the_sheet_without_her_notes(
    visit: Visit,
    acme: Company,
    ada: Person,
    lee: Person,
    write_brief: WriteBrief,
    person: MakePerson,
) -> None:
    boss = person("Bea", "Ek")
    Person.objects.filter(pk=ada.pk).update(manager=boss)
    say(write_brief(ada, lee).items.get(), ada, "Froze at the price")
    hold_conversation(manager=ada, report=lee, via="portal", note="Thinks of leaving")
    page = page_of(visit, acme, boss, lee)
    assert "reports to Ada Lindqvist" in page
    for secret in ("Froze at the price", "Thinks of leaving", "You talked with Lee."):
        assert secret not in page
    assert "Ada saw" in page
    assert "Thinks of leaving" in page_of(visit, acme, ada, lee)


def test_a_level_that_her_answer_is_evidence_for_is_told_once(
    visit: Visit, acme: Company, ada: Person, lee: Person, write_brief: WriteBrief
) -> None:
    say(write_brief(ada, lee).items.get(), ada, "")
    history = part(page_of(visit, acme, ada, lee), "history")
    assert "open a call with an agenda" in history
    assert "you saw" not in history


@pytest.mark.parametrize("who", ["lee", "nia", "olive"])
def test_nobody_else_reads_it(
    visit: Visit,
    acme: Company,
    lee: Person,
    nia: Person,
    olive: Person,
    on_path: Assignment,
    who: str,
) -> None:
    reader = {"lee": lee, "nia": nia, "olive": olive}[who]
    assert visit(acme, reader).get(f"/team/people/{lee.uid}/").status_code == 404


def test_a_former_manager_reads_it_no_more_and_the_new_one_does(
    visit: Visit, acme: Company, ada: Person, lee: Person, on_path: Assignment, person: MakePerson
) -> None:
    hold_conversation(manager=ada, report=lee, via="portal", note="Thinks of leaving")
    bo = person("Bo", "Ek")
    Person.objects.filter(pk=lee.pk).update(manager=bo)
    assert visit(acme, ada).get(f"/team/people/{lee.uid}/").status_code == 404
    page = page_of(visit, acme, bo, lee)
    assert on_path.framing in page
    assert "Thinks of leaving" not in page


def test_it_asks_strangers_to_sign_in_and_has_nothing_of_who_left(
    visit: Visit, acme: Company, ada: Person, lee: Person
) -> None:
    address = f"/team/people/{lee.uid}/"
    assert visit(acme).get(address)["Location"] == f"/accounts/login/?next={address}"
    Person.objects.filter(pk=lee.pk).update(employment_status=EmploymentStatus.TERMINATED)
    assert visit(acme, ada).get(address).status_code == 404


def test_without_a_path_and_a_role_it_says_what_to_do(
    visit: Visit, acme: Company, ada: Person, lee: Person, sales_path: Path
) -> None:
    page = page_of(visit, acme, ada, lee)
    assert "Lee is on no path right now." in page
    assert "Lee has no role here yet" in page
    assert "There is something to say here as soon as a path runs." in page
    assert "Nothing moved. Ask what is in the way." in page
    assert "None yet. One question comes with the week." in page
    assert "Nothing yet. What you talk about, see and answer is kept here." in page


def test_a_role_without_skills_says_that_this_is_why(
    visit: Visit, acme: Company, ada: Person, lee: Person, sales_path: Path
) -> None:
    sales_path.role.role_skills.all().delete()
    hold_role(person=lee, role=sales_path.role, source=RoleHolding.Source.HAND)
    assert "The role asks for no skills yet" in page_of(visit, acme, ada, lee)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"employment_status": "prehire", "hired_on": date(2026, 11, 30)},
            "Lee starts on Monday 30 November.",
        ),
        ({"employment_status": "prehire", "hired_on": None}, "Lee has not started yet."),
        ({"employment_status": "leave"}, "Lee is on leave."),
        ({"hired_on": date(2026, 11, 18)}, "It is Lee’s first day."),
        ({"rehired_on": date(2026, 11, 18)}, "It is Lee’s first day."),
    ],
)
def test_it_says_how_somebody_stands(
    visit: Visit,
    acme: Company,
    ada: Person,
    lee: Person,
    on_path: Assignment,
    fields: dict[str, object],
    said: str,
) -> None:
    Person.objects.filter(pk=lee.pk).update(**fields)
    assert said in page_of(visit, acme, ada, lee)


def test_during_leave_the_path_rests_and_there_is_nothing_to_press(
    visit: Visit, acme: Company, ada: Person, lee: Person, on_path: Assignment
) -> None:
    pause(people=[lee.pk], now=timezone.now())
    page = page_of(visit, acme, ada, lee)
    assert "Paused during leave" in page
    assert "Let it go on" not in page
    assert "Pause this path" not in page


def test_who_has_shown_everything_has_no_step_left(
    visit: Visit, acme: Company, ada: Person, lee: Person, on_path: Assignment
) -> None:
    on_path.plan_steps.update(state="set_aside")
    assert "Lee has shown everything on this path" in page_of(visit, acme, ada, lee)


def test_it_costs_the_same_however_much_there_is(
    visit: Visit,
    acme: Company,
    ada: Person,
    lee: Person,
    write_brief: WriteBrief,
    see: See,
    person: MakePerson,
    clock: Traveller,
    django_assert_num_queries,
) -> None:
    say(write_brief(ada, lee).items.get(), ada, "A note")
    client = visit(acme, ada)
    client.get(f"/team/people/{lee.uid}/")
    with django_assert_num_queries(COST):
        client.get(f"/team/people/{lee.uid}/")
    for days in range(1, 9):
        hold_conversation(
            manager=ada,
            report=lee,
            via="portal",
            held_on=date(2026, 11, 18) - timedelta(days=days),
            note=f"Note {days}",
        )
        see("discovery", days % 4, date(2026, 11, 18) - timedelta(days=days))
        person(f"Person{days}", "Ek", manager=ada)
    for plan_step in lee.assignments.get().plan_steps.exclude(state="set_aside")[:4]:
        finish_step(plan_step=plan_step)
    with django_assert_num_queries(COST):
        page = client.get(f"/team/people/{lee.uid}/").text
    assert "Note 8" in page
    assert Observation.objects.filter(person=lee).count() == 9


COST = 36


def part(page: str, name: str) -> str:
    """The section of this name."""
    start = page.index(f'aria-labelledby="{name}"')
    return page[start : page.index("</section>", start)]


def say(item: BriefItem, manager: Person, note: str) -> None:
    """The lowest answer that is evidence for a level."""
    assert item.question is not None
    choice = item.question.choices.exclude(level=None).earliest("level")
    answer(item=item, choice=choice, via="portal", actor=manager, note=note)
