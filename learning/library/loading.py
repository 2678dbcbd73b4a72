from pathlib import Path as File
from typing import Any

import yaml
from django.db import transaction

from learning.models import Outcome, Path, Role, RoleSkill, Skill, Step, StepSkill

FOLDER = File(__file__).parent
LEVEL_FIELDS = ("not_seen", "with_help", "on_their_own", "coaches_others")


def available_roles() -> list[str]:
    """Slugs of the roles that the library holds."""
    return sorted(file.stem for file in FOLDER.glob("*.yaml"))


def example_framings(slug: str) -> list[dict[str, str]]:
    """Framings that suit the role: {outcome, claim, because, sign}, the outcome as its slug."""
    framings: list[dict[str, str]] = _read(slug)["framing"]
    return framings


def _read(slug: str) -> dict[str, Any]:
    if slug not in available_roles():
        raise LookupError(f"There is no role {slug!r}. There is: {', '.join(available_roles())}.")
    content: dict[str, Any] = yaml.safe_load((FOLDER / f"{slug}.yaml").read_text("utf-8"))
    return content


@transaction.atomic
def load_role(slug: str) -> Role:
    """Put a role of the library into the company, with its outcomes, skills and published path.

    What is there already (by slug) is left as the company has it, so loading twice changes nothing.
    Raises `LookupError` for a slug the library does not hold.
    """
    content = _read(slug)
    role, _ = Role.objects.get_or_create(
        slug=slug, defaults={key: content["role"][key] for key in ("name", "summary")}
    )
    outcomes = {item["slug"]: _outcome(role, item) for item in content["outcomes"]}
    skills = {item["slug"]: _skill(role, item, outcomes) for item in content["skills"]}
    _path(role, content["path"], skills)
    return role


def _outcome(role: Role, item: dict[str, Any]) -> Outcome:
    fields = ("name", "measure", "unit", "direction", "baseline", "target")
    outcome, _ = Outcome.objects.get_or_create(
        role=role, slug=item["slug"], defaults={key: item[key] for key in fields}
    )
    return outcome


def _skill(role: Role, item: dict[str, Any], outcomes: dict[str, Outcome]) -> Skill:
    levels = dict(zip(LEVEL_FIELDS, item["levels"], strict=True))
    skill, _ = Skill.objects.get_or_create(
        slug=item["slug"], defaults={"name": item["name"], **levels}
    )
    RoleSkill.objects.get_or_create(
        role=role,
        skill=skill,
        defaults={"required_level": item["required"], "outcome": outcomes[item["outcome"]]},
    )
    return skill


def _path(role: Role, item: dict[str, Any], skills: dict[str, Skill]) -> None:
    path, created = Path.objects.get_or_create(
        slug=item["slug"],
        defaults={
            "role": role,
            "name": item["name"],
            "summary": item["summary"],
            "status": Path.Status.PUBLISHED,
        },
    )
    if not created:
        return
    fields = ("slug", "title", "kind", "effort", "keep", "body")
    steps = {
        entry["slug"]: Step.objects.create(
            path=path,
            position=position,
            quick_win=entry.get("quick_win", False),
            location=entry.get("location", ""),
            **{key: entry[key] for key in fields},
        )
        for position, entry in enumerate(item["steps"])
    }
    for entry in item["steps"]:
        step = steps[entry["slug"]]
        step.prerequisites.set(steps[slug] for slug in entry.get("requires", []))
        StepSkill.objects.bulk_create(
            StepSkill(step=step, skill=skills[slug], raises_to=level)
            for slug, level in entry["raises"].items()
        )
