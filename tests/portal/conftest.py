"""The week that Ada has: a brief about some of her people, as the scheduler writes it."""

from datetime import timedelta

import pytest

from reinforcement.models import Brief, BriefItem, Moment, Prompt, Question
from tenants.people.models import Person
from tests.conftest import NOW
from tests.portal.cast import Assign, WriteBrief


@pytest.fixture
def write_brief(assign: Assign) -> WriteBrief:
    """``write_brief(ada, lee, nia)``: a brief of two hours ago about these people."""

    def write(manager: Person, *reports: Person, **fields: object) -> Brief:
        due_at = NOW - timedelta(hours=2)
        brief = Brief(manager=manager, iso_year=2026, iso_week=47, due_at=due_at, written_at=due_at)
        brief.state, brief.minutes = Brief.State.WRITTEN, 4
        for name, value in fields.items():
            setattr(brief, name, value)
        brief.save()
        prompt = Prompt.objects.filter(skill__slug="discovery", moment=Moment.STARTING).first()
        question = Question.objects.get(slug="discovery-agenda")
        for position, report in enumerate(reports):
            assignment = assign(report)
            BriefItem.objects.create(
                brief=brief,
                report=report,
                assignment=assignment,
                plan_step=assignment.plan_steps.first(),
                position=position,
                why=BriefItem.Why.STARTS,
                moment=Moment.STARTING,
                prompt=prompt,
                question=question,
            )
        return brief

    return write
