from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import timezone

from cms.pages.audiences import Audience
from learning.employers import invitations
from learning.employers.models import Organisation


class Command(BaseCommand):
    """`manage.py add_employer "Name" --sector terminal --manager who@example.org`: a new employer, and an
    invitation to its first manager. The same name and sector again invites a manager to that employer."""

    help = "Adds an employer and invites its first manager by e-mail."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name, sector, number of the Chamber of Commerce, and whom to invite."""
        parser.add_argument("name")
        parser.add_argument("--sector", required=True, choices=Audience.values)
        parser.add_argument("--kvk", default="")
        parser.add_argument("--manager", required=True, help="e-mail address of the first manager")
        parser.add_argument("--language", default="nl", choices=["nl", "en"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises `CommandError` for a wrong address or number."""
        organisation = Organisation.objects.filter(name=options["name"], sector=options["sector"]).first()
        organisation = organisation or Organisation(name=options["name"], sector=options["sector"], kvk=options["kvk"])
        try:
            validate_email(options["manager"])
            organisation.full_clean()
            organisation.save()
            invitations.invite_manager(organisation, options["manager"], None, timezone.now(), options["language"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{organisation.name} was added, and its manager is invited.")
