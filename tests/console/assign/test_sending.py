"""The last step, the run that comes of it, and taking it back."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning import tasks
from learning.actions import giving, start_step, taking_back
from learning.models import Assignment, AssignmentDraft, AssignmentRun, Path
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import NOW
from tests.console.assign.cast import START, Wizard
from tests.console.cast import MakePerson, Visit

RUNS = "/admin/learning/assignmentrun/"


@pytest.fixture
def ready(wizard: Wizard, lee: Person, nia: Person) -> Wizard:
    """Lee and Nia are chosen, and the framing is settled."""
    wizard.choose(lee, nia)
    wizard.frame()
    wizard.press("plans", "next")
    return wizard


def page_of(run: AssignmentRun) -> str:
    return f"{RUNS}{run.pk}/change/"


def change(ready: Wizard, name: str) -> Any:
    run = AssignmentRun.objects.get()
    return ready.client.post(f"{RUNS}{run.pk}/standing/", {"change": name}, follow=True)


def test_it_says_once_more_what_will_happen_and_does_it(ready: Wizard) -> None:
    shown = ready.look("assign")
    assert "2 people get “From first call to signature”" in shown.text
    assert "This helps you close deals faster, because two of your demos ended" in shown.text
    done = ready.assign()
    run = AssignmentRun.objects.get()
    assert done.redirect_chain[-1][0] == page_of(run)
    assert "is given to 2 people" in done.text
    assert {a.person.given_name for a in Assignment.objects.all()} == {"Lee", "Nia"}
    assert not AssignmentDraft.objects.exists()


def test_pages_of_what_was_sent_off_lead_to_its_run_and_give_nothing_twice(ready: Wizard) -> None:
    seen = ready.look("assign").context["seen"]
    ready.assign()
    run = AssignmentRun.objects.get()
    for step in ("people", "framing", "plans", "assign"):
        assert ready.look(step).url == page_of(run)
    again = ready.press("assign", "assign", seen=seen)
    assert again.redirect_chain[-1][0] == page_of(run)
    assert Assignment.objects.count() == 2


def test_what_changed_meanwhile_is_said_before_anything_is_given(
    ready: Wizard, lee: Person, assign: Any
) -> None:
    seen = ready.look("assign").context["seen"]
    assign(lee)
    told = ready.press("assign", "assign", seen=seen)
    assert "Something changed since you looked" in told.text
    assert "Left out, because they are on this path already:" in told.text
    assert told.context["on_it"]["names"] == "Lee Tanaka"
    assert Assignment.objects.count() == 1
    ready.assign()
    assert Assignment.objects.count() == 2
    assert "1 person had it already." in ready.client.get(page_of(AssignmentRun.objects.get())).text


def test_who_left_is_named_and_left_out(ready: Wizard, lee: Person) -> None:
    Person.objects.filter(pk=lee.pk).update(employment_status="terminated")
    shown = ready.look("assign")
    assert shown.context["gone"]["names"] == "Lee Tanaka"
    assert "Assign to 1 person" in shown.text


def test_a_path_that_was_unpublished_says_so_in_place_of_the_button(
    ready: Wizard, sales_path: Path
) -> None:
    Path.objects.filter(pk=sales_path.pk).update(status="archived")
    shown = ready.look("assign")
    assert "is archived now: publish it again, or choose another" in shown.text
    assert "Assign to" not in shown.text
    told = ready.press("assign", "assign", seen=shown.context["seen"])
    assert "publish it before assigning it" in told.text
    assert not Assignment.objects.exists()
    assert ready.chosen() == {"Lee", "Nia"}


def test_many_are_given_it_in_the_background_with_progress(
    ready: Wizard, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(giving, "AT_ONCE", 1)
    monkeypatch.setattr(giving, "A_STRIDE", 1)
    asked: list[str] = []
    monkeypatch.setattr(tasks.give_run, "delay", asked.append)
    with django_capture_on_commit_callbacks(execute=True):
        waits = ready.assign()
    run = AssignmentRun.objects.get()
    assert "It waits for its turn." in waits.text
    assert "Take it back" not in waits.text
    giving._give_some(run, run.sent_at, at_most=1)
    shown = ready.client.get(page_of(run)).text
    assert 'value="1" max="2"' in shown
    assert "1 of 2 people." in shown
    tasks.give_run(*asked)
    assert "was given to 2 people" in ready.client.get(page_of(run)).text


def test_taking_it_back_says_how_many_have_begun_and_can_be_undone(ready: Wizard) -> None:
    ready.assign()
    run = AssignmentRun.objects.get()
    assert "Nobody has begun yet." in ready.client.get(page_of(run)).text
    begun = Assignment.objects.all()[0]
    start_step(plan_step=begun.plan_steps.order_by("position")[0])
    shown = ready.client.get(page_of(run)).text
    assert "Take back: withdraw 2 assignments" in shown
    assert "1 person has begun already; what they did is kept." in shown
    assert "Taken back: 2 paths." in change(ready, "take_back").text
    assert set(Assignment.objects.values_list("status", flat=True)) == {"withdrawn"}
    told = change(ready, "give_back").text
    assert "Given back: 2 paths. It stands where it stood." in told
    assert set(Assignment.objects.values_list("status", flat=True)) == {"assigned", "in_progress"}


def test_who_cannot_be_given_it_back_is_named(ready: Wizard, lee: Person, assign: Any) -> None:
    ready.assign()
    change(ready, "take_back")
    assign(lee)
    told = change(ready, "give_back").text
    assert "Given back: 1 path." in told
    assert "Not given back, having left or having the path open again: Lee Tanaka." in told


def test_many_are_taken_back_and_given_back_in_the_background_with_progress(
    ready: Wizard, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    ready.assign()
    run = AssignmentRun.objects.get()
    monkeypatch.setattr(taking_back, "AT_ONCE", 1)
    asked: list[str] = []
    monkeypatch.setattr(tasks.undo_run, "delay", asked.append)
    for way, doing, said in (
        ("take_back", "Taking “From first call to signature” back …", "Taken back on"),
        ("give_back", "Giving “From first call to signature” back …", "was given to 2 people"),
    ):
        with django_capture_on_commit_callbacks(execute=True):
            waits = change(ready, way).text
        assert doing in waits
        assert 'value="0" max="2"' in waits
        assert 'value="take_back"' not in waits
        assert 'value="give_back"' not in waits
        run.refresh_from_db()
        taking_back._undo_some(run, run.sent_at, at_most=1)
        assert "1 of 2 people." in ready.client.get(page_of(run)).text
        tasks.undo_run(asked[-1])
        assert said in ready.client.get(page_of(run)).text
    assert set(Assignment.objects.values_list("status", flat=True)) == {"assigned"}


@pytest.mark.parametrize(
    ("state", "said"), [("undoing", "2 are still open"), ("returns", "2 of 2")]
)
def test_what_stopped_on_its_way_back_says_so_and_can_go_on(
    ready: Wizard, monkeypatch: Any, django_capture_on_commit_callbacks: Any, state: str, said: str
) -> None:
    ready.assign()
    AssignmentRun.objects.update(state=state, undone_at=NOW, detail="Something went wrong.")
    shown = ready.client.get(page_of(AssignmentRun.objects.get())).text
    for told in (said, "Something went wrong.", 'value="try_again"'):
        assert told in shown
    assert 'id="progress"' not in shown
    monkeypatch.setattr(tasks.undo_run, "delay", tasks.undo_run)
    with django_capture_on_commit_callbacks(execute=True):
        change(ready, "try_again")
    assert AssignmentRun.objects.get().state == ("undone" if state == "undoing" else "done")


def test_a_run_that_came_no_further_says_why_and_can_go_on(
    ready: Wizard, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    ready.assign()
    AssignmentRun.objects.update(state="failed", detail="The path is archived.", chosen=3)
    run = AssignmentRun.objects.get()
    shown = ready.client.get(page_of(run)).text
    assert "It came to 2 of 3 people." in shown
    assert "The path is archived." in shown
    monkeypatch.setattr(tasks.give_run, "delay", tasks.give_run)
    with django_capture_on_commit_callbacks(execute=True):
        change(ready, "try_again")
    run.refresh_from_db()
    assert run.state == "done"


def test_who_may_give_sees_runs_and_only_who_may_change_takes_them_back(
    ready: Wizard, acme: Company, visit: Visit, person: MakePerson
) -> None:
    ready.assign()
    run = AssignmentRun.objects.get()
    giver = person("Gil", "Ek", is_staff=True)
    client = visit(acme, giver)
    assert client.get(page_of(run)).status_code == 403
    assert client.post(f"{RUNS}{run.pk}/standing/", {"change": "take_back"}).status_code == 403
    giver.user_permissions.add(Permission.objects.get(codename="add_assignment"))
    client = visit(acme, Person.objects.get(pk=giver.pk))
    assert client.get(RUNS).status_code == 200
    assert "Take it back" not in client.get(page_of(run)).text
    assert client.post(f"{RUNS}{run.pk}/standing/", {"change": "take_back"}).status_code == 403
    assert client.post(page_of(run), {"claim": "x"}).status_code == 403
    assert client.get(f"{RUNS}add/").status_code == 403
    assert client.get(START).status_code == 200


def test_an_unknown_change_is_refused(ready: Wizard) -> None:
    ready.assign()
    run = AssignmentRun.objects.get()
    assert ready.client.post(f"{RUNS}{run.pk}/standing/", {"change": "x"}).status_code == 400
    assert ready.client.get(f"{RUNS}{run.pk}/standing/").status_code == 405


def test_last_step_and_run_cost_the_same_for_3_people_and_for_40(
    wizard: Wizard, person: MakePerson
) -> None:
    counts = []
    for size in (1, 3, 40):
        round_ = Wizard(wizard.client, wizard.draft.path)
        round_.choose(*(person(f"Bo{size}x{number}", "Ek") for number in range(size)))
        round_.frame()
        with CaptureQueriesContext(connection) as last:
            round_.look("assign")
        round_.assign()
        run = AssignmentRun.objects.latest("pk")
        with CaptureQueriesContext(connection) as shown:
            wizard.client.get(page_of(run))
        counts.append((len(last), len(shown)))
    assert counts[1] == counts[2]
    assert max(counts[2]) <= 20
