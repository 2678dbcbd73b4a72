"""Rules that give a role of the library to whoever has such a job title."""

from collections.abc import Mapping, Sequence

from learning.actions import follow_everybody
from learning.library.loaded import Loaded
from learning.models import TitleRule


def load_titles(loaded: Loaded, titles: Sequence[str], there: Mapping[str, TitleRule]) -> Loaded:
    """The role, with its title rules. Words that stand for another role already are left alone."""
    new = [
        TitleRule(role=loaded.role, text=title, match=TitleRule.Match.CONTAINS)
        for title in titles
        if title not in there
    ]
    TitleRule.objects.bulk_create(new)
    if new:
        follow_everybody()
    taken = [
        f"The title “{rule.text}” stands for the role “{rule.role}” already: it was left alone."
        for rule in there.values()
        if rule.role_id != loaded.role.pk
    ]
    return loaded.counting(TitleRule, new=len(new), there=len(there)).noting(*taken)
