"""The code: few tries, a quarter of an hour, and what the right one sets going."""

from datetime import timedelta

import time_machine

from tenants.companies.actions import reserve_company
from tenants.companies.models import Company, ProvisioningRun, SignUp
from tests.portal.sign_up.cast import Outsider, latest_code, wrong_code


def test_the_right_code_keeps_the_address_and_sets_a_worker_going(
    ines: Outsider, left_to_do: list[str]
) -> None:
    answer = ines.post(ines.asked(), code=f" {latest_code()[:3]} {latest_code()[3:]}")
    assert answer["Location"].startswith("/sign-up/progress/")
    company = Company.objects.get(slug="initech")
    assert company.status == Company.Status.PROVISIONING
    assert (company.name, company.time_zone) == ("Initech & Söhne", "Europe/Berlin")
    run = ProvisioningRun.objects.get(company=company)
    assert left_to_do == [str(run.uid)]
    assert list(run.steps.values_list("kind", "state")) == [
        ("address", "done"),
        ("tables", "waiting"),
        ("owner", "waiting"),
        ("mail", "waiting"),
    ]


def test_the_right_code_twice_is_the_same_company(ines: Outsider, left_to_do: list[str]) -> None:
    page = ines.asked()
    answers = [ines.post(page, code=latest_code())["Location"] for _ in range(2)]
    assert all(answer.startswith("/sign-up/progress/") for answer in answers)
    assert Company.objects.filter(slug__startswith="initech").count() == 1
    assert len(set(left_to_do)) == 1


def test_five_wrong_codes_and_the_right_one_helps_no_more(ines: Outsider) -> None:
    page = ines.asked()
    for _ in range(5):
        answer = ines.post(page, code=wrong_code()).content.decode()
        assert "This is not the code we sent." in answer
        assert 'id="id_code_error"' in answer
    refused = ines.post(page, code=latest_code()).content.decode()
    assert "That was tried too often." in refused
    assert not Company.objects.filter(slug="initech").exists()
    old = latest_code()
    assert ines.post(f"{page}again")["Location"].startswith("/sign-up/code/")
    if latest_code() != old:
        assert "not the code" in ines.post(page, code=old).content.decode()
    assert ines.post(page, code=latest_code()).status_code == 302


def test_after_a_quarter_of_an_hour_another_code_is_needed(
    ines: Outsider, clock: time_machine.Traveller
) -> None:
    page = ines.asked()
    clock.shift(timedelta(minutes=15))
    assert "This code has had its time." in ines.post(page, code=latest_code()).content.decode()
    ines.post(f"{page}again")
    assert ines.post(page, code=latest_code()).status_code == 302


def test_a_code_is_good_for_its_own_sign_up_only(ines: Outsider) -> None:
    first = ines.asked()
    ines.asked(slug="initrode", email="ivo@initrode.example")
    told = ines.post(first, code=latest_code()).content.decode()
    assert "This is not the code we sent." in told


def test_before_the_mail_is_out_no_code_is_right(ines: Outsider) -> None:
    page = ines.asked()
    SignUp.objects.update(code_hash="", code_expires_at=None)
    assert "No code has been sent yet." in ines.post(page, code="000000").content.decode()


def test_without_a_code_nothing_happens(ines: Outsider) -> None:
    told = ines.post(ines.asked(), code="").content.decode()
    assert "This field is required." in told
    assert SignUp.objects.get().tries == 0


def test_of_two_who_want_one_address_the_later_chooses_another(
    ines: Outsider, left_to_do: list[str]
) -> None:
    page = ines.asked()
    reserve_company(name="Other Initech", slug="initech", root_domain="localhost")
    progress = ines.post(page, code=latest_code())["Location"]
    assert left_to_do == []
    choose = ines.get(progress).content.decode()
    assert "<strong>initech.localhost</strong> was taken" in choose
    assert 'value="initech-sohne"' in choose
    told = ines.post(progress, slug="initech").content.decode()
    assert "initech is taken. initech-2 is free." in told
    assert ines.post(progress, slug="initech-2")["Location"] == progress
    assert len(left_to_do) == 1
    assert SignUp.objects.get().company == Company.objects.get(slug="initech-2")
    assert "Setting up" in ines.get(progress).content.decode()


def test_the_page_of_a_day_ago_is_gone(ines: Outsider, clock: time_machine.Traveller) -> None:
    page = ines.asked()
    clock.shift(timedelta(days=1, seconds=1))
    assert ines.get(page).status_code == 404
