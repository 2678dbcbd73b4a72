from django.db import migrations
from django.db.models import F
from django.db.models.functions import TruncDate


def say_why(apps, schema_editor):
    """Until now only leave paused anything. Twice is once."""
    assignments = apps.get_model("learning", "Assignment").objects
    assignments.filter(status="paused", pause="").update(
        pause="leave", paused_on=TruncDate(F("moved_at"))
    )


class Migration(migrations.Migration):
    dependencies = [("learning", "0004_versions_rules_occupations")]
    operations = [migrations.RunPython(say_why, migrations.RunPython.noop)]
