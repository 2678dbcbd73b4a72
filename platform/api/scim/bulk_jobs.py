"""The operations of a bulk request (RFC 7644, section 3.7): as they were sent, and in which order.

An operation may name what another one creates as ``bulkId:…``, also one further down the list.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from scim2_models import InvalidSyntaxException, InvalidValueException, SCIMException

from api.scim.patch_bodies import member

REFERENCE = "bulkId:"
DEPTH = 20  # levels in one operation; SCIM's own bodies have five


@dataclass(eq=False)
class Job:
    """One operation. `path` and `data` may hold references until `resolved`."""

    method: str
    path: list[str]
    bulk_id: str | None
    version: str | None
    data: Any
    needs: set[str] = field(default_factory=set)
    in_circle: bool = False
    fault: SCIMException | None = None

    @classmethod
    def parse(cls, item: Any) -> "Job":
        """Raises `InvalidSyntaxException` for what is no operation at all."""
        if not isinstance(item, Mapping):
            raise InvalidSyntaxException(detail="A bulk operation is an object.")
        path, data = member(item, "path"), member(item, "data")
        job = cls(
            method=str(member(item, "method")).upper(),
            path=path.strip("/").split("/") if isinstance(path, str) else [],
            bulk_id=_text(item, "bulkId"),
            version=_text(item, "version"),
            data=data,
        )
        job.needs = set(_references(data)) | set(_references(job.path))
        return job

    def resolve(self, ids: Mapping[str, str]) -> None:
        """Put ids where references are; raises `InvalidValueException` for one that has none."""
        for name in sorted(self.needs):
            if name not in ids:
                raise InvalidValueException(detail=f"Nothing was created as {REFERENCE}{name}.")
        self.path = _resolved(self.path, ids)
        self.data = _resolved(self.data, ids)


def jobs_of(items: Iterable[Any]) -> list[Job]:
    """A job each; what cannot be read fails when its turn comes, and none of the others."""
    jobs = []
    for item in items:
        try:
            jobs.append(Job.parse(item))
        except SCIMException as fault:
            method = member(item, "method") if isinstance(item, Mapping) else None
            jobs.append(Job(f"{method}".upper(), [], None, None, None, fault=fault))
    return jobs


def in_order(jobs: Iterable[Job]) -> Iterator[Job]:
    """As they were sent, but for what a job needs: that comes just before it.

    Marks the jobs that need each other in a circle.
    """
    jobs = list(jobs)
    makers = {job.bulk_id: job for job in reversed(jobs) if job.method == "POST" and job.bulk_id}
    done: set[Job] = set()
    for first in jobs:
        open_jobs = [] if first in done else [first]
        while open_jobs:
            job = open_jobs[-1]
            needed = [makers[name] for name in sorted(job.needs) if name in makers]
            for other in needed:
                if other in open_jobs:
                    for one in open_jobs[open_jobs.index(other) :]:
                        one.in_circle = True
            waiting = [other for other in needed if other not in done and not other.in_circle]
            if waiting:
                open_jobs.append(waiting[0])
            else:
                done.add(open_jobs.pop())
                yield job


def _text(item: Mapping[str, Any], name: str) -> str | None:
    value = member(item, name)
    if value is None or isinstance(value, str):
        return value
    raise InvalidSyntaxException(detail=f'"{name}" is text.')


def _references(value: Any, depth: int = DEPTH) -> Iterator[str]:
    if depth == 0:
        raise InvalidSyntaxException(detail=f'"data" is nested deeper than {DEPTH} levels.')
    if isinstance(value, str) and value.startswith(REFERENCE):
        yield value.removeprefix(REFERENCE)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner, depth - 1)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _references(inner, depth - 1)


def _resolved(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, str) and value.startswith(REFERENCE):
        return ids[value.removeprefix(REFERENCE)]
    if isinstance(value, list):
        return [_resolved(inner, ids) for inner in value]
    if isinstance(value, Mapping):
        return {key: _resolved(inner, ids) for key, inner in value.items()}
    return value
