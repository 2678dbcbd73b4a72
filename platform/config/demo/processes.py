"""The demo's processes: web server, worker and tick. Started together, stopped together."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import psutil

PIDS = "demo.pids"
GRACE = 10  # seconds between asking a process to stop and making it
KEEP_MEMORY: Final = {
    "MALLOC_MMAP_THRESHOLD_": str(4 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(16 << 20),
}
"""Bytes. What one answer took is there for the next: glibc would give back half a megabyte and take
it again in small pieces. A page of the feed comes 6 % sooner; mallopt(3) on what they mean."""


@dataclass
class Service:
    """A long-running child, in a process group of its own, restarted when it dies."""

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603  # our own commands, no shell
                [sys.executable, "-m", *self.command],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                env={**os.environ, "VAR": str(self.log.parent), **self.environment},
                start_new_session=True,
            )

    @property
    def died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def ask_to_stop(self) -> None:
        """The parent alone: it lets its pool finish what is in hand."""
        if self.process is not None:
            self.process.terminate()

    def kill(self) -> None:
        """The whole group: a parent that was killed leaves its pool behind."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return

    def wait(self, deadline: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.kill()
            self.process.wait()


def services(folder: Path, port: int) -> list[Service]:
    """Their logs are in `folder`. One request at a time per process: threads would share caches."""
    return [
        Service(
            "web",
            ["gunicorn", "config.wsgi", f"--bind=127.0.0.1:{port}", "--workers=3",
             "--worker-class=gthread", "--threads=1", "--keep-alive=5", "--no-control-socket",
             "--limit-request-line=8190"],
            folder / "web.log",
            KEEP_MEMORY,
        ),
        Service(
            "worker",
            ["celery", "-A", "config.celery", "worker", "--loglevel=INFO", "--concurrency=2",
             "--without-gossip", "--without-mingle", "--without-heartbeat"],
            folder / "worker.log",
        ),
        Service(
            "tick",
            ["celery", "-A", "config.celery", "beat", "--loglevel=INFO", "--pidfile="],
            folder / "tick.log",
        ),
    ]  # fmt: skip


def remember(running: Sequence[Service], folder: Path) -> None:
    """Write down who runs, for `stop_leftovers`."""
    pids = [service.process.pid for service in running if service.process]
    (folder / PIDS).write_text(json.dumps(pids))


def stop_leftovers(folder: Path) -> None:
    """End what a demo that was killed with -9 left running in this data folder."""
    file = folder / PIDS
    for pid in json.loads(file.read_text()) if file.exists() else []:
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            left = psutil.Process(pid)
            if left.environ().get("VAR") == str(folder):
                group = [left, *left.children(recursive=True)]
                os.killpg(pid, signal.SIGKILL)
                psutil.wait_procs(group, timeout=GRACE)
    file.unlink(missing_ok=True)


def supervise(
    running: Sequence[Service],
    folder: Path,
    *,
    stop: Callable[[], bool],
    say: Callable[[str], None],
) -> None:
    """Keep the services up until `stop()` says so."""
    while not stop():
        for service in running:
            if service.died:
                say(f"{service.name} ended; starting it again ({service.log} says why)")
                service.kill()
                service.start()
                remember(running, folder)
        time.sleep(0.5)


def stop_all(running: Sequence[Service]) -> None:
    deadline = time.monotonic() + GRACE
    for service in running:
        service.ask_to_stop()
    for service in running:
        service.wait(deadline)
        service.kill()
