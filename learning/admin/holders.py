"""Who has a role: its title rules, on the page of the role."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import admin
from django.db.models import Count
from unfold.forms import PaginationInlineFormSet

from learning.actions import follow_everybody
from learning.models import TitleRule
from learning.titles import TitleRules, words_of
from tenants.people.admin.pages import EditRows
from tenants.people.models import EmploymentStatus, Person


class TitleRuleFormSet(PaginationInlineFormSet):  # type: ignore[misc]
    """Once saved, a worker gives the role to whoever the rules find, and takes it back."""

    def clean(self) -> None:
        """Words that the role has already are refused here: Django leaves out constraints that
        name the row on the page. Rows are stored one by one, so that words in the database are
        taken until they are gone."""
        super().clean()
        taken = {_key(form.initial): form for form in self.initial_forms}
        for form in self.forms:
            if form in self.deleted_forms or not form.has_changed() or form.errors:
                continue
            if taken.setdefault(_key(form.cleaned_data), form) is not form:
                form.add_error("text", "The role has this rule already.")

    def save(self, commit: bool = True) -> Any:
        saved = super().save(commit)
        if self.has_changed():
            follow_everybody()
        return saved


def _key(values: Mapping[str, Any]) -> tuple[str, str, str]:
    return values["field"], values["match"], values["text"].lower()


class TitleRuleRows(EditRows):
    """Three queries, however many rules."""

    model = TitleRule
    formset = TitleRuleFormSet
    verbose_name = "title rule"
    verbose_name_plural = "who has this role"
    fields = ("field", "match", "text", "finds")
    readonly_fields = ("finds",)
    _found: Mapping[int, int] | None = None  # of the role on the page: these live for one request

    @admin.display(description="finds now")
    def finds(self, rule: TitleRule) -> str:
        if not rule.pk:
            return ""
        if self._found is None:
            self._found = found_by(TitleRule.objects.filter(role=rule.role_id))
        number = self._found.get(rule.pk, 0)
        if not number:
            return "nobody"
        return "1 person" if number == 1 else f"{number:,} people"


def found_by(rules: Iterable[TitleRule]) -> dict[int, int]:
    """Title rule id → how many people it finds who have not left. One query besides the rules."""
    here = Person.objects.exclude(employment_status=EmploymentStatus.TERMINATED).order_by()
    titles = here.values_list("job_title", "department__name").annotate(number=Count("pk"))
    asked = TitleRules([(rule.field, rule.match, words_of(rule.text), rule.pk) for rule in rules])
    found: Counter[int] = Counter()
    for title, department, number in titles:
        for rule in asked.roles_of(title, department or ""):
            found[rule] += number
    return found
