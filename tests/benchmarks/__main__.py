"""``make bench``: every benchmark against its floor, on a PostgreSQL and a web server of its own.

``make bench ONLY=sync-changed`` runs one, ``ONLY=pull`` all whose names begin with it. Prints a
table, and writes it to ``bench.json`` in the data folder. Nothing of it stays running.
"""

import os
import sys
import tempfile
from pathlib import Path

import django
from rich.console import Console

PEOPLE = 5_000
ROUNDS = 5
WIDTH = 100  # columns, where no terminal says


def main(only: str) -> int:
    told = Path(os.environ.get("VAR", "var")) / "bench.json"
    with tempfile.TemporaryDirectory(prefix="throughline-bench-") as name:
        folder = Path(name).resolve()
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        os.environ.update(VAR=str(folder), LOG_LEVEL="WARNING")
        os.environ.pop("DATABASE_URL", None)
        django.setup()
        return _run(folder, told, only)


def _run(folder: Path, told: Path, only: str) -> int:
    """0 where every target is met, 1 where one is not, 2 where there is no such benchmark."""
    from config import postgres
    from tenants.companies.actions import migrate_companies
    from tests.benchmarks import measures, results
    from tests.benchmarks.stage import stage

    screen = Console() if sys.stdout.isatty() else Console(width=WIDTH)
    chosen = {
        name: run
        for name, run in measures.found().items()
        if only in ("", name) or name.startswith(f"{only}-")
    }
    if not chosen:
        screen.print(f"There is no benchmark {only!r}; there is {', '.join(measures.found())}.")
        return 2
    try:
        screen.print("Starting PostgreSQL, bringing its tables up to date")
        migrate_companies()
        measured = []
        for name, measure in chosen.items():
            screen.print(f"Measuring {name}")
            with stage(folder, people=PEOPLE, rounds=ROUNDS) as place:
                measured.append(measure(place))
    finally:
        postgres.stop(folder / "postgres")
    screen.print(results.table(measured))
    results.write(measured, told)
    return 0 if all(result.met for result in measured) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
