"""The plots of the pulse, drawn from real values."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest

from console.pulse.plots import Bar, Bars, Column, Columns, Plot, Point, Trend
from console.templatetags.plots import HIDDEN, NARROW, WIDE, bars, columns, percent, plot, trend

WEEKS = Trend("Managers who talk", (Point("3 May", 0.0), Point("10 May", 0.5), Point("today", 1.0)))
MONTHS = Columns("First wins", (Column("Apr", None), Column("May", 0.25, behind=0.75)))
SKILLS = Bars(
    "Gaps closed",
    (Bar("Discovery", (3, 1), 8, "4 of 8", "3 seen by a manager"), Bar("Demos", (0,), 2, "0 of 2")),
)
EVERY: list[Plot] = [WEEKS, MONTHS, SKILLS]


def drawn(of: Plot, *, wide: bool = False) -> ElementTree.Element:
    return ElementTree.fromstring(plot(of, wide))  # noqa: S314  # we drew it


def words(svg: ElementTree.Element) -> list[str]:
    return ["".join(each.itertext()).strip() for each in svg.iter("text")]


@pytest.mark.parametrize("of", EVERY)
def test_every_plot_says_in_words_what_it_shows(of: Plot) -> None:
    svg = drawn(of)
    assert svg.get("role") == "img"
    assert (svg.get("aria-label") or "").startswith(f"{of.about}: ")
    assert "style" not in plot(of)


@pytest.mark.parametrize("of", EVERY)
@pytest.mark.parametrize(("wide", "width"), [(False, NARROW), (True, WIDE)])
def test_nothing_is_drawn_outside(of: Plot, wide: bool, width: int) -> None:
    svg = drawn(of, wide=wide)
    _, _, right, bottom = map(float, (svg.get("viewBox") or "").split())
    assert right == width
    for each in svg.iter("rect"):
        x, y, w, h = (float(each.get(name) or 0) for name in ("x", "y", "width", "height"))
        assert 0 <= x <= x + w <= right + 1
        assert 0 <= y <= y + h <= bottom
    for each in svg.iter("circle"):
        assert 0 <= float(each.get("cx") or -1) <= right
        assert 0 <= float(each.get("cy") or -1) <= bottom


def test_a_line_rises_with_what_it_shows_and_ends_with_its_number() -> None:
    drawing = trend(WEEKS, NARROW)
    path = re.findall(r"[ML]([\d.]+) ([\d.]+)", str(drawing["line"]))
    (x1, y1), (x2, y2), (x3, y3) = ((float(x), float(y)) for x, y in path)
    assert x1 < x2 < x3
    assert y1 > y2 > y3
    assert y1 - y2 == pytest.approx(y2 - y3, abs=0.2)
    assert words(drawn(WEEKS))[-3:] == ["100%", "3 May", "today"]
    assert drawing["says"] == "Managers who talk: 3 May 0%, 10 May 50%, today 100%."


def test_a_line_stops_where_a_week_is_hidden() -> None:
    values = (0.2, None, 0.4, 0.6, None)
    drawing: Any = trend(Trend("Talking", tuple(Point(str(v), v) for v in values)), NARROW)
    assert re.findall("[ML]", str(drawing["line"])) == ["M", "M", "L"]
    assert len(drawing["gaps"]) == 2
    assert drawing["now"] is None
    assert HIDDEN in str(drawing["says"])


def test_one_week_alone_is_drawn() -> None:
    [x] = re.findall(r"M([\d.]+)", str(trend(Trend("T", (Point("today", 0.5),)), NARROW)["line"]))
    assert float(x) == NARROW - 46


def test_a_hidden_month_has_no_column_and_its_place() -> None:
    drawing: Any = columns(MONTHS, NARROW)
    first, second = drawing["bars"]
    assert (first["hidden"], first["tall"], first["behind"], first["says"]) == (True, 0, None, "–")
    assert second["behind_tall"] == pytest.approx(3 * second["tall"], abs=0.3)
    assert second["said_at"] < second["behind"]
    assert words(drawn(MONTHS)) == ["–", "Apr", "25%", "May"]


def test_bars_share_a_scale_and_parts_add_up() -> None:
    drawing: Any = bars(SKILLS, 800)
    first, second = drawing["rows"]
    assert (first["all"], second["all"]) == (800, 200)
    assert first["parts"] == [(1, 0, 298.5), (2, 300, 98.5)]
    assert second["parts"] == []


def test_shares_that_are_alike_have_a_scale_each() -> None:
    drawing: Any = bars(Bars("Signs", SKILLS.bars, alike=True), 800)
    assert [row["all"] for row in drawing["rows"]] == [800, 800]


def test_a_long_name_is_cut_and_whole_for_whoever_points_at_it() -> None:
    name = "Open cases that nobody at the customer has to chase for weeks on end"
    svg = drawn(Bars("Gaps", (Bar(name, (1,), 9, "1 of 9"),)))
    [title] = svg.iter("title")
    assert title.text == name
    assert any(each.endswith("…") for each in (e.tail or "" for e in svg.iter("title")))


def test_what_people_wrote_is_no_markup() -> None:
    assert "<script>" not in plot(Bars("G", (Bar("<script>", (1,), 2, "1 of 2"),)))


@pytest.mark.parametrize(
    ("value", "said"), [(0.0, "0%"), (0.414, "41%"), (1.0, "100%"), (None, "hidden")]
)
def test_shares_are_said_in_whole_percent(value: float | None, said: str) -> None:
    assert percent(value) == said
