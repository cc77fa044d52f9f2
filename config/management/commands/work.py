from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config.worker import Supervisor, Worker


class Command(BaseCommand):
    """`manage.py work`: queue and timetable, kept alive."""

    help = "Sends mail, runs queued tasks and everything that happens by the clock. One is enough; more may run."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--once` and `--batch` for tests and scripts; `--child` is how the command starts itself."""
        parser.add_argument("--once", action="store_true", help="every job and every ready task once, then end")
        parser.add_argument("--batch", action="store_true", help="until queue and outbox are empty, then end")
        parser.add_argument("--child", metavar="NAME", default="", help="used by the command itself")
        parser.add_argument("--parent", metavar="PID", type=int, default=0, help="used by the command itself")

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs until SIGTERM or Ctrl-C, or as the options say."""
        if options["once"]:
            Worker().once()
        elif options["batch"]:
            Worker().batch()
        elif options["child"]:
            Worker(options["child"], options["parent"]).run()
        else:
            Supervisor().run()
