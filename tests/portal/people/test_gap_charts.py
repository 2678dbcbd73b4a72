"""The gap by skill over time: drawn, told in words, and as a table."""

import re
from datetime import date

from learning.models import Assignment, Level, Observation, Skill
from learning.reports import Trail, gap_trails
from portal.templatetags.gap_chart import gap_chart
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import TODAY
from tests.portal.cast import Visit
from tests.portal.people.cast import See, page_of


def trail_of(person: Person, slug: str) -> Trail:
    trails = gap_trails(person, today=TODAY)
    return next(trail for trail in trails if trail.standing.skill.slug == slug)


def test_what_counted_is_told_in_its_order(lee: Person, on_path: Assignment, see: See) -> None:
    said = {"source": Observation.Source.SELF, "observer": lee}
    see("discovery", 2, date(2026, 3, 1), **said)
    see("discovery", 3, date(2026, 8, 1), **said)
    see("discovery", 1, date(2026, 9, 1))
    see("discovery", 3, date(2026, 10, 1), **said)
    see("discovery", 2, date(2026, 11, 1))
    trail = trail_of(lee, "discovery")
    assert [each.level for each in trail.seen] == [2, 3, 1, 2]
    assert [each.level for each in trail.in_window] == [3, 1, 2]
    assert trail.standing.level == trail.seen[-1].level == Level.ON_THEIR_OWN


def test_what_was_taken_back_leaves_no_trace(lee: Person, on_path: Assignment, see: See) -> None:
    see("discovery", 1, date(2026, 9, 1))
    see("discovery", 3, date(2026, 10, 1))
    Observation.objects.filter(level=3).update(withdrawn_at="2026-10-02T08:00Z")
    assert [each.level for each in trail_of(lee, "discovery").seen] == [1]


def test_open_gaps_come_first(lee: Person, on_path: Assignment, see: See) -> None:
    see("discovery", 3, date(2026, 9, 1))
    met = [trail.standing.is_met for trail in gap_trails(lee, today=TODAY)]
    assert met == sorted(met)
    assert met[-1] is True


def test_the_line_steps_on_the_days_and_ends_today(
    lee: Person, on_path: Assignment, see: See
) -> None:
    see("discovery", 0, date(2026, 1, 1))
    see("discovery", 2, date(2026, 8, 19))
    drawn = gap_chart(trail_of(lee, "discovery"))
    assert drawn["line"] == "M6 58H120 V24H234"
    assert drawn["knots"] == [(120, 24, "seen")]
    assert drawn["required"] == 24
    assert drawn["short"] == [(6, 24, 114, 34)]


def test_a_skill_nobody_has_seen_has_no_line_and_says_so(lee: Person, on_path: Assignment) -> None:
    drawn = gap_chart(trail_of(lee, "discovery"))
    assert (drawn["line"], drawn["knots"], drawn["short"]) == ("", [], [])
    assert drawn["told"] == (
        "Discovery conversations: not seen yet. The role needs “on their own”."
    )


def test_each_drawing_has_a_name_and_the_table_tells_the_same(
    visit: Visit, acme: Company, ada: Person, lee: Person, on_path: Assignment, see: See
) -> None:
    see("discovery", 1, date(2026, 9, 1))
    page = page_of(visit, acme, ada, lee)
    count = on_path.path.role.role_skills.count()
    assert page.count('role="img"') == page.count("<title>") - 1 == count
    assert "Discovery conversations: “with help” as of 1 September." in page
    table = page[page.index("<table>") : page.index("</table>")]
    assert table.count('<th scope="row">') == count
    row = next(
        row for row in table.split("<tr>") if Skill.objects.get(slug="discovery").name in row
    )
    cells = [" ".join(cell.split()) for cell in re.findall(r"<td>(.*?)</td>", row, re.DOTALL)]
    assert cells == ["on their own", "1 September", "with help", "Ada Lindqvist"]


def test_levels_are_read_in_nine_queries(
    lee: Person, on_path: Assignment, see: See, django_assert_num_queries
) -> None:
    for day in range(1, 9):
        see("discovery", day % 4, date(2026, 10, day))
    with django_assert_num_queries(9):
        gap_trails(lee, today=TODAY)
