"""A path of the library with its steps."""

from collections.abc import Mapping, Sequence

from learning.library.entries import PathEntry, StepEntry
from learning.library.loaded import Loaded
from learning.library.rows import path_row, step_row
from learning.models import Path, Role, Skill, Step, StepSkill


def load_path(loaded: Loaded, entry: PathEntry, there: Path | None, *, publish: bool) -> Loaded:
    """The role, and its path with it. One that is there stays as the company has it."""
    role = loaded.role
    if there:
        return loaded.having(there).counting(Path, there=1).noting(*_about(there, entry, role))
    path = path_row(entry)
    path.role = role
    ready = role.status == Role.Status.ACTIVE
    path.status = Path.Status.PUBLISHED if publish and ready else Path.Status.DRAFT
    path.save()
    steps = _load_steps(path, entry["steps"], loaded.skills)
    if publish and not ready:
        loaded = loaded.noting(
            f"The role “{role}” is not active, so its path is a draft: make the role active, then "
            "publish it."
        )
    return loaded.having(path).counting(Path, new=1).counting(Step, new=len(steps))


def _about(path: Path, entry: PathEntry, role: Role) -> list[str]:
    """What to say of a path that is not, or no longer, the library's own."""
    if path.role_id != role.pk:
        return [f"There is a path “{path}” already, of the role “{path.role}”: it stays as it is."]
    if path.slug != entry["slug"]:
        return [f"There is a path “{path}” already: it stays as it is."]
    return []


def _load_steps(
    path: Path, entries: Sequence[StepEntry], skills: Mapping[str, Skill]
) -> list[Step]:
    rows = [step_row(entry, position) for position, entry in enumerate(entries)]
    for row in rows:
        row.path = path
    steps = {step.slug: step for step in Step.objects.bulk_create(rows)}
    needs = Step.prerequisites.through
    needs.objects.bulk_create(
        needs(from_step=steps[entry["slug"]], to_step=steps[slug])
        for entry in entries
        for slug in entry.get("requires", [])
    )
    StepSkill.objects.bulk_create(
        StepSkill(step=steps[entry["slug"]], skill=skill, raises_to=level)
        for entry in entries
        for skill, level in _raises(entry, skills).items()
    )
    return rows


def _raises(entry: StepEntry, skills: Mapping[str, Skill]) -> dict[Skill, int]:
    """Two skills of the library may be one of the company's: it rises to the higher level."""
    raised: dict[Skill, int] = {}
    for slug, level in entry["raises"].items():
        raised[skills[slug]] = max(level, raised.get(skills[slug], 0))
    return raised
