from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.models import Locale

from campaigns.plans import starter as plans
from campaigns.publishing import starter as publishing
from cms.pages import starter as pages
from cms.reporting import starter as reporting
from config import roles
from learning.modules import starter as modules


class Command(BaseCommand):
    """`manage.py load_starter`: the content an installation starts with, room by room. Running it again
    changes nothing that an editor changed."""

    help = "Loads starter content. What no editor has checked stays a draft, but in the demo."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--demo` publishes unchecked content too."""
        parser.add_argument("--demo", action="store_true", help="publish what isn't checked (demo settings only)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Loads every room, lower ones first: each builds on those before it.

        Raises `CommandError` for `--demo` outside the demo.
        """
        demo: bool = options["demo"]
        if demo and not settings.DEMO:
            raise CommandError("--demo publishes unchecked content: it works with the demo's settings only.")
        for code, _name in settings.LANGUAGES:  # in a prepared language editors may write, nobody is shown a page yet
            Locale.objects.get_or_create(language_code=code)
        pages.load(demo)
        reporting.load(demo)
        modules.load(demo)
        plans.load()
        publishing.load(demo)
        roles.load()  # last: communicators work below the lists of campaigns
