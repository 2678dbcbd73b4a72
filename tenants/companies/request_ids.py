"""Which request the work at hand came from: in the answer, in log lines, and in tasks it set going.

A client's own ``X-Request-Id`` is kept where it is well-formed, so that both sides' logs agree.
"""

import re
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from celery.signals import before_task_publish, task_postrun, task_prerun
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from uuid_utils.compat import uuid7  # `identifiers` wants the apps to be there; logging comes first

HEADER: Final = "X-Request-Id"
CARRIED_AS: Final = "request_id"
WELL_FORMED: Final = re.compile(r"[\w.:~+/=@-]{1,128}", re.ASCII)
"""Nothing that could break a log line in two, or fill it."""

_now: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """Of the request at hand, or of the one that set this task going; "" where there was none."""
    return _now.get()


@contextmanager
def asked_as(word: str) -> Iterator[str]:
    token = _now.set(word)
    try:
        yield word
    finally:
        _now.reset(token)


class RequestIdMiddleware:
    """Names every request, and says the name with the answer. No query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get(HEADER, "")
        with asked_as(given if WELL_FORMED.fullmatch(given) else str(uuid7())) as word:
            response = self.get_response(request)
        response[HEADER] = word
        return response


@before_task_publish.connect(weak=False, dispatch_uid="request_ids.carry")
def carry(headers: MutableMapping[str, Any], **_: Any) -> None:
    if word := request_id():
        headers.setdefault(CARRIED_AS, word)


@task_prerun.connect(weak=False, dispatch_uid="request_ids.take_up")
def take_up(task: Any, **_: Any) -> None:
    """Not for a task that the request at hand runs itself, as tests do."""
    if task.request.delivery_info and not task.request.is_eager:
        _now.set(task.request.get(CARRIED_AS) or "")


@task_postrun.connect(weak=False, dispatch_uid="request_ids.put_down")
def put_down(task: Any, **_: Any) -> None:
    if task.request.delivery_info and not task.request.is_eager:
        _now.set("")
