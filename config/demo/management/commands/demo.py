from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from config.demo import people
from config.demo.sign_ins import SIGN_INS


class Command(BaseCommand):
    """`manage.py demo`: the demo's people, and the table of sign-ins."""

    help = "Makes the demo's people where they are missing, and prints how to sign in."

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises `CommandError` outside the demo, and when no module has been released yet."""
        if not settings.DEMO:
            raise CommandError("The demo's people have public passwords: they are made with the demo's settings only.")
        try:
            people.load(timezone.now())
        except LookupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(table())


def table() -> str:
    """How to sign in, for a terminal."""
    with translation.override("en"):
        rows = [("ROLE", "SIGN-IN NAME", "PASSWORD OR PIN", "TOTP SECRET")]
        rows += [(str(line.role), line.name, line.secret, line.totp_secret) for line in SIGN_INS]
        widths = [max(len(row[column]) for row in rows) for column in range(4)]
        tries = ["", *(f"    try: {line.try_this}" for line in SIGN_INS)]
        lines = []
        for row, hint in zip(rows, tries, strict=True):
            lines.append("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
            lines += [hint] if hint else []
        return "\n".join(lines)
