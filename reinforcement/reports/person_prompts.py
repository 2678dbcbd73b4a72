from datetime import datetime

from reinforcement.facts import gather
from reinforcement.models import Prompt
from reinforcement.selection import choose_prompt
from tenants.people.models import Person


def prompts_about(report: Person, *, now: datetime, count: int = 2) -> list[str]:
    """What the manager of `report` can say out loud, as a brief would choose it, the best first.

    Nothing that a brief said to the two in eight weeks, this week's included, so there may be
    fewer. None for somebody who is away, without a running path, or without a manager. The same
    data gives the same prompts. Eight queries, or none.
    """
    manager = report.manager_id
    if manager is None:
        return []
    facts = gather([manager], now=now)
    mine = (each for each in facts.candidates.get(manager, []) if each.report == report.pk)
    candidate = next(mine, None)
    if candidate is None:
        return []
    used = set(facts.past_of(manager, report.pk).used)
    chosen: list[int] = []
    while len(chosen) < count:
        prompt = choose_prompt(candidate, facts.prompts, used, now=now)
        if prompt is None:
            break
        chosen.append(prompt)
        used.add(prompt)
    texts = Prompt.objects.in_bulk(chosen)
    return [texts[prompt].said_about(report.called) for prompt in chosen]
