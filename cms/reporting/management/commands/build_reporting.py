from typing import Any

from django.core.management.base import BaseCommand

from cms.reporting.build import rebuild


class Command(BaseCommand):
    help = "Builds the reporting page from the channels and texts in the database."

    def handle(self, *args: Any, **options: Any) -> None:
        """Builds and says whether anything changed."""
        self.stdout.write("The reporting page was built." if rebuild() else "The reporting page was up to date.")
