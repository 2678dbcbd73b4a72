"""The first thread, walked from end to end: the demo as a user starts it, in a real browser."""

import json
import os
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]


def test_the_first_thread(demo: Demo, browser: Browser) -> None:
    acme, globex = demo.company("Acme"), demo.company("Globex")
    before = list(records(acme, acme["api_token"]))
    with browser.new_context() as anonymous:
        answer = answer_from_the_mail(anonymous.new_page(), demo)
    with browser.new_context() as context:
        manager_sees_her_week(context.new_page(), acme, answer)
    with browser.new_context() as context:
        learner_sees_their_path(context.new_page(), acme)
    with browser.new_context() as context:
        lead_finds_what_she_works_with(context.new_page(), acme)
    moved = list(records(acme, acme["api_token"]))[len(before) :]
    assert "step.set_aside" in {record["kind"] for record in moved}
    theirs = {record["uid"] for record in records(globex, globex["api_token"])}
    assert theirs
    assert not theirs & {record["uid"] for record in [*before, *moved]}
    with pytest.raises(urllib.error.HTTPError, match="401"):
        next(iter(records(acme, globex["api_token"])))


def answer_from_the_mail(page: Page, demo: Demo) -> str:
    """Ada's brief arrives; its link shows the answer chosen; sending it changes Nia's plan.

    Returns the answer. Nia is new and comes first.
    """
    mail = page.get_by_role("listitem").filter(has_text=demo.company("Acme")["manager"]["email"])
    page.goto(demo.told["mail_url"])
    eventually(lambda: mail.count() > 0, each_time=page.reload)
    mail.first.get_by_role("link").click()
    letter = page.frame_locator("iframe")
    expect(letter.get_by_text("Nia Haddad")).to_be_visible()
    best = best_answer(letter.locator("body").inner_text())
    with page.context.expect_page() as opened:
        letter.get_by_role("link", name=best).first.click()
    link = opened.value
    expect(link.get_by_role("radio", name=best)).to_be_checked()
    link.get_by_role("button", name="Send this answer").click()
    expect(link.get_by_text("set aside").first).to_be_visible()
    assert link.context.cookies() == []
    return best


def best_answer(letter: str) -> str:
    """The answer to Nia's question that is evidence for the highest level."""
    talk = yaml.safe_load((ROOT / "reinforcement/library/account-executive.yaml").read_text())
    question = next(
        question for question in talk["questions"] if question["text"].format(name="Nia") in letter
    )
    best = max(question["choices"], key=lambda choice: choice["level"] or 0)
    return str(best["label"])


def manager_sees_her_week(page: Page, acme: dict[str, Any], answer: str) -> None:
    sign_in(page, acme, "manager")
    expect(page.get_by_role("heading", level=1)).to_contain_text("talk with")
    expect(page.get_by_role("heading", name="Nia Haddad")).to_be_visible()
    expect(page.get_by_role("button", name=answer, pressed=True).first).to_be_visible()


def learner_sees_their_path(page: Page, acme: dict[str, Any]) -> None:
    sign_in(page, acme, "new_hire")
    expect(page.get_by_text("This helps you").first).to_be_visible()
    aside = page.get_by_role("group").filter(has_text="You already showed this: Ada saw it on")
    aside.locator("summary").first.click()
    expect(page.get_by_text("You already showed this: Ada saw it on").first).to_be_visible()


def lead_finds_what_she_works_with(page: Page, acme: dict[str, Any]) -> None:
    sign_in(page, acme, "owner")
    for address, found in (
        ("admin/people/person/?q=tanaka", "Tanaka"),
        ("admin/learning/role/", "Account executive"),
        ("admin/learning/path/", "From first call to signature"),
        ("admin/learning/assignment/?q=tanaka", "Tanaka"),
    ):
        page.goto(acme["url"] + address)
        expect(page.get_by_role("link", name=found).first).to_be_visible()


def sign_in(page: Page, company: dict[str, Any], who: str) -> None:
    page.goto(company["url"])
    page.get_by_label("mail").fill(company[who]["email"])
    page.get_by_label("Password").fill(company[who]["password"])
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".me")).to_be_visible()  # what opens their own pages, and signs out


def eventually(true: Callable[[], bool], *, each_time: Callable[[], object]) -> None:
    deadline = time.monotonic() + 90
    while not true():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.5)
        each_time()


def records(company: dict[str, Any], token: str) -> Any:
    """Everything in the feed, page by page, as an HRIS pulls it."""
    parts = urlsplit(company["url"])
    after = ""
    while True:
        request = urllib.request.Request(
            f"http://127.0.0.1:{parts.port}/api/v1/learning-records?limit=200{after}",
            headers={"Host": parts.netloc, "Authorization": f"Bearer {token}"},
        )
        with urllib.request.urlopen(request, timeout=10) as response:
            page = json.load(response)
        yield from page["records"]
        if not page["more"]:
            return
        after = f"&after={page['next']}"


def test_workers_death_is_mended_and_ctrl_c_stops_everything(demo: Demo) -> None:
    killed = worker_of(demo)
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    eventually(lambda: worker_of(demo) not in (None, killed), each_time=lambda: None)
    started = psutil.Process(demo.process.pid).children(recursive=True)
    postmaster = int((demo.folder / "postgres/postmaster.pid").read_text().split()[0])
    os.kill(demo.process.pid, signal.SIGINT)
    assert demo.process.wait(60) == 0
    assert not [child for child in started if is_alive(child.pid)]
    assert not is_alive(postmaster)
    assert not (demo.folder / "demo.json").exists()


def is_alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def worker_of(demo: Demo) -> int | None:
    """The process id of the demo's Celery worker, not of its pool."""
    for child in psutil.Process(demo.process.pid).children():
        with suppress(psutil.NoSuchProcess):  # a zombie is one
            if "worker" in child.cmdline():
                return child.pid
    return None
