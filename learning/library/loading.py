"""Puts roles of the library into the company that is set."""

from collections.abc import Collection

from auditlog.context import disable_auditlog
from django.db import connection, transaction

from learning.library.entries import RoleFile
from learning.library.files import read_role
from learning.library.finding import Here, find_roles
from learning.library.loaded import Loaded, Part
from learning.library.path_loading import load_path
from learning.library.rows import outcome_row, role_row, skill_row
from learning.library.title_loading import load_titles
from learning.models import Outcome, Role, RoleSkill, Skill

# whoever else loads a role waits; whoever reads does not
LOCK = f"LOCK TABLE {Role._meta.db_table} IN SHARE ROW EXCLUSIVE MODE"
EVERYTHING = frozenset(Part)


def load_parts(slug: str, parts: Collection[Part] = EVERYTHING, *, publish: bool = True) -> Loaded:
    """Put a role of the library into the company, whole or in part, or not at all.

    What the company has already stays as it is: found by its slug, else by its name in whatever
    case. So loading twice makes nothing twice. A new path is published, unless `publish` is False
    or the role is not active. Title rules give people the role at once. At most 20 queries.
    Whoever takes it leaves one row of the audit log: `reinforcement.library.start_from_library`.

    Raises `NoRoleError` for a role the library does not hold, `LibraryError` where its file is
    wrong.
    """
    file = read_role(slug)
    with disable_auditlog(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(LOCK)
        here = find_roles([file])[slug]
        loaded = _load_role(file, here)
        if Part.PATH in parts:
            loaded = load_path(loaded, file["path"], here.path, publish=publish)
        if Part.TITLES in parts:
            loaded = load_titles(loaded, file["role"]["titles"], here.titles)
    return loaded


def load_role(slug: str) -> Role:
    """A role of the library with its path, published; no title rules. Twice is once."""
    return load_parts(slug, {Part.ROLE, Part.PATH}).role


def _load_role(file: RoleFile, here: Here) -> Loaded:
    role = here.role
    if role is None:
        role = role_row(file["role"])
        role.save()
    outcomes = [outcome_row(each) for each in file["outcomes"] if each["slug"] not in here.outcomes]
    for outcome in outcomes:
        outcome.role = role
    Outcome.objects.bulk_create(outcomes)
    skills = Skill.objects.bulk_create(
        skill_row(each) for each in file["skills"] if each["slug"] not in here.skills
    )
    loaded = Loaded(
        role=role,
        outcomes=here.outcomes | {outcome.slug: outcome for outcome in outcomes},
        skills=here.skills | {skill.slug: skill for skill in skills},
    )
    _require(loaded, file)
    is_new = int(here.role is None)
    return (
        loaded.counting(Role, new=is_new, there=1 - is_new)
        .counting(Outcome, new=len(outcomes), there=len(here.outcomes))
        .counting(Skill, new=len(skills), there=len(here.skills))
    )


def _require(loaded: Loaded, file: RoleFile) -> None:
    """Let the role need its skills. To which level it needs one already is the company's word."""
    needed = set(loaded.role.role_skills.values_list("skill", flat=True))
    missing = {
        loaded.skills[entry["slug"]]: entry
        for entry in reversed(file["skills"])
        if loaded.skills[entry["slug"]].pk not in needed
    }
    RoleSkill.objects.bulk_create(
        RoleSkill(
            role=loaded.role,
            skill=skill,
            required_level=entry["required"],
            outcome=loaded.outcomes[entry["outcome"]],
        )
        for skill, entry in reversed(missing.items())
    )
