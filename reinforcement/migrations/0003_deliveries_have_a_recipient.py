"""Each delivery so far went to the manager of its brief."""

from django.conf import settings
from django.db import migrations, models

FILL = """
UPDATE reinforcement_delivery SET recipient_id = brief.manager_id
FROM reinforcement_brief brief
WHERE brief.id = reinforcement_delivery.brief_id AND recipient_id IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [("reinforcement", "0002_channels_conversations_barriers")]

    operations = [
        migrations.RunSQL(
            [FILL, "SET CONSTRAINTS ALL IMMEDIATE"], reverse_sql=migrations.RunSQL.noop
        ),
        migrations.AlterField(
            model_name="delivery",
            name="recipient",
            field=models.ForeignKey(
                on_delete=models.deletion.CASCADE,
                related_name="deliveries",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
