"""Liveness and readiness, answered on any host, for load balancers and orchestrators."""

from collections.abc import Callable

from celery import current_app
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse

from tenants.companies.connections import connection

Probe = Callable[[], None]


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _queue() -> None:
    with current_app.connection_for_write() as queue:
        queue.ensure_connection(max_retries=1, timeout=2)


def _cache() -> None:
    cache.get("ready")


PARTS: dict[str, Probe] = {"database": _database, "queue": _queue, "cache": _cache}


def live(request: HttpRequest) -> HttpResponse:
    """The process answers; touches nothing else."""
    return JsonResponse({"status": "live"})


def ready(request: HttpRequest) -> HttpResponse:
    """200 where database, queue and cache answer; 503 naming those that do not."""
    connection.set_schema_to_public()
    parts = {name: _state(probe) for name, probe in PARTS.items()}
    well = all(state == "ok" for state in parts.values())
    return JsonResponse(
        {"status": "ready" if well else "not ready", **parts}, status=200 if well else 503
    )


def _state(probe: Probe) -> str:
    try:
        probe()
    except Exception as error:  # noqa: BLE001  # whatever is wrong, it is the answer
        return type(error).__name__
    return "ok"


class HealthMiddleware:
    """Answers before the company is looked up: a probe knows no company's host."""

    paths = {"/health/live": live, "/health/ready": ready}

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.paths.get(request.path, self.get_response)(request)
