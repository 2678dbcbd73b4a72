"""Runs from before runs could wait are over. May be run again."""

from django.db import migrations
from django.db.models import F


def say_so(apps, _):
    runs = apps.get_model("people", "SyncRun").objects.filter(finished_at__isnull=False)
    runs.filter(state="waiting").update(state="finished", requested_at=F("started_at"))


class Migration(migrations.Migration):
    dependencies = [("people", "0002_runs_groups_and_files")]
    operations = [migrations.RunPython(say_so, migrations.RunPython.noop)]
