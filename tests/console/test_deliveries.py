"""L&D sends again what failed."""

import pytest
from django.contrib.auth.models import Permission

from reinforcement import tasks
from reinforcement.models import Brief, Delivery
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import NOW
from tests.console.cast import MakePerson, Visit

DELIVERIES = "/admin/reinforcement/delivery/"


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    sent: list[str] = []
    monkeypatch.setattr(tasks.send_due, "delay", lambda: sent.append("send_due"))
    return sent


def delivery(manager: Person, week: int, state: str) -> Delivery:
    moment = {"iso_year": 2026, "iso_week": week, "due_at": NOW, "written_at": NOW}
    return Delivery.objects.create(
        brief=Brief.objects.create(manager=manager, state="written", **moment),
        recipient=manager,
        channel="mail",
        state=state,
        attempts=12,
        next_attempt_at=NOW,
        message_id=f"<{week}@acme.example>",
        last_error="451 not now",
    )


def send_again(browser, *chosen: Delivery):
    said = {"action": "send_again", "_selected_action": [each.pk for each in chosen]}
    return browser.post(DELIVERIES, said, follow=True)


def test_what_failed_goes_out_again_and_the_rest_is_left(
    acme: Company,
    olive: Person,
    ada: Person,
    visit: Visit,
    queue: list[str],
    django_capture_on_commit_callbacks,
) -> None:
    failed = [delivery(ada, week, "failed") for week in (1, 2)]
    others = [delivery(ada, week, state) for week, state in ((3, "sent"), (4, "sending"))]
    with django_capture_on_commit_callbacks(execute=True):
        page = send_again(visit(acme, olive), *failed, *others)
    assert "2 messages go out again." in page.text
    assert "2 were left as they are: only what failed is sent again." in page.text
    rows = Delivery.objects.order_by("pk").values_list("state", "attempts", "last_error")
    assert list(rows[:2]) == [("waiting", 0, "")] * 2
    assert [state for state, *_ in rows[2:]] == ["sent", "sending"]
    assert queue == ["send_due"]


def test_where_nothing_failed_nothing_is_queued(
    acme: Company,
    olive: Person,
    ada: Person,
    visit: Visit,
    queue: list[str],
    django_capture_on_commit_callbacks,
) -> None:
    sent = delivery(ada, 1, "sent")
    with django_capture_on_commit_callbacks(execute=True):
        page = send_again(visit(acme, olive), sent)
    assert "1 was left as it is: only what failed is sent again." in page.text
    assert "again.</" not in page.text.replace("sent again.</", "")
    assert queue == []


def test_only_whoever_may_change_deliveries_may_send_again(
    acme: Company, ada: Person, person: MakePerson, visit: Visit, queue: list[str]
) -> None:
    failed = delivery(ada, 1, "failed")
    helper = person("Hal", "Berg", is_staff=True)
    may_look = Permission.objects.get(codename="view_delivery")
    helper.user_permissions.add(may_look)
    page = send_again(visit(acme, helper), failed)
    assert "send_again" not in page.text
    failed.refresh_from_db()
    assert failed.state == "failed"

    helper.user_permissions.add(Permission.objects.get(codename="change_delivery"))
    helper = Person.objects.get(pk=helper.pk)
    send_again(visit(acme, helper), failed)
    failed.refresh_from_db()
    assert failed.state == "waiting"
    assert visit(acme, ada).post(DELIVERIES, {"action": "send_again"}).status_code == 302


def test_another_company_s_deliveries_are_out_of_reach(
    acme: Company,
    globex: Company,
    ada: Person,
    gus: Person,
    visit: Visit,
    queue: list[str],
) -> None:
    failed = delivery(ada, 1, "failed")
    send_again(visit(globex, gus), failed)
    with working_for(acme):
        failed.refresh_from_db()
        assert failed.state == "failed"
