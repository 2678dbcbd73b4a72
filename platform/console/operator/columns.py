"""The columns of a list of companies, in the console's file and on the command line alike."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from django.utils import timezone

from console.operator.overviews import Overview

HEADINGS: Final = (
    "Company",
    "Address",
    "Status",
    "People",
    "Managers",
    "Last sync",
    "Its result",
    "Briefs of week",
    "Sent",
    "Failed",
    "Oldest unsent",
    "Failed messages",
    "Created",
    "What is wrong",
)


def rows_of(overviews: Iterable[Overview]) -> Iterator[Sequence[object]]:
    """Without the headings. Times are in the time zone that is set."""
    for each in overviews:
        company, figures = each.company, each.figures
        sync = figures.sync if figures else None
        week = figures.week if figures else None
        yield (
            company.name,
            each.address,
            company.status,
            figures.people if figures else "",
            figures.managers if figures else "",
            _moment(sync.at) if sync else "",
            sync.state if sync else "",
            str(week or ""),
            week.sent if week else "",
            week.failed if week else "",
            _moment(figures.oldest) if figures else "",
            figures.failed if figures else "",
            _moment(company.created_at),
            "; ".join(trouble.what for trouble in each.troubles),
        )


def _moment(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
