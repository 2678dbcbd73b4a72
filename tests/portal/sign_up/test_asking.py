"""The form: what it asks, guesses and refuses, and how often it may be sent."""

import pytest
from django.core import mail
from pytest_django import DjangoAssertNumQueries, Settings

from tenants.companies.models import Company, SignUp
from tenants.companies.signing import sign
from tests.portal.sign_up.cast import FILLED, Outsider, latest_code


def test_whoever_fills_in_the_form_gets_a_code_by_mail(ines: Outsider) -> None:
    page = ines.asked()
    assert page.startswith("/sign-up/code/")
    asked = ines.get(page)
    assert "ines@initech.example" in asked.content.decode()
    (message,) = mail.outbox
    assert message.to == ["ines@initech.example"]
    assert "Initech & Söhne" in message.body
    assert "Stop these mails" not in message.body
    code = latest_code()
    assert code in message.subject
    stored = SignUp.objects.get()
    assert code not in str(SignUp.objects.values().get())
    assert (stored.slug, stored.time_zone, stored.company) == ("initech", "Europe/Berlin", None)
    assert not Company.objects.filter(slug="initech").exists()


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("company_name", " ", "This field is required."),
        ("slug", "ini tech", "Use lower-case letters"),
        ("slug", "9lives", "starting with a letter"),
        ("slug", "admin", "kept for Throughline itself"),
        ("slug", "x" * 41, "at most 40 characters"),
        ("slug", "acme", "acme is taken. acme-2 is free."),
        ("email", "ines", "Enter a valid email address."),
        ("given_name", "", "This field is required."),
        ("time_zone", "Berlin", "not one of the available choices"),
        ("locale", "tlh", "not one of the available choices"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    ines: Outsider, field: str, value: str, told: str
) -> None:
    page = ines.ask(**{field: value}).content.decode()
    assert told in page
    assert f'id="id_{field}_error"' in page
    assert page.count("autofocus") == 1
    kept = "family_name" if field != "family_name" else "given_name"
    assert f'value="{FILLED[kept]}"' in page
    assert mail.outbox == []
    assert not SignUp.objects.exists()


def test_name_with_a_line_break_makes_no_header(ines: Outsider) -> None:
    ines.ask(company_name="Initech\nBcc: all@initech.example")
    assert mail.outbox[0].message()["Bcc"] is None


def test_an_address_is_told_to_be_free_or_taken(
    ines: Outsider, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        free = ines.get("/sign-up/address?slug=Initech")
    assert "<strong>initech.localhost</strong> is free." in free.content.decode()
    taken = ines.get("/sign-up/address?slug=acme").content.decode()
    assert "acme is taken. acme-2 is free." in taken
    assert "kept for Throughline itself" in ines.get("/sign-up/address?slug=api").content.decode()
    assert "starting with a letter" in ines.get("/sign-up/address").content.decode()


@pytest.mark.parametrize(
    ("languages", "zone"),
    [
        ("de-CH,de;q=0.9", "Europe/Zurich"),
        ("es", "Europe/Madrid"),
        ("en-GB,en;q=0.5", "Europe/London"),
        ("ja", "UTC"),
        ("", "UTC"),
    ],
)
def test_the_time_zone_is_guessed_by_what_the_browser_asks_for(
    ines: Outsider, languages: str, zone: str
) -> None:
    page = ines.get("/sign-up/", **{"Accept-Language": languages}).content.decode()
    assert f'<option value="{zone}" selected>' in page


def test_the_page_asks_the_database_nothing(
    ines: Outsider, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert ines.get("/sign-up/").status_code == 200


def test_five_codes_an_hour_go_to_one_address(ines: Outsider) -> None:
    page = ines.asked(slug="initech-1")
    for number in range(2, 5):
        assert ines.ask(slug=f"initech-{number}").status_code == 302
    assert ines.post(f"{page}again").status_code == 302
    assert len(mail.outbox) == 5
    refused = ines.ask(slug="initech-6")
    assert refused.status_code == 429
    assert "That was too often." in refused.content.decode()
    assert 'value="initech-6"' in refused.content.decode()
    assert ines.post(f"{page}again").status_code == 429
    assert len(mail.outbox) == 5
    assert ines.ask(email="ivo@initech.example").status_code == 302


def test_a_header_that_anybody_can_write_evades_no_limit(
    ines: Outsider, django_capture_on_commit_callbacks: object
) -> None:
    statuses = [
        Outsider(django_capture_on_commit_callbacks, **{"X-Forwarded-For": f"203.0.113.{number}"})
        .ask(email=f"i{number}@initech.example")
        .status_code
        for number in range(21)
    ]
    assert statuses == [302] * 20 + [429]


def test_where_sign_up_is_closed_it_says_whom_to_ask(ines: Outsider, settings: Settings) -> None:
    page = ines.asked()
    settings.SIGN_UP_OPEN = False
    settings.DEFAULT_FROM_EMAIL = "ops@throughline.example"
    for answer in (ines.get("/sign-up/"), ines.ask(slug="other"), ines.post(page, code="1")):
        assert answer.status_code == 403
        assert "ops@throughline.example" in answer.content.decode()
    assert SignUp.objects.count() == 1
    front = ines.get("/").content.decode()
    assert "/sign-up/" not in front
    assert "/find-my-company/" in front


@pytest.mark.parametrize("page", ["code", "progress"])
def test_an_address_that_was_not_signed_for_this_page_is_404(ines: Outsider, page: str) -> None:
    ines.asked()
    uid = str(SignUp.objects.get().uid)
    other = "sign-up" if page == "progress" else "sign-up.confirmed"
    for token in ("x", uid, sign(other, uid), sign("sign-up", "nobody")[:-3]):
        answer = ines.get(f"/sign-up/{page}/{token}/")
        assert answer.status_code == 404
        assert "This page has had its time." in answer.content.decode()
