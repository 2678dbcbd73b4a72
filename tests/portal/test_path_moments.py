"""What My path says on a first day, when nothing moves, when a first win is late, and at rest."""

from datetime import timedelta

from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from time_machine import Traveller

from learning.actions import finish_step, pause, pause_assignment, start_step
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.portal.cast import Assign, Visit


def page_of(visit: Visit, acme: Company, person: Person) -> str:
    return str(visit(acme, person).get("/path/").text)


def test_a_first_day_asks_for_one_step_until_one_is_begun(
    visit: Visit, acme: Company, nia: Person, assign: Assign
) -> None:
    assignment = assign(nia)
    assert "One step is enough for today" in page_of(visit, acme, nia)
    start_step(plan_step=assignment.plan_steps.earliest("position"))
    assert "One step is enough for today" not in page_of(visit, acme, nia)


def test_a_path_that_starts_later_says_when(
    visit: Visit, acme: Company, lee: Person, assign: Assign
) -> None:
    assignment = assign(lee)
    assignment.starts_on += timedelta(days=5)
    assignment.save()
    assert "This path starts on Monday 23 November." in page_of(visit, acme, lee)


def test_after_ten_days_without_a_move_it_names_whom_to_tell(
    visit: Visit, acme: Company, lee: Person, assign: Assign, clock: Traveller
) -> None:
    assign(lee)
    clock.shift(timedelta(days=10) - timedelta(seconds=1))
    assert "Stuck?" not in page_of(visit, acme, lee)
    clock.shift(timedelta(seconds=1))
    page = page_of(visit, acme, lee)
    assert "Nothing has moved here for 10 days. Stuck? Say so to Ada" in page
    lee.manager = None
    lee.save()
    assert "Say so to whoever leads learning at Acme." in page_of(visit, acme, lee)


def test_a_late_first_win_is_no_reproach_and_leads_to_the_next_quick_win(
    visit: Visit, acme: Company, nia: Person, assign: Assign, clock: Traveller
) -> None:
    assignment = assign(nia)
    slow = assignment.plan_steps.filter(quick_win=False).latest("position")
    clock.shift(timedelta(days=11))
    finish_step(plan_step=slow)
    page = page_of(visit, acme, nia)
    win = assignment.plan_steps.filter(quick_win=True).earliest("position")
    assert "The two weeks for a first win have passed, and that happens." in page
    assert f'<a href="/path/{win.uid}/">{win.step.title}</a>' in page
    finish_step(plan_step=win)
    assert "have passed" not in page_of(visit, acme, nia)


def test_a_path_at_rest_says_why(
    visit: Visit, acme: Company, lee: Person, nia: Person, assign: Assign
) -> None:
    assign(lee)
    pause(people=[lee.pk], now=timezone.now())
    assert "It rests while you are away" in page_of(visit, acme, lee)
    pause_assignment(assignment=assign(nia))
    page = page_of(visit, acme, nia)
    assert "It rests since 18 November." in page
    assert "One step is enough" not in page


def test_a_completed_path_keeps_its_steps_to_read_again(
    visit: Visit, acme: Company, lee: Person, assign: Assign
) -> None:
    assignment = assign(lee)
    for plan_step in assignment.plan_steps.all():
        finish_step(plan_step=plan_step)
    page = page_of(visit, acme, lee)
    assert page.count("Done on 18 November.") == 14
    assert assignment.framing in page


def test_a_path_costs_the_same_whatever_its_moment_but_for_the_managers_name(
    visit: Visit,
    acme: Company,
    lee: Person,
    assign: Assign,
    clock: Traveller,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    assign(lee)
    client = visit(acme, lee)
    client.get("/path/")
    with django_assert_num_queries(7):
        client.get("/path/")
    clock.shift(timedelta(days=10))
    with django_assert_num_queries(8):
        client.get("/path/")
