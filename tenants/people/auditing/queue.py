"""Whoever sent a task is who its work is recorded of: they travel in its headers."""

from dataclasses import asdict
from typing import Any, Final

from celery.signals import before_task_publish, task_postrun, task_prerun

from tenants.people.auditing.acting import Acting, _now, acting

HEADER: Final = "acting"


@before_task_publish.connect(dispatch_uid="auditing.send_actor")
def send_actor(headers: dict[str, Any], **_: Any) -> None:
    headers.setdefault(HEADER, asdict(acting()))


@task_prerun.connect(dispatch_uid="auditing.begin")
def begin(task: Any, **_: Any) -> None:
    """A task that runs at once is still the work of whoever called it."""
    if not task.request.is_eager:
        told = (task.request.headers or {}).get(HEADER) or task.request.get(HEADER)
        _now.set(Acting(**told) if told else None)


@task_postrun.connect(dispatch_uid="auditing.end")
def end(task: Any, **_: Any) -> None:
    if not task.request.is_eager:
        _now.set(None)
