"""The commands of a guide do what it says, as they stand there."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tenants.people.models import Person, SyncRun
from tests.api.live import ROOT, Live

GUIDE = ROOT / "docs" / "connect" / "first-sync.md"
BLOCK = re.compile(r"^```sh\n(.+?)^```$", re.MULTILINE | re.DOTALL)
SET_BY_HAND = re.compile(r"^(THROUGHLINE|TOKEN)=.*\n", re.MULTILINE)


def test_a_first_sync_in_the_order_of_its_guide(live: Live, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("NO curl HERE: the guide's commands were not run")
    script = SET_BY_HAND.sub("", "".join(BLOCK.findall(GUIDE.read_text())))
    assert script.count("curl ") == 5

    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=tmp_path,
        env={
            **os.environ,
            "THROUGHLINE": live.url.replace("127.0.0.1", live.host),
            "TOKEN": live.token,
            "NO_PROXY": "*",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    jo = Person.objects.get(external_id="1241")
    assert jo.manager == Person.objects.get(external_id="1207")
    assert SyncRun.objects.filter(origin="HRIS").count() == 1
    assert '"created": 2' in done.stdout
    assert '"deactivated": ' in done.stdout
