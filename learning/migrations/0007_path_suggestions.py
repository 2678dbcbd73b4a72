import django.db.models.deletion
import tenants.companies.identifiers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('learning', '0006_pauses_say_why'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PathSuggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=tenants.companies.identifiers.new_uid, editable=False, unique=True)),
                ('because', models.CharField(help_text='What would get better, in their words.', max_length=300)),
                ('suggested_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', 'with L&D'), ('taken', 'given'), ('declined', 'declined')], default='open', max_length=8)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.CharField(blank=True, help_text='Why not; whoever suggested it reads this.', max_length=300)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('path', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='learning.path')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='path_suggestions', to=settings.AUTH_USER_MODEL)),
                ('suggested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-suggested_at', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('person', 'path'), name='one_open_suggestion_per_person_and_path'), models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='suggestion_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='suggestion_is_open_or_decided'), models.CheckConstraint(condition=models.Q(('answer', ''), ('state', 'declined'), _negated=True), name='declined_suggestion_has_an_answer')],
            },
        ),
    ]
