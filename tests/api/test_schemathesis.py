"""Somebody else's tool reads our schema, asks whatever it allows and forbids, and is never lied to.

Against a real server: each operation by the edges of its schema, at random, and in chains that
follow links. It takes about half a minute.
"""

import os
import subprocess
from pathlib import Path

import pytest

from tests.api.live import ROOT, Live, tool

FOLDER = Path(__file__).parent / "schemathesis"


@pytest.mark.parametrize("phases", ["examples,coverage", "fuzzing,stateful"])
def test_it_finds_nothing(live: Live, tmp_path: Path, phases: str) -> None:
    found = subprocess.run(
        [
            *(tool("st"), "--config-file", str(FOLDER / "schemathesis.toml"), "--no-color"),
            *("run", f"{live.url}/api/schema/", "--phases", phases, "--seed", "1"),
            *("-H", f"Host: {live.host}", "-H", f"Authorization: Bearer {live.token}"),
            *("--warnings", "off", "--continue-on-failure", "--workers", "2"),
        ],
        cwd=tmp_path,
        env={**os.environ, "SCHEMATHESIS_HOOKS": str(FOLDER / "hooks.py"), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert found.returncode == 0, found.stdout[-8_000:] + found.stderr[-2_000:]
