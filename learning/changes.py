"""What L&D changed on a path since somebody got it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import ngettext

from learning.models import Assignment, Path, PathVersion, Step

TOLD = ("title", "kind", "body", "location", "effort", "keep", "quick_win")
"""What of a step somebody would notice."""


@dataclass(frozen=True)
class Change:
    """From a version to the path as it is now: steps by what happened to them."""

    gained: list[Step]
    dropped: list[Step]
    reworded: list[Step]

    def __bool__(self) -> bool:
        return bool(self.gained or self.dropped or self.reworded)

    @property
    def told(self) -> str:
        """``2 steps are new. 1 step is gone. 3 steps are changed.``"""
        new, gone, changed = map(len, (self.gained, self.dropped, self.reworded))
        told = [
            (new, ngettext("%(n)s step is new.", "%(n)s steps are new.", new)),
            (gone, ngettext("%(n)s step is gone.", "%(n)s steps are gone.", gone)),
            (changed, ngettext("%(n)s step is changed.", "%(n)s steps are changed.", changed)),
        ]
        return " ".join(sentence % {"n": n} for n, sentence in told if n)


@dataclass(frozen=True)
class VersionInUse:
    """A version with how many people are on it, and what they say to the change."""

    version: PathVersion
    on_it: int
    offered: int
    declined: int


def versions_in_use(path: Path) -> list[VersionInUse]:
    """Versions that people are on, newest first. One query."""
    here = Q(assignments__status__in=Assignment.OPEN)
    declined = here & Q(assignments__declined_at__isnull=False)
    offered = here & Q(assignments__offered_at__isnull=False, assignments__declined_at=None)
    counted: Any = path.versions.annotate(
        on_it=Count("assignments", filter=here),
        offered=Count("assignments", filter=offered),
        declined=Count("assignments", filter=declined),
    )
    return [
        VersionInUse(version, version.on_it, version.offered, version.declined)
        for version in counted.filter(on_it__gt=0).order_by("-until")
    ]


def changes_since(versions: Iterable[PathVersion]) -> dict[int, Change]:
    """Version id → what changed since on its path. Six queries, however many versions."""
    versions = list(versions)
    paths = {version.path_id for version in versions}
    now = _grouped(Step.objects.filter(path__in=paths), "path_id")
    then = _grouped(Step.every.filter(version__in=versions), "version_id")
    return {
        version.pk: _compare(then.get(version.pk, {}), now.get(version.path_id, {}))
        for version in versions
    }


def _grouped(steps: "QuerySet[Step]", by: str) -> dict[int, dict[UUID, Step]]:
    found: dict[int, dict[UUID, Step]] = {}
    for step in steps.order_by("position").prefetch_related("step_skills", "files"):
        found.setdefault(getattr(step, by), {})[step.identity] = step
    return found


def _compare(then: Mapping[UUID, Step], now: Mapping[UUID, Step]) -> Change:
    return Change(
        gained=[step for key, step in now.items() if key not in then],
        dropped=[step for key, step in then.items() if key not in now],
        reworded=[
            step for key, step in now.items() if key in then and _told(step) != _told(then[key])
        ],
    )


def _told(step: Step) -> tuple[object, ...]:
    skills = {(raised.skill_id, raised.raises_to) for raised in step.step_skills.all()}
    files = {(file.name, file.size) for file in step.files.all()}
    texts = (getattr(step, name) for name in TOLD)
    return (*(text.strip() if isinstance(text, str) else text for text in texts), skills, files)
