from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("learning", "0005_say_why_paused")]
    operations = [
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'paused'), models.Q(('pause', ''), _negated=True), ('paused_on__isnull', False)), models.Q(models.Q(('status', 'paused'), _negated=True), ('pause', ''), ('paused_on', None)), _connector='OR'), name='paused_assignment_says_why'),
        ),
    ]
