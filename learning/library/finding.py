"""What a company has already of roles of the library."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from learning.library.entries import RoleFile
from learning.models import Outcome, Path, Role, Skill, TitleRule
from learning.titles import words_of

Row = TypeVar("Row", Role, Outcome, Skill, Path)


@dataclass
class Here:
    """Rows of the company, by the slugs that the library has for them; titles by their words.

    A title is here where it stands for this role, or for another one of the company's.
    """

    role: Role | None = None
    path: Path | None = None
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    skills: dict[str, Skill] = field(default_factory=dict)
    titles: dict[str, TitleRule] = field(default_factory=dict)


def find_roles(files: Sequence[RoleFile]) -> dict[str, Here]:
    """What there is of each of these roles, by its slug. Five queries, however many roles."""
    roles = _found(Role.objects.all(), [file["role"] for file in files])
    paths = _found(Path.objects.select_related("role"), [file["path"] for file in files])
    skills = _found(Skill.objects.all(), [entry for file in files for entry in file["skills"]])
    outcomes = list(Outcome.objects.filter(role__in=roles.values()))
    rules = _title_rules()
    found = {}
    for file in files:
        slug = file["role"]["slug"]
        role = roles.get(slug)
        own = [outcome for outcome in outcomes if role and outcome.role_id == role.pk]
        slugs = [entry["slug"] for entry in file["skills"]]
        found[slug] = Here(
            role=role,
            path=paths.get(file["path"]["slug"]),
            outcomes=_matched(own, file["outcomes"]),
            skills={slug: skills[slug] for slug in slugs if slug in skills},
            titles=_titles(file["role"]["titles"], rules, role),
        )
    return found


def _found(rows: QuerySet[Row], entries: Sequence[Mapping[str, Any]]) -> dict[str, Row]:
    named = rows.alias(lowered=Lower("name")).filter(
        Q(slug__in=[entry["slug"] for entry in entries])
        | Q(lowered__in=[entry["name"].lower() for entry in entries])
    )
    return _matched(list(named.order_by("pk")), entries)


def _matched(rows: Sequence[Row], entries: Iterable[Mapping[str, Any]]) -> dict[str, Row]:
    """The row of each entry's slug, else of its name in whatever case: people gave it that."""
    by_slug = {row.slug: row for row in rows}
    by_name = {row.name.lower(): row for row in reversed(rows)}
    matched = {}
    for entry in entries:
        if row := by_slug.get(entry["slug"]) or by_name.get(entry["name"].lower()):
            matched[entry["slug"]] = row
    return matched


def _title_rules() -> list[TitleRule]:
    """Those that give, or may one day give, a role by job title."""
    rules = TitleRule.objects.filter(field=TitleRule.Field.JOB_TITLE)
    return list(rules.exclude(role__status=Role.Status.ARCHIVED).select_related("role"))


def _titles(
    titles: Iterable[str], rules: Iterable[TitleRule], role: Role | None
) -> dict[str, TitleRule]:
    """Of two rules for the same words, the role's own."""
    mine = role.pk if role else None
    of_words = {}
    for rule in sorted(rules, key=lambda rule: rule.role_id == mine):
        if rule.role_id != mine or rule.match == TitleRule.Match.CONTAINS:
            of_words[words_of(rule.text)] = rule
    return {title: of_words[words_of(title)] for title in titles if words_of(title) in of_words}
