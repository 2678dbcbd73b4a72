"""Somebody else's tool reads our schema, asks whatever it allows and forbids, and is never lied to.

Against a real server: each operation by the edges of its schema, at random, and in chains that
follow links. It takes about half a minute.
"""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.api.live import ROOT, Live, tool

FOLDER = Path(__file__).parent / "schemathesis"


@pytest.mark.parametrize("phases", ["examples,coverage", "fuzzing"])
def test_it_finds_nothing(live: Live, tmp_path: Path, phases: str) -> None:
    ask_all(live, tmp_path, "--phases", phases)


def test_it_finds_nothing_in_chains(live: Live, tmp_path: Path) -> None:
    """Each request takes what it needs from the answer before."""
    told = ask_all(live, tmp_path, *("--phases", "stateful", "-n", "40"), CHAINS="yes")
    followed = re.search(r"API Links: +(\d+) covered", told)
    assert followed
    assert int(followed[1]) >= 5, told


def ask_all(live: Live, folder: Path, *options: str, **environment: str) -> str:
    """What the tool says at the end."""
    found = subprocess.run(
        [
            *(tool("st"), "--config-file", str(FOLDER / "schemathesis.toml"), "--no-color"),
            *("run", f"{live.url}/api/schema/", *options, "--seed", "1"),
            *("-H", f"Host: {live.host}", "-H", f"Authorization: Bearer {live.token}"),
            *("--warnings", "off", "--continue-on-failure", "--workers", "2"),
        ],
        cwd=folder,
        env={
            **os.environ,
            **environment,
            "SCHEMATHESIS_HOOKS": str(FOLDER / "hooks.py"),
            "PYTHONPATH": str(ROOT),
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert found.returncode == 0, found.stdout[-8_000:] + found.stderr[-2_000:]
    return found.stdout
