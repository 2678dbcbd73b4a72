"""A client that somebody else's generator makes from our schema works, without a line by hand."""

import os
import subprocess
from pathlib import Path
from urllib.request import Request, urlopen

from tests.api.live import Live, tool

NAME = "throughline_api_client"
CONFIG = """
content_type_overrides:
  application/x-ndjson: application/octet-stream
  text/csv: application/octet-stream
"""
"""Lines and cells are bytes to it; it has no types for them."""


def test_generated_client_brings_people_an_assignment_and_the_feed_round(
    live: Live, tmp_path: Path
) -> None:
    generator = tool("openapi-python-client")
    (tmp_path / "config.yml").write_text(CONFIG)
    (tmp_path / "schema.json").write_bytes(_schema(live))
    made = subprocess.run(
        [
            *(generator, "generate", "--path", str(tmp_path / "schema.json"), "--meta", "none"),
            *("--output-path", str(tmp_path / NAME), "--config", str(tmp_path / "config.yml")),
            "--fail-on-warning",
        ],
        env={**os.environ, "PATH": f"{Path(generator).parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr

    python = Path(generator).with_name("python")
    used = subprocess.run(
        [python, Path(__file__).with_name("generated.py"), live.url, live.host, live.token],
        env={**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert used.returncode == 0, used.stderr


def _schema(live: Live) -> bytes:
    headers = {"Host": live.host, "Accept": "application/vnd.oai.openapi+json"}
    with urlopen(Request(f"{live.url}/api/schema/", headers=headers)) as answer:
        read: bytes = answer.read()
    return read
