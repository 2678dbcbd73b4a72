"""Whose language counts: the reader's own, then their company's; of strangers, the browser's."""

import pytest
from django.test import Client
from django_tenants.utils import schema_context

from reinforcement.actions import write_due_briefs
from reinforcement.channels.mail.messages import compose
from tenants.companies.hosts import forget_hosts
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.portal.cast import Assign, Visit
from tests.reinforcement.cast import DUE
from tests.translations.reading import Page

WEEK = {
    "en": ("Nothing to talk about yet.", "Next time: Monday 23 November at 09:00."),
    "de": (
        "Noch gibt es nichts zu besprechen.",
        "Das nächste Mal: Montag, 23. November um 09:00 Uhr.",
    ),
    "es": (
        "Aún no hay nada de qué hablar.",
        "La próxima vez: lunes 23 de noviembre a las 09:00.",
    ),
}
SIGN_IN = {"en": "Sign in to Acme", "de": "Bei Acme anmelden", "es": "Iniciar sesión en Acme"}


@pytest.fixture
def speaks(acme: Company):
    """``speaks("de")``: the company's language from now on."""

    def choose(language: str, **fields: str) -> None:
        with schema_context("public"):
            Company.objects.filter(pk=acme.pk).update(locale=language, **fields)
        acme.locale = language
        forget_hosts()

    return choose


@pytest.mark.parametrize(
    ("own", "company_s", "browser_s", "read"),
    [
        ("de", "es", "en", "de"),
        ("", "es", "de", "es"),
        ("", "de", "", "de"),
        ("en", "de", "de", "en"),
    ],
)
def test_a_page_is_in_its_reader_s_language_else_in_their_company_s(
    visit: Visit,
    acme: Company,
    ada: Person,
    lee: Person,
    clock,
    speaks,
    own,
    company_s,
    browser_s,
    read,
):
    speaks(company_s)
    Person.objects.filter(pk=ada.pk).update(locale=own)
    response = visit(acme, ada).get("/week/", headers={"accept-language": browser_s})
    page = Page(response.text)
    assert page.language == response["Content-Language"] == read
    heading, when = WEEK[read]
    assert heading in page.texts
    assert when in " ".join(response.text.split())


@pytest.mark.parametrize(
    ("browser_s", "read"),
    [("de-AT,de;q=0.9", "de"), ("pt-BR, es;q=0.5", "es"), ("pt-BR", "es"), ("*", "es"), ("", "es")],
)
def test_a_stranger_reads_what_the_browser_asks_for_else_the_company_s_language(
    visit: Visit, acme: Company, speaks, browser_s, read
):
    speaks("es")
    page = visit(acme).get("/accounts/login/", headers={"accept-language": browser_s}).text
    assert SIGN_IN[read] in page


def test_a_page_behind_a_link_is_in_the_language_of_the_mail_it_was_in(
    visit: Visit, acme: Company, ada: Person, lee: Person, clock, assign: Assign, speaks
):
    speaks("de")
    clock.move_to(DUE)
    assign(lee)
    [brief] = write_due_briefs(now=DUE)
    mail = compose(brief.deliveries.select_related("recipient", "brief__manager").get())
    assert mail.subject == "Diese Woche: Sprich mit Lee"
    [address] = [line for line in str(mail.body).splitlines() if line.endswith("?talked=1")]
    path = address.partition("localhost")[2].partition("/")[2]
    page = visit(acme).get(f"/{path}", headers={"accept-language": "es"}).text
    assert Page(page).language == "de"
    assert "Eine Frage zu Lee Tanaka" in page


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "de",
            [
                "Ein Gespräch für dich diese Woche",
                "Fängt jetzt an",
                "Das weiß Lee: „Das hilft dir dabei: close deals faster. Der Grund: ",
                "0 von 14 Schritten",
                "Diese Mails abbestellen: ",
            ],
        ),
        (
            "es",
            [
                "Una persona con quien hablar esta semana",
                "Empieza ahora",
                "Lo que sabe Lee: “En esto te ayuda: close deals faster. El motivo: ",
                "0 de 14 pasos",
                "Dejar de recibir estos correos: ",
            ],
        ),
    ],
)
def test_a_brief_by_mail_is_in_its_reader_s_language(
    acme: Company, ada: Person, lee: Person, clock, assign: Assign, language: str, said: list[str]
):
    Person.objects.filter(pk=ada.pk).update(locale=language)
    clock.move_to(DUE)
    assign(lee)
    [brief] = write_due_briefs(now=DUE)
    mail = compose(brief.deliveries.select_related("recipient", "brief__manager").get())
    text = str(mail.body)
    for words in said:
        assert words.casefold() in text.casefold()
    for english in ("One question", "We talked", "Working on", "Say it", "Stop these", "told"):
        assert english not in text


@pytest.mark.parametrize(
    ("status", "said"),
    [("provisioning", "Fast fertig."), ("suspended", "Zurzeit nicht verfügbar.")],
)
def test_a_company_that_is_not_open_says_so_in_its_language(acme: Company, speaks, status, said):
    speaks("de", status=status)
    response = Client(headers={"host": "acme.localhost"}).get("/week/")
    assert response.status_code == 503
    assert said in response.text
    assert Page(response.text).language == "de"


def test_the_admin_site_and_the_api_are_in_english(
    visit: Visit, acme: Company, olive: Person, speaks
):
    speaks("de")
    Person.objects.filter(pk=olive.pk).update(locale="de")
    client = visit(acme, olive)
    page = client.get("/admin/reinforcement/barrier/", headers={"accept-language": "de"})
    assert Page(page.text).language.startswith("en")
    assert "designing" in page.text
    refused = visit(acme).get("/api/v1/people", headers={"accept-language": "de"})
    assert refused["Content-Language"] == "en"
