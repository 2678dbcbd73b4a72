"""``manage.py encryption rotate|check``: what is stored encrypted, and with which key."""

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from tenants.companies.rotation import Column, check_encryption, count_encrypted, rotate_encryption


class Command(BaseCommand):
    help = "Encrypt stored secrets and notes anew with the first of ENCRYPTION_KEYS, or check them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("rotate", help="encrypt everything with the first key; may be run again")
        verbs.add_parser("check", help="count what each key opens, and what none does")

    def handle(self, *, verb: str, **_: Any) -> None:
        columns = _watched(*ACTIONS[verb])
        old = sum(column.old for column in columns)
        current = sum(column.current for column in columns)
        unreadable = sum(column.unreadable for column in columns)
        if verb == "rotate":
            self.stdout.write(f"{old:,} encrypted anew, {current:,} were so already.")
        else:
            self.stdout.write(f"{current:,} with the first key, {old:,} with an older one.")
        for column in columns:
            if column.unreadable:
                self.stdout.write(f"{column}: {column.unreadable:,} cannot be read.")
        if unreadable:
            raise CommandError(
                f"{unreadable:,} cannot be read with any of ENCRYPTION_KEYS: add the key "
                "they were encrypted with at the end, and run this again."
            )
        if verb == "rotate" or not old:
            self.stdout.write("Only the first key is needed from now on.")


ACTIONS: dict[str, tuple[str, Callable[..., list[Column]]]] = {
    "rotate": ("Encrypting anew", rotate_encryption),
    "check": ("Checking", check_encryption),
}


def _watched(title: str, action: Callable[..., list[Column]]) -> list[Column]:
    """With a bar on standard error meanwhile, where somebody looks."""
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task(title, total=count_encrypted())
        return action(watch=lambda done: progress.advance(task, done))
