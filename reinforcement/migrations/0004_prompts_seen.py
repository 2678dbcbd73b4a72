"""A manager may ask for another prompt and come back to the one before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reinforcement", "0003_deliveries_have_a_recipient")]

    operations = [
        migrations.AddField(
            model_name="briefitem",
            name="prompts_seen",
            field=models.JSONField(
                db_default=[],
                default=list,
                help_text="Ids of the prompts shown before this one, the latest last.",
            ),
        ),
    ]
