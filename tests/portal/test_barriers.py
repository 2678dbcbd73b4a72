"""What slows us down: a manager says it, and reads what becomes of it."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from time_machine import Traveller

from learning.models import Path
from reinforcement.actions import change_barrier, move_barrier, note_barrier, remind_due_check_backs
from reinforcement.models import Barrier, Delivery
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import NOW, TODAY
from tests.portal.cast import Assign, MakePerson, Visit

WORDS = "Security reviews every vendor twice."
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def browser(visit: Visit, acme: Company, ada: Person, lee: Person, clock: Traveller) -> Client:
    """Ada's, who leads Lee."""
    return visit(acme, ada)


@pytest.fixture
def barrier(browser: Client, olive: Person, ada: Person) -> Barrier:
    """Ada told Olive twelve days ago."""
    return note_barrier(manager=ada, words=WORDS, actor=olive, heard_on=TODAY - timedelta(days=12))


def page_of(browser: Client) -> str:
    response = browser.get("/barriers/")
    assert response.status_code == 200
    return unescape(response.content.decode())


def say(browser: Client, **given: object) -> tuple[int, str]:
    """What follows once the form is sent, as somebody reads it."""
    response = browser.post(
        "/barriers/", {"words": WORDS, "severity": "2", "outcome": "", **given}, follow=True
    )
    return response.status_code, unescape(response.content.decode())


def stand(browser: Client, barrier: Barrier, gone: str) -> str:
    response = browser.post(f"/barriers/{barrier.uid}/standing", {"gone": gone}, follow=True)
    barrier.refresh_from_db()
    return unescape(response.content.decode())


def test_a_manager_who_said_nothing_yet_is_asked(browser: Client) -> None:
    page = page_of(browser)
    assert "What costs your team the most time this month?" in page
    assert '<textarea name="words"' in page
    assert 'href="/barriers/"\n       aria-current="page"' in page


def test_what_is_said_waits_on_the_board_and_stands_on_the_page(
    browser: Client, ada: Person, olive: Person, acme: Company, visit: Visit
) -> None:
    status, page = say(browser, words=f"  {WORDS}\n", severity="3")
    assert status == 200
    said = Barrier.objects.get()
    assert (said.manager, said.words, said.severity) == (ada, WORDS, 3)
    assert (said.status, said.heard_on, said.looked_after_by) == ("heard", TODAY, None)
    assert "Noted. L&D finds it on its list of barriers." in page
    assert "Stops us" in page
    assert "Heard today." in page
    assert "It is on L&D’s list; nobody has taken it up yet." in page
    board = visit(acme, olive).get("/admin/reinforcement/barrier/").content.decode()
    assert WORDS in board


def test_sent_twice_it_is_one_and_another_day_another(browser: Client, clock: Traveller) -> None:
    for words in (WORDS, WORDS.replace(" ", "  ")):
        assert say(browser, words=words)[0] == 200
    assert Barrier.objects.count() == 1
    say(browser, words="Demos fail.")
    clock.shift(timedelta(days=1))
    say(browser)
    assert Barrier.objects.count() == 3


def test_it_can_name_what_it_hurts_of_the_roles_of_one_s_people(
    browser: Client, lee: Person, assign: Assign
) -> None:
    assert 'name="outcome"' not in page_of(browser)
    assignment = assign(lee)
    assert "<optgroup" not in page_of(browser)
    outcome = assignment.outcome
    _status, page = say(browser, outcome=str(outcome.uid))
    assert Barrier.objects.get().outcome == outcome
    assert f"Hurts: {outcome.name}" in page


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("words", " \n ", "Say in a sentence what slows your team down."),
        ("words", "a" * 501, "Keep it to 500 characters: these are 501."),
        ("words", "a\0b", "Null characters are not allowed."),
        ("severity", "7", "Choose how bad it is."),
        ("severity", "", "Choose how bad it is."),
        ("outcome", "b", "This is not what your people work for any more."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_which_has_the_focus(
    browser: Client, lee: Person, assign: Assign, field: str, typed: str, said: str
) -> None:
    assign(lee)
    status, page = say(browser, **{field: typed})
    assert status == 400
    assert not Barrier.objects.exists()
    assert page.index(f'name="{field}"') - page.index(said) < 2000
    [focused] = re.findall(r"<[^>]*autofocus[^>]*>", page)
    assert f'name="{field}"' in focused
    if field != "words":
        assert WORDS in page  # what was typed is kept


def test_an_outcome_of_roles_that_nobody_here_has_is_refused(
    browser: Client, sales_path: Path
) -> None:
    outcome = sales_path.role.outcomes.all()[0]
    status, _page = say(browser, outcome=str(outcome.uid))
    assert status == 200  # the field was not there to choose from: nothing is chosen
    assert Barrier.objects.get().outcome is None


def test_whoever_leads_nobody_is_told_so_kindly(
    visit: Visit, acme: Company, lee: Person, clock: Traveller
) -> None:
    browser = visit(acme, lee)
    page = page_of(browser)
    assert "Nobody reports to you." in page
    assert "<textarea" not in page
    status, page = say(browser)
    assert status == 400
    assert "Nobody reports to you any more, so this could not be kept." in page
    assert WORDS in page
    assert not Barrier.objects.exists()


def test_whoever_led_once_still_reads_what_became_of_it(
    browser: Client, barrier: Barrier, lee: Person
) -> None:
    Person.objects.filter(pk=lee.pk).update(manager=None)
    page = page_of(browser)
    assert WORDS in page
    assert "<textarea" not in page


def test_where_it_stands_is_told_in_words(
    browser: Client,
    barrier: Barrier,
    olive: Person,
    sales_path: Path,
    clock: Traveller,
    visit: Visit,
    acme: Company,
    ada: Person,
) -> None:
    assert "Heard 12 days ago." in page_of(browser)
    Path.objects.update(status=Path.Status.DRAFT)
    change_barrier(
        barrier=barrier,
        actor=olive,
        looked_after_by=olive,
        paths=[sales_path],
        check_back_on=TOMORROW,
    )
    page = page_of(browser)
    assert "Olive looks after it." in page
    assert "Olive checks back on Thursday 19 November." in page
    move_barrier(barrier=barrier, status="designing", actor=olive)
    page = page_of(browser)
    assert "Olive is designing something for it, since 18 November." in page
    assert f"In the making: “{sales_path.name}”." in page
    Path.objects.update(status=Path.Status.PUBLISHED)
    move_barrier(barrier=barrier, status="addressed", actor=olive)
    clock.shift(timedelta(days=40))
    browser = visit(acme, ada)  # a session is over by then
    page = page_of(browser)
    assert "Heard on 6 November." in page
    assert "Something was done about it by 18 November." in page
    assert f"A path was made for it: “{sales_path.name}”." in page
    assert "Olive wanted to check back on Thursday 19 November." in page
    assert re.search(r'aria-current="step"\s*>Addressed<', page)
    move_barrier(barrier=barrier, status="gone", actor=olive)
    page = page_of(browser)
    assert "1 is gone" in page
    assert "Gone since 28 December." in page
    assert "check back" not in page


def test_who_left_looks_after_nothing(browser: Client, barrier: Barrier, olive: Person) -> None:
    change_barrier(barrier=barrier, actor=olive, looked_after_by=olive, check_back_on=TOMORROW)
    Person.objects.filter(pk=olive.pk).update(employment_status="terminated")
    page = page_of(browser)
    assert "Olive" not in page
    assert "L&D checks back on Thursday 19 November." in page


def test_what_was_addressed_is_confirmed_to_be_gone(
    browser: Client, barrier: Barrier, olive: Person
) -> None:
    assert "It is still there" not in page_of(browser)
    Barrier.objects.update(status="addressed", check_back_on=TOMORROW)
    assert "It is still there" in page_of(browser)
    page = stand(browser, barrier, "yes")
    assert (barrier.status, barrier.status_since, barrier.check_back_on) == ("gone", TODAY, None)
    assert "Good. It is gone" in page
    assert page.index("1 is gone") < page.index(WORDS)


def test_what_is_there_still_is_heard_again_and_l_and_d_is_reminded(
    browser: Client, barrier: Barrier, olive: Person, ada: Person
) -> None:
    Barrier.objects.update(
        status="addressed", looked_after_by=olive, check_back_on=TODAY, reminded_on=TODAY
    )
    page = stand(browser, barrier, "no")
    assert (barrier.status, barrier.status_since, barrier.check_back_on) == ("heard", TODAY, TODAY)
    assert "L&D is reminded of it today." in page
    [reminder] = remind_due_check_backs(now=NOW + timedelta(hours=1)).deliveries
    assert (reminder.recipient, reminder.kind) == (olive, Delivery.Kind.CHECK_BACK)


def test_what_was_gone_can_come_back_and_a_repeat_changes_nothing(
    browser: Client, barrier: Barrier, clock: Traveller
) -> None:
    for gone, status in (("yes", "gone"), ("no", "heard")):
        stand(browser, barrier, gone)
        assert barrier.status == status
        clock.shift(timedelta(days=1))
        since = barrier.status_since
        stand(browser, barrier, gone)
        assert (barrier.status, barrier.status_since) == (status, since)


@pytest.mark.parametrize("gone", ["", "perhaps"])
def test_nonsense_changes_nothing(browser: Client, barrier: Barrier, gone: str) -> None:
    answer = browser.post(f"/barriers/{barrier.uid}/standing", {"gone": gone})
    assert answer.status_code == 400
    barrier.refresh_from_db()
    assert barrier.status == "heard"


def test_nobody_else_reads_or_moves_it(
    barrier: Barrier,
    visit: Visit,
    acme: Company,
    globex: Company,
    gus: Person,
    olive: Person,
    person: MakePerson,
) -> None:
    bo = person("Bo", "Ek")
    person("Cy", "Oh", manager=bo)
    for company, reader in ((acme, bo), (acme, olive), (globex, gus)):
        client = visit(company, reader)
        assert WORDS not in page_of(client)
        answer = client.post(f"/barriers/{barrier.uid}/standing", {"gone": "yes"})
        assert answer.status_code == 404
    with working_for(acme):
        barrier.refresh_from_db()
        assert barrier.status == "heard"


def test_strangers_sign_in_first(visit: Visit, acme: Company, barrier: Barrier) -> None:
    stranger = visit(acme)
    for answer in (
        stranger.get("/barriers/"),
        stranger.post("/barriers/", {"words": WORDS}),
        stranger.post(f"/barriers/{barrier.uid}/standing", {"gone": "yes"}),
    ):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/login/")


def test_writing_takes_a_post(browser: Client, barrier: Barrier) -> None:
    assert browser.get(f"/barriers/{barrier.uid}/standing").status_code == 405
    assert browser.put("/barriers/").status_code == 405


def test_the_page_costs_the_same_however_much_there_is(
    browser: Client,
    ada: Person,
    lee: Person,
    olive: Person,
    assign: Assign,
    person: MakePerson,
    django_assert_num_queries,
) -> None:
    assignment = assign(lee)
    for turn in range(2):
        for number in range(1 + 9 * turn):
            said = note_barrier(
                manager=ada,
                words=f"{turn} {number}",
                actor=olive,
                paths=[assignment.path],
                outcome=assignment.outcome,
                looked_after_by=olive,
            )
            if number % 2:
                move_barrier(barrier=said, status="gone", actor=olive)
            person(f"Report{turn}{number}", "Ek", manager=ada)
        with django_assert_num_queries(6):
            page_of(browser)
