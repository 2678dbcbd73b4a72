from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("companies", "0007_single_sign_on_only")]

    operations = [
        migrations.AddField(
            model_name="company",
            name="setup_hidden",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="The home page of the admin site no longer says what to do first.",
                verbose_name="checklist for getting started is hidden",
            ),
        ),
    ]
