"""Each benchmark once, tiny: that it works, not how fast."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker
from rich.console import Console

from tests.benchmarks import measures, results
from tests.benchmarks.stage import Stage, stage


@pytest.fixture(scope="module")
def tiny(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("bench")
    with django_db_blocker.unblock(), stage(folder, people=20, rounds=1) as place:
        yield place


@pytest.mark.xdist_group("benchmarks")
def test_every_benchmark_measures_itself_against_its_floor(tiny: Stage, tmp_path: Path) -> None:
    measured = [measure(tiny) for measure in measures.found().values()]
    assert [result.name for result in measured] == list(measures.found())
    assert all(result.ours > 0 and result.floor > 0 for result in measured)

    file = tmp_path / "var" / "bench.json"
    results.write(measured, file)
    told = json.loads(file.read_text())
    assert [set(each) for each in told] == [
        {"name", "ours", "floor", "ratio", "target", "unit", "met"} for _ in measured
    ]

    screen = Console(width=200, record=True, file=io.StringIO())
    screen.print(results.table(measured))
    shown = screen.export_text()
    assert all(result.name in shown and result.target in shown for result in measured)
