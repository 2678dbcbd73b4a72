"""``manage.py demo``: the real thing, running, with two companies in it."""

import json
import os
import shutil
import signal
import socket
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import timezone
from rich.console import Console

from config import postgres
from config.demo import building, processes
from config.queue import database_conninfo
from tenants.companies.actions import migrate_companies

READY_WITHIN = 60  # seconds


class Command(BaseCommand):
    help = "Run Throughline with two companies: web server, worker and schedule, until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reset", action="store_true", help="start over from empty data")

    def handle(self, *, reset: bool, **options: Any) -> None:
        self.screen = Console()
        self.began = time.monotonic()
        self.stopping = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        processes.stop_leftovers(settings.VAR)
        _refuse_taken_port(settings.SITE_PORT)
        if reset:
            self._forget()
        running: list[processes.Service] = []
        try:
            self._run(running)
        except KeyboardInterrupt:
            self.screen.print("Stopping.")
        finally:
            processes.stop_all(running)
            for file in ("demo.json", processes.PIDS):
                (settings.VAR / file).unlink(missing_ok=True)
            connections.close_all()
            if settings.DATABASES["default"].get("EMBEDDED"):
                postgres.stop(settings.VAR / "postgres")

    def _run(self, running: list[processes.Service]) -> None:
        self._say("Database", "starting PostgreSQL, bringing its tables up to date")
        migrate_companies()
        told = building.companies(
            settings.VAR / "demo",
            root_domain=settings.ROOT_DOMAIN,
            now=timezone.now(),
            say=self._say,
        )
        operator = building.operator()
        self._say("Server", "starting web server, worker and schedule")
        connections.close_all()
        running.extend(processes.services(settings.VAR, settings.SITE_PORT))
        for service in running:
            service.start()
        processes.remember(running, settings.VAR)
        self._wait_until_ready()
        self._publish(told, operator)
        processes.supervise(
            running,
            settings.VAR,
            stop=lambda: self.stopping,
            say=lambda line: self._say("Server", line),
        )

    def _stop(self, *_: object) -> None:
        """Ends the wait at once where nothing runs yet, else lets `supervise` finish its round."""
        if self.stopping:
            return
        self.stopping = True
        raise KeyboardInterrupt

    def _forget(self) -> None:
        """Stop what still runs in the data folder, and delete what the demo keeps there."""
        folder: Path = settings.VAR
        if (folder / "postgres").exists():
            postgres.stop(folder / "postgres")
        for name in ("postgres", "demo", "mail", "files"):
            shutil.rmtree(folder / name, ignore_errors=True)
        for file in ("tick", "demo.json"):
            (folder / file).unlink(missing_ok=True)

    def _say(self, who: str, what: str) -> None:
        seconds = time.monotonic() - self.began
        self.screen.print(
            f"[dim]{seconds:5.1f} s[/dim]  [bold]{who:9}[/bold] {what}", soft_wrap=True
        )

    def _wait_until_ready(self) -> None:
        url = f"http://127.0.0.1:{settings.SITE_PORT}/health/ready"
        deadline = time.monotonic() + READY_WITHIN
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(url, timeout=5):  # our own address
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise CommandError(f"The web server did not become ready; {settings.VAR}/web.log says why.")

    def _publish(self, told: list[building.Told], operator: building.Told) -> None:
        base = f"http://{settings.ROOT_DOMAIN}:{settings.SITE_PORT}/"
        for company in told:
            host = f"{str(company['name']).lower()}.{settings.ROOT_DOMAIN}"
            company.update(host=host, url=f"http://{host}:{settings.SITE_PORT}/")
        demo = {
            "url": base,
            "mail_url": f"{base}demo/mail/",
            "operator": {**operator, "url": f"{base}console/"},
            "database_url": postgres.url_of(database_conninfo()),
            "companies": told,
        }
        unfinished = settings.VAR / "demo.json.part"
        unfinished.write_text(json.dumps(demo, indent=2) + "\n")
        os.replace(unfinished, settings.VAR / "demo.json")  # noqa: PTH105  # atomic
        self._print(demo, told)

    def _print(self, demo: dict[str, Any], told: list[building.Told]) -> None:
        self._say("Ready", demo["url"])
        self.screen.print(f"\n  All mail, captured: {demo['mail_url']}", soft_wrap=True)
        operator = demo["operator"]
        self.screen.print(
            f"\n  [bold]Operator's console[/bold]  {operator['url']}\n"
            f"    operator  {operator['email']}  password: {operator['password']}",
            soft_wrap=True,
        )
        for company in told:
            self.screen.print(f"\n  [bold]{company['name']}[/bold]  {company['url']}")
            for who in ("owner", "manager", "learner", "peer", "new_hire"):
                account: Any = company[who]
                role = who.replace("_", " ")
                self.screen.print(
                    f"    {role:9} {account['email']}  password: {account['password']}",
                    soft_wrap=True,
                )
            self.screen.print(
                f"    [dim]curl -H 'Authorization: Bearer {company['api_token']}' "
                f"{company['url']}api/v1/learning-records[/dim]",
                soft_wrap=True,
            )
        self.screen.print(
            "\n  Learner, peer and new hire have one role and are on one path: compare their plans."
        )
        self.screen.print(f"\n  All of this is in {settings.VAR}/demo.json. Ctrl-C stops it.")


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"Port {port} is taken by another program. Choose one: make demo PORT=8001"
            ) from error
