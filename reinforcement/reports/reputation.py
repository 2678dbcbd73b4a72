"""How new hires speak of starting here, by the month in which they did."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final, NamedTuple

from learning.reports.cohorts import first_month
from learning.reports.small_groups import Share, Split, hidden_among
from learning.reports.sql import fetch
from reinforcement.models import Reputation
from tenants.companies.context import current_company

MONTHS: Final = 12
Answer = Reputation.Answer
FAVOURABLE: Final = (Answer.HELPED, Answer.ESSENTIAL)

SAID: Final = """
WITH latest AS (
    SELECT DISTINCT ON (person_id, day) day, hired_on, answer
    FROM reinforcement_reputation
    WHERE hired_on BETWEEN %(first)s AND %(today)s
    ORDER BY person_id, day, hired_on DESC
)
SELECT days.day, month::date, count(latest.day), count(*) FILTER (WHERE answer = 1),
    count(*) FILTER (WHERE answer = 2), count(*) FILTER (WHERE answer = 3),
    count(*) FILTER (WHERE answer = 4)
FROM unnest(%(days)s::int[]) AS days(day)
CROSS JOIN generate_series(%(first)s::timestamp, %(today)s::timestamp, '1 month') month
LEFT JOIN latest ON latest.day = days.day
 AND date_trunc('month', latest.hired_on::timestamp) = month
GROUP BY days.day, month ORDER BY days.day, month
"""


@dataclass(frozen=True)
class Said:
    """Who answered of who was asked, and the answers, named as `Reputation.Answer` does."""

    response: Share
    answers: Split

    @property
    def favourable(self) -> float | None:
        """What share of the answers says that it helped, or more; None where they are hidden."""
        return self.answers.share(*(answer.name for answer in FAVOURABLE))


@dataclass(frozen=True)
class Cohort:
    """Who was hired, or hired again, in a month (its first day)."""

    month: date
    said: Said


@dataclass(frozen=True)
class OnDay:
    """What was said on day 14, or on day 30: by all of these months, and by cohort."""

    day: int
    said: Said
    cohorts: tuple[Cohort, ...]


class _Row(NamedTuple):
    day: int
    month: date
    asked: int
    in_the_way: int
    nothing: int
    helped: int
    essential: int

    @property
    def parts(self) -> dict[str, int]:
        return dict(zip(Answer.names, self[3:], strict=True))

    @property
    def answered(self) -> int:
        return sum(self[3:])


def reputation(*, now: datetime, months: int = MONTHS) -> tuple[OnDay, ...]:
    """Onboarding reputation by cohort, for day 14 and day 30. One query.

    `response`: who answered, of who was asked. `answers`: how many chose each answer, of who
    answered; `favourable` is the share of the two upper ones. The cohort is the month in which the
    employment began that the question was about, over the last `months` calendar months with this
    one; of somebody hired twice in that time, only the later one counts. The answers are hidden
    where fewer than five people answered, the response where fewer than five were asked. Months
    are those of the company's calendar.
    """
    today = current_company().day_of(now)
    rows = fetch(
        _Row,
        SAID,
        first=first_month(today, months),
        today=today,
        days=Reputation.Day.values,
    )
    return tuple(_on_day(day, list(group)) for day, group in groupby(rows, key=lambda row: row.day))


def _on_day(day: int, rows: list[_Row]) -> OnDay:
    few_asked = hidden_among({row.month: row.asked for row in rows})
    few_answered = hidden_among({row.month: row.answered for row in rows})
    return OnDay(
        day,
        Said(_response(rows), _answers(rows)),
        tuple(
            Cohort(
                row.month,
                Said(
                    Share() if row.month in few_asked else _response([row]),
                    Split() if row.month in few_answered else _answers([row]),
                ),
            )
            for row in rows
        ),
    )


def _response(rows: list[_Row]) -> Share:
    asked = sum(row.asked for row in rows)
    return Share.about(asked, met=sum(row.answered for row in rows), of=asked)


def _answers(rows: list[_Row]) -> Split:
    parts = {name: sum(row.parts[name] for row in rows) for name in Answer.names}
    return Split.about(sum(parts.values()), parts)
