"""What a report will try at work stands on their manager's week."""

from datetime import timedelta

from learning.actions import finish_step, intend
from reinforcement.models import BriefItem
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import NOW
from tests.portal.cast import Visit, WriteBrief


def test_the_line_of_the_step_at_hand_as_text(
    visit: Visit, acme: Company, ada: Person, lee: Person, write_brief: WriteBrief
) -> None:
    step = write_brief(ada, lee).items.get().plan_step
    assert step is not None
    intend(plan_step=step, intention="Open with <the> agenda")
    page = visit(acme, ada).get("/week/").content.decode()
    assert "“Open with &lt;the&gt; agenda”" in page
    assert "wanted to try" not in page


def test_the_line_of_a_step_finished_since_last_week_with_its_step(
    visit: Visit, acme: Company, ada: Person, lee: Person, write_brief: WriteBrief
) -> None:
    item = write_brief(ada, lee).items.get()
    done, at_hand = item.assignment.plan_steps.order_by("position")[:2]
    finish_step(plan_step=done, intention="Ask who signs", now=NOW - timedelta(days=3))
    BriefItem.objects.update(plan_step=at_hand)
    page = visit(acme, ada).get("/week/").content.decode()
    told = page[page.index("What Lee wanted to try at work") :]
    assert told.index("“Ask who signs”") < told.index(done.step.title)
    intend(plan_step=at_hand, intention="Name the next date")
    page = visit(acme, ada).get("/week/").content.decode()
    assert "“Name the next date”" in page
    assert "Ask who signs" not in page
