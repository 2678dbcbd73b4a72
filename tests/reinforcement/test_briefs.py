"""A manager's week is written once, when it is due."""

from datetime import timedelta

import pytest
from time_machine import Traveller

from learning.actions import finish_step
from reinforcement import facts
from reinforcement.actions import briefs, write_due_briefs
from reinforcement.models import Brief, BriefItem, Delivery, Prompt
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.reinforcement.cast import DUE, Assign, MakePerson

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)


def weeks(manager: Person) -> list[tuple[int, int, str, str]]:
    """Every week decided for a manager: ISO year and week, state and reason."""
    found = Brief.objects.filter(manager=manager).order_by("iso_year", "iso_week")
    return list(found.values_list("iso_year", "iso_week", "state", "reason"))


def test_a_week_is_written_at_its_moment_not_a_second_earlier(
    assign: Assign, ada: Person, lee: Person
) -> None:
    assign(lee)
    assert write_due_briefs(now=DUE - timedelta(seconds=1)) == []
    [brief] = write_due_briefs(now=DUE)
    assert (brief.manager, brief.due_at, brief.written_at) == (ada, DUE, DUE)
    assert weeks(ada) == [(2026, 47, "written", "")]


def test_an_item_says_whom_on_what_why_and_what_to_say_and_ask(brief: Brief, lee: Person) -> None:
    item = brief.items.get()
    assert (item.report, item.why, item.moment) == (lee, "starts", "starting")
    assert item.assignment == lee.assignments.get()
    assert item.plan_step is not None
    assert item.prompt is not None
    assert item.question is not None
    assert item.plan_step.step.slug == "three-question-opener"
    assert (item.prompt.skill, item.prompt.moment) == (item.question.skill, "starting")


def test_what_moved_since_last_week_is_in_it(
    assign: Assign, monday: Traveller, ada: Person, lee: Person
) -> None:
    assignment = assign(lee)
    write_due_briefs(now=DUE)
    monday.shift(2 * DAY)
    done = finish_step(plan_step=assignment.plan_steps.get(position=0))
    monday.move_to(DUE + WEEK)
    [second] = write_due_briefs(now=DUE + WEEK)
    item = second.items.get()
    assert (item.moved, item.why, item.moment) == ([done.step.title], "finished", "first_win")


def test_calling_again_writes_nothing_more(brief: Brief, ada: Person) -> None:
    for later in (timedelta(0), HOUR, 23 * HOUR, 3 * DAY):
        assert write_due_briefs(now=DUE + later) == []
    assert (Brief.objects.count(), BriefItem.objects.count(), Delivery.objects.count()) == (1, 1, 1)


def test_another_scheduler_that_was_faster_leaves_one_brief(
    assign: Assign, ada: Person, lee: Person, nia: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assign(lee)
    Person.objects.filter(pk=nia.pk).update(manager=lee)  # so that this call writes one too
    assign(nia)

    def gather_slowly(*args, **options):
        week = {"iso_year": 2026, "iso_week": 47, "due_at": DUE, "written_at": DUE}
        Brief.objects.create(manager=ada, state=Brief.State.WRITTEN, **week)
        return facts.gather(*args, **options)

    monkeypatch.setattr(briefs, "gather", gather_slowly)
    [ours] = write_due_briefs(now=DUE)
    assert ours.manager == lee
    assert Brief.objects.count() == 2
    assert BriefItem.objects.get().brief == Delivery.objects.get().brief == ours


def test_each_manager_gets_it_at_nine_on_their_own_clock(
    assign: Assign, ada: Person, lee: Person, person: MakePerson
) -> None:
    assign(lee)
    kea = person("Kea", "Reid", time_zone="Pacific/Auckland")
    joe = person("Joe", "Cruz", time_zone="America/New_York")
    for manager in (kea, joe):
        assign(person("Cy", manager.family_name, manager=manager))
    second = timedelta(seconds=1)
    for manager, moment in ((kea, DUE - 12 * HOUR), (ada, DUE), (joe, DUE + 6 * HOUR)):
        assert write_due_briefs(now=moment - second) == []
        assert [brief.manager for brief in write_due_briefs(now=moment)] == [manager]


def test_a_manager_who_moves_to_another_zone_gets_no_second_brief_that_week(
    brief: Brief, ada: Person
) -> None:
    Person.objects.filter(pk=ada.pk).update(time_zone="America/New_York")
    assert write_due_briefs(now=DUE + 7 * HOUR) == []


def test_week_53_is_a_week_of_its_own(assign: Assign, ada: Person, lee: Person) -> None:
    assign(lee)
    for number in range(6, 8):
        write_due_briefs(now=DUE + number * WEEK)
    assert [(year, week) for year, week, _, _ in weeks(ada)][-2:] == [(2026, 53), (2027, 1)]


@pytest.mark.parametrize("status", ["leave", "terminated", "prehire"])
def test_nobody_to_talk_about_is_no_message(
    assign: Assign, ada: Person, lee: Person, status: str
) -> None:
    assign(lee)
    Person.objects.filter(pk=lee.pk).update(employment_status=status)
    assert write_due_briefs(now=DUE) == []
    assert weeks(ada) == [(2026, 47, "skipped", "nobody")]
    assert not Delivery.objects.exists()


def test_a_manager_on_leave_is_skipped_with_the_reason(
    assign: Assign, ada: Person, lee: Person
) -> None:
    assign(lee)
    Person.objects.filter(pk=ada.pk).update(employment_status="leave")
    assert write_due_briefs(now=DUE) == []
    assert weeks(ada) == [(2026, 47, "skipped", "leave")]
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("status", ["terminated", "prehire"])
def test_who_does_not_work_here_now_has_no_week(
    assign: Assign, ada: Person, lee: Person, status: str
) -> None:
    assign(lee)
    Person.objects.filter(pk=ada.pk).update(employment_status=status)
    assert write_due_briefs(now=DUE) == []
    assert weeks(ada) == []


def been_here_for(days: int) -> None:
    since = DUE - timedelta(days=days)
    Person.objects.update(created_at=since, updated_at=since)


def test_six_hours_late_is_caught_up_and_a_day_late_is_missed(
    assign: Assign, ada: Person, lee: Person
) -> None:
    assign(lee)
    been_here_for(days=1)
    [caught_up] = write_due_briefs(now=DUE + 6 * HOUR)
    assert (caught_up.due_at, caught_up.written_at) == (DUE, DUE + 6 * HOUR)
    assert write_due_briefs(now=DUE + WEEK + DAY) == []
    assert weeks(ada) == [(2026, 47, "written", ""), (2026, 48, "missed", "late")]
    assert Delivery.objects.count() == 1


def test_no_week_is_missed_by_who_was_not_here_yet(
    assign: Assign, ada: Person, lee: Person
) -> None:
    assign(lee)
    Person.objects.update(created_at=DUE + HOUR, updated_at=DUE + HOUR)
    assert write_due_briefs(now=DUE + 2 * DAY) == []
    assert weeks(ada) == []


def test_no_week_is_missed_by_who_did_not_lead_yet(
    assign: Assign, ada: Person, lee: Person
) -> None:
    assign(lee)
    been_here_for(days=300)
    Person.objects.filter(pk=lee.pk).update(updated_at=DUE + HOUR)  # became Ada's report
    assert write_due_briefs(now=DUE + 2 * DAY) == []
    assert weeks(ada) == []


@pytest.mark.parametrize(("size", "featured"), [(5, 5), (2, 2), (9, 5)])
def test_at_most_five_are_featured_and_the_rest_are_named(
    assign: Assign, acme: Company, ada: Person, person: MakePerson, size: int, featured: int
) -> None:
    acme.brief_size = size
    team = [person("Cy", f"Oh{n}", manager=ada) for n in range(7)]
    for report in team:
        assign(report)
    [brief] = write_due_briefs(now=DUE)
    assert list(brief.items.values_list("position", flat=True)) == list(range(featured))
    said = set(brief.items.values_list("report_id", flat=True)) | set(brief.also)
    assert (len(brief.also), said) == (7 - featured, {report.pk for report in team})
    assert 1 <= brief.minutes <= 6
    prompts = list(brief.items.values_list("prompt_id", flat=True))
    assert len(set(prompts)) == featured  # no two people hear the same sentence


def test_the_brief_and_its_delivery_commit_together_or_not_at_all(
    assign: Assign, ada: Person, lee: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assign(lee)

    def fail(*_: object, **__: object) -> None:
        raise ConnectionError("the database went away")

    monkeypatch.setattr(briefs, "put_in_outbox", fail)
    with pytest.raises(ConnectionError):
        write_due_briefs(now=DUE)
    assert not Brief.objects.exists()
    monkeypatch.undo()
    [brief] = write_due_briefs(now=DUE + HOUR)
    assert Delivery.objects.get().brief == brief


def test_a_manager_without_an_address_has_a_week_on_the_portal_but_no_mail(
    assign: Assign, ada: Person, lee: Person
) -> None:
    assign(lee)
    Person.objects.filter(pk=ada.pk).update(email=None)
    [brief] = write_due_briefs(now=DUE)
    assert brief.items.count() == 1
    assert Delivery.objects.get().channel == "portal"


def test_two_people_hear_the_same_where_there_is_no_other_prompt(
    assign: Assign, lee: Person, nia: Person
) -> None:
    for report in (lee, nia):
        assign(report)
    only = Prompt.objects.filter(skill=None, outcome=None, role=None).first()
    assert only is not None
    Prompt.objects.exclude(pk=only.pk).update(active=False)
    [brief] = write_due_briefs(now=DUE)
    assert [item.prompt for item in brief.items.all()] == [only, only]
