"""Deleting in plain words: what goes with a row, or what keeps it and what to do instead."""

from collections.abc import Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest

from learning.models import Assignment, AssignmentRule, Outcome, Path, PlanStep, Role, Skill, Step

ARCHIVE: Final = "Set its status to archived instead: what was done stays, and nobody gets it anew."


class DeletesInWords:
    """For pages whose rows others rest on. Asked before Django collects what hangs on a row: of a
    path that was given to thousands of people that would be every step of every plan."""

    def kept_by(self, row: Any) -> Sequence[str]:
        """What keeps a row, as sentences; none where it can go."""
        return ()

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        rows = list(objs)
        named = len(rows) > 1
        kept = [
            f"“{row}”: {words}" if named else words for row in rows for words in self.kept_by(row)
        ]
        if kept:
            return [], {}, set(), kept
        told = super().get_deleted_objects(objs, request)  # type: ignore[misc]
        _, counts, lacking, protected = told
        return [str(row) for row in rows], counts, lacking, protected


class RemovesInWords:
    """For rows on the page of another one, which says at the row why it cannot be removed: of an
    outcome that thousands of paths were to move Django would name them all."""

    def kept_by(self, row: Any) -> Sequence[str]:
        return ()

    def get_formset(self, *args: Any, **options: Any) -> Any:
        formset = super().get_formset(*args, **options)  # type: ignore[misc]
        collect, kept_by = formset.form.hand_clean_DELETE, self.kept_by

        def refuse(form: Any) -> None:
            if not (form.cleaned_data.get(DELETION_FIELD_NAME) and form.instance.pk):
                return
            kept = " ".join(kept_by(form.instance))
            if not kept:
                try:
                    collect(form)
                except ValidationError:
                    kept = "Something that was done rests on it."
            if kept:
                told = f"“{form.instance}” cannot be removed. {kept} Rename it instead."
                raise ValidationError(told)

        formset.form.hand_clean_DELETE = refuse
        return formset


def kept_role(role: Role) -> list[str]:
    return _those(
        (_people(role.holdings), "person has", "people have", "it or had it."),
        (role.paths.count(), "path leads", "paths lead", "into it."),
        (role.calibrations.count(), "calibration was", "calibrations were", "held for it."),
        (_asking(role), "rule asks", "rules ask", "for it, and would mean more people without."),
    )


def _asking(role: Role) -> int:
    return AssignmentRule.objects.filter(roles=role).count()


def kept_path(path: Path) -> list[str]:
    return _those(
        (_people(path.assignments), "person was", "people were", "given it."),
        (path.rules.count(), "rule gives", "rules give", "it."),
        (path.assignment_runs.count(), "assignment run was", "assignment runs were", "about it."),
    )


def kept_skill(skill: Skill) -> list[str]:
    return _those(
        (skill.role_skills.count(), "role requires", "roles require", "it."),
        (skill.step_skills.count(), "step raises", "steps raise", "it."),
        (skill.observations.count(), "observation is", "observations are", "of it."),
    )


def kept_outcome(outcome: Outcome) -> list[str]:
    return _those(
        (_people(outcome.assignments), "person has", "people have", "a path that is to move it."),
        (outcome.rules.count(), "rule names", "rules name", "it."),
    )


def in_plans(steps: Sequence[Step]) -> list[str]:
    """How many people have some of these steps in a plan that is open."""
    open_plans = PlanStep.objects.filter(step__in=steps, assignment__status__in=Assignment.OPEN)
    number = open_plans.values("assignment__person").distinct().count()
    it = "it" if len(steps) == 1 else "some of them"
    return _those(
        (number, "person has", "people have", f"{it} in their plan, and there it stays as it is.")
    )


def _people(rows: Any) -> int:
    return int(rows.order_by().values("person").distinct().count())


def _those(*counted: tuple[int, str, str, str]) -> list[str]:
    return [
        f"{number:,} {one if number == 1 else many} {rest}"
        for number, one, many, rest in counted
        if number
    ]
