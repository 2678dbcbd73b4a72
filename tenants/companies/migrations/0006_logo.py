from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('companies', '0005_suspension_impersonation'),
    ]

    operations = [
        migrations.AddField(
            model_name='company',
            name='logo',
            field=models.FileField(blank=True, editable=False, help_text='Shown in place of the name, on pages and in mail.', upload_to='logos/'),
        ),
        migrations.AddField(
            model_name='company',
            name='logo_width',
            field=models.PositiveSmallIntegerField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='company',
            name='logo_height',
            field=models.PositiveSmallIntegerField(blank=True, editable=False, null=True),
        ),
    ]
