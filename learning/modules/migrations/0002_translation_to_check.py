from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("modules", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="editiontext",
            name="translation_to_check",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="modulepage",
            name="translation_to_check",
            field=models.BooleanField(
                default=False,
                help_text="The page says so. Take it off when a translator has checked these words.",
                verbose_name="translation to check",
            ),
        ),
    ]
