from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    """Search forgives typing errors by trigrams. On PostgreSQL only; elsewhere this does nothing."""

    dependencies = [("pages", "0003_scenes_on_signal_cards")]

    operations = [TrigramExtension()]
