"""Makes data of the size that the platform is built for, to measure with."""

import random
from argparse import ArgumentParser
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from cms.accounts.models import User
from learning.employers import assigning
from learning.employers.models import Employment, Manager, Organisation, Team
from learning.modules import editions
from learning.modules.models import Module
from learning.records.models import Attempt, Completion, Registration

#: People per transaction.
CHUNK = 2000
VALID_DAYS = 730


class Command(BaseCommand):
    """`manage.py seed_volume --people 10000`: one organisation with that many accepted employments, a
    deadline that has passed for some, completions for most. Invented people; refused outside the demo."""

    help = "Makes one large organisation with invented people, to measure with (demo only)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--people`, `--teams`, `--completed` (share of people, 0 to 1) and `--name`."""
        parser.add_argument("--people", type=int, default=10_000)
        parser.add_argument("--teams", type=int, default=20)
        parser.add_argument("--completed", type=float, default=0.75)
        parser.add_argument("--name", default="Volume Terminals B.V. (voorbeeld)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Makes the organisation and prints its address and its manager.

        Raises `CommandError` outside the demo, and when no module has been released.
        """
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError("seed_volume makes invented people and runs with the demo's settings only.")
        module = next(iter(editions.offered()), None)
        if module is None:
            raise CommandError("Release a module first: manage.py load_starter --demo")
        organisation = self.seed(module, options["people"], options["teams"], options["completed"], options["name"])
        self.stdout.write(f"organisation {organisation.public_id} with {options['people']} people")

    def seed(self, module: Module, people: int, teams: int, completed: float, name: str) -> Organisation:
        """The organisation with `people` employments in `teams` teams, `completed` of them done."""
        now = timezone.now()
        today = timezone.localdate(now)
        number = Organisation.objects.count() + 1
        organisation = Organisation.objects.create(
            name=f"{name} {number}",
            sector=module.audience,
            works_council_consent_on=today - timedelta(days=400),
        )
        manager = User.objects.create(
            email=f"volume{number}@example.org",
            first_name="Vera",
            last_name="Volume",
            password=make_password("demo-wachtwoord-2026"),
        )
        Manager.objects.create(organisation=organisation, user=manager, email=manager.email or "", accepted_at=now)
        made = [Team.objects.create(organisation=organisation, name=f"Team {index + 1}") for index in range(teams)]
        started = today - timedelta(days=365)
        chance = random.Random(20261121)  # noqa: S311  repeatable volumes, no secret
        for first in range(0, people, CHUNK):
            with transaction.atomic():
                rows = range(first, min(first + CHUNK, people))
                users = User.objects.bulk_create(
                    User(
                        email=f"p{number}-{row}@example.org",
                        first_name=f"Voornaam{row}",
                        last_name=f"Achternaam{row:05}",
                        password="!",  # noqa: S106  none: nobody signs in here
                    )
                    for row in rows
                )
                Employment.objects.bulk_create(
                    Employment(
                        organisation=organisation,
                        team=chance.choice(made),
                        user=user,
                        first_name=user.first_name,
                        last_name=user.last_name,
                        email=user.email,
                        personnel_number=str(row),
                        starts_on=started,
                        accepted_at=now,
                    )
                    for row, user in zip(rows, users, strict=True)
                )
                self.complete(module, [user for user in users if chance.random() < completed], chance, now)
        assigning.assign(organisation, None, module, today, manager, now)
        return organisation

    def complete(self, module: Module, users: list[User], chance: random.Random, now: datetime) -> None:
        """Registrations, attempts and completions of these people on days of the past year; a few of them
        have expired by now."""
        edition = module.current_edition
        if edition is None:
            return
        done = {user.pk: timezone.localdate(now) - timedelta(days=chance.randrange(5, 360)) for user in users}
        moments = {
            pk: timezone.make_aware(datetime.combine(day, time(chance.randrange(7, 22), 15)))
            for pk, day in done.items()
        }
        registrations = Registration.objects.bulk_create(
            Registration(
                user=user,
                module=module,
                kind=Registration.Kind.ASSIGNED,
                opened_at=moments[user.pk],
                closed_at=moments[user.pk],
            )
            for user in users
        )
        Attempt.objects.bulk_create(
            Attempt(
                registration=registration,
                edition=edition,
                drawn=[],
                answers=None,
                missed={},
                pass_mark=edition.pass_mark,
                started_at=registration.opened_at,
                submitted_at=registration.opened_at,
                points=Decimal(9),
                max_points=Decimal(10),
                passed=True,
            )
            for registration in registrations
        )
        Completion.objects.bulk_create(
            Completion(
                registration=registration,
                user_id=registration.user_id,
                module=module,
                edition=edition,
                completed_at=registration.opened_at,
                completed_on=done[registration.user_id],
                valid_until=done[registration.user_id]
                + timedelta(days=chance.choice([VALID_DAYS, VALID_DAYS, VALID_DAYS, 200])),
            )
            for registration in registrations
        )
