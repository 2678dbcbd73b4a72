"""Which roles a job title or a department stands for."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from learning.models import Role, TitleRule

BETWEEN_WORDS = re.compile(r"[\W_]+")


def words_of(text: str) -> str:
    """The words alone, in one case, with a space around each: `` account executive ``."""
    return f" {BETWEEN_WORDS.sub(' ', text.casefold()).strip()} "


@dataclass
class TitleRules:
    """The rules of a company, ready to ask about many people. A title is looked at once."""

    rules: list[tuple[str, str, str, int]]
    _known: dict[tuple[str, str], frozenset[int]] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "TitleRules":
        """Those of active roles. One query."""
        rows = TitleRule.objects.filter(role__status=Role.Status.ACTIVE)
        return cls([(rule.field, rule.match, words_of(rule.text), rule.role_id) for rule in rows])

    def roles_of(self, job_title: str, department: str) -> frozenset[int]:
        """The roles (ids) that somebody with this title in this department has by rule."""
        key = (job_title, department)
        if key not in self._known:
            self._known[key] = frozenset(self._match(words_of(job_title), words_of(department)))
        return self._known[key]

    def _match(self, title: str, department: str) -> Iterable[int]:
        where: Mapping[str, str] = {
            TitleRule.Field.JOB_TITLE: title,
            TitleRule.Field.DEPARTMENT: department,
        }
        for place, how, words, role in self.rules:
            text = where[place]
            if text == words or (how == TitleRule.Match.CONTAINS and words in text):
                yield role
