#!/usr/bin/env python3
"""Throughline's command line: ``manage.py help`` lists the commands."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.conf import settings

        settings.INSTALLED_APPS  # noqa: B018  # read now, so that a bad environment is one sentence
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Cannot start: {error}")
    except OperationalError as error:
        sys.exit(f"Cannot reach the database, check DATABASE_URL: {str(error).splitlines()[0]}")


if __name__ == "__main__":
    main()
