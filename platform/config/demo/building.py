"""Builds the demo companies side by side, and remembers which are complete."""

import json
import multiprocessing
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, wait
from datetime import datetime
from pathlib import Path
from queue import Empty
from typing import Any, Final

from django.db import connections
from django_tenants.utils import get_public_schema_name, schema_context

from config.demo.companies import PASSWORD, SETTINGS, Setting, build
from tenants.companies.actions import drop_company
from tenants.companies.connections import connection
from tenants.companies.models import Company
from tenants.people.actions.operators import create_operator
from tenants.people.models import Person

OPERATOR: Final = "ops@throughline.example"
Told = dict[str, object]
Progress = Callable[[str, str], None]

_forked = multiprocessing.get_context("fork")


def companies(folder: Path, *, root_domain: str, now: datetime, say: Progress) -> list[Told]:
    """What is to be told of each company; those that are not complete are built, in parallel.

    A company counts as complete once its file is in `folder`: one whose building was cut short is
    built anew, from nothing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    missing = [setting for setting in SETTINGS if not _file(folder, setting).exists()]
    if missing:
        for setting in missing:
            _remove(setting)
        _build_all(missing, folder, root_domain, now, say)
    return [json.loads(_file(folder, setting).read_text()) for setting in SETTINGS]


def operator() -> Told:
    """Whoever runs the installation; made once."""
    with schema_context(get_public_schema_name()):
        if not Person.objects.filter(email=OPERATOR).exists():
            made = create_operator(email=OPERATOR, given_name="Olena", family_name="Marchuk")
            made.set_password(PASSWORD)  # as everybody's here, and too weak for anywhere else
            made.save()
    return {"email": OPERATOR, "password": PASSWORD}


def _file(folder: Path, setting: Setting) -> Path:
    return folder / f"{setting.slug}.json"


def _remove(setting: Setting) -> None:
    connection.set_schema_to_public()
    for company in Company.objects.filter(slug=setting.slug):
        drop_company(company)


def _build_all(
    settings: list[Setting], folder: Path, root_domain: str, now: datetime, say: Progress
) -> None:
    connections.close_all()  # a connection must not cross a fork
    steps = _forked.Manager().Queue()
    with ProcessPoolExecutor(len(settings), mp_context=_forked) as pool:
        jobs = [
            pool.submit(_build, setting, folder, root_domain, now, steps) for setting in settings
        ]
        while not _finished(jobs):
            _tell(steps, say)
    _tell(steps, say)
    for job in jobs:
        job.result()


def _finished(jobs: list[Future[None]]) -> bool:
    return not wait(jobs, timeout=0.1).not_done


def _tell(steps: Any, say: Progress) -> None:
    while True:
        try:
            say(*steps.get_nowait())
        except Empty:
            return


def _build(setting: Setting, folder: Path, root_domain: str, now: datetime, steps: Any) -> None:
    told = build(
        setting,
        root_domain=root_domain,
        now=now,
        say=lambda step: steps.put((setting.name, step)),
    )
    connections.close_all()
    unfinished = _file(folder, setting).with_suffix(".part")
    unfinished.write_text(json.dumps(told, indent=2))
    unfinished.rename(_file(folder, setting))
    steps.put((setting.name, "ready"))
