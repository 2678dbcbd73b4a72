"""Two things to say out loud: chosen as a brief would, and not those of a brief."""

import re
from html import unescape

from django.utils import timezone
from time_machine import Traveller

from learning.models import Assignment
from reinforcement.models import Prompt
from reinforcement.reports import current_brief, recent_briefs
from tenants.companies.models import Company
from tenants.people.models import EmploymentStatus, Person
from tests.portal.cast import Visit, WriteBrief
from tests.portal.people.cast import page_of


def said(page: str) -> list[str]:
    return [unescape(words) for words in re.findall(r'<li class="prompt">(.*?)</li>', page)]


def test_there_are_two_and_they_are_about_the_current_step(
    visit: Visit, acme: Company, ada: Person, lee: Person, on_path: Assignment
) -> None:
    step = on_path.plan_steps.earliest("position").step
    skills = step.step_skills.values_list("skill", flat=True)
    fitting = {p.said_about("Lee") for p in Prompt.objects.filter(skill__in=list(skills))}
    prompts = said(page_of(visit, acme, ada, lee))
    assert len(set(prompts)) == 2
    assert prompts[0] in fitting
    assert "{name}" not in "".join(prompts)


def test_the_same_data_gives_the_same_two(
    visit: Visit, acme: Company, ada: Person, lee: Person, on_path: Assignment
) -> None:
    assert said(page_of(visit, acme, ada, lee)) == said(page_of(visit, acme, ada, lee))


def test_this_weeks_card_has_another_one(
    visit: Visit, acme: Company, ada: Person, lee: Person, write_brief: WriteBrief
) -> None:
    brief = write_brief(ada, lee)
    item = brief.items.get()
    first = said(page_of(visit, acme, ada, lee))[0]
    item.prompt = next(p for p in Prompt.objects.all() if p.said_about("Lee") == first)
    item.save()
    assert current_brief(recent_briefs(ada, now=timezone.now()), now=timezone.now()) == brief
    prompts = said(page_of(visit, acme, ada, lee))
    assert len(set(prompts)) == 2
    assert first not in prompts


def test_when_everything_was_said_it_says_so(
    visit: Visit, acme: Company, ada: Person, lee: Person, on_path: Assignment, clock: Traveller
) -> None:
    Prompt.objects.update(active=False)
    assert "Everything we could suggest was said" in page_of(visit, acme, ada, lee)


def test_somebody_on_leave_is_not_talked_to(
    visit: Visit, acme: Company, ada: Person, lee: Person, on_path: Assignment
) -> None:
    Person.objects.filter(pk=lee.pk).update(employment_status=EmploymentStatus.LEAVE)
    assert said(page_of(visit, acme, ada, lee)) == []
