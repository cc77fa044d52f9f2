"""What the worker does by the clock. Every job is idempotent and short, takes the moment it runs at, and may
be run by two workers at once."""

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone

from cms.accounts import retention as accounts_retention
from cms.mail import deliver
from cms.mail import retention as mail_retention
from cms.professionals import sweep as professionals_sweep
from cms.reporting import build
from config import queue, roles, scheduled
from learning.employers import retention as employers_retention
from learning.records import retention as records_retention

logger = logging.getLogger(__name__)

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True)
class Job:
    """One line of the timetable. What `run` returns as a `timedelta` is a wish to rest for so long."""

    name: str
    every: timedelta
    run: Callable[[datetime], object]


def jobs(worker: str) -> tuple[Job, ...]:
    """The timetable of the worker of this name."""

    def beat(at: datetime) -> None:
        queue.beat(worker, at)

    def outbox(at: datetime) -> timedelta | None:
        return MINUTE if deliver.send_due(at, worker=worker)[deliver.OUTAGE] else None

    return (
        Job("heartbeat", 15 * SECOND, beat),
        Job("outbox", SECOND, outbox),
        Job("scheduled publishing", 15 * SECOND, scheduled.publish_due),
        Job("stuck tasks", 30 * SECOND, queue.release_stuck),
        Job("reporting page", MINUTE, lambda at: build.rebuild()),
        Job("editors of areas", MINUTE, lambda at: roles.load_areas()),
        Job("outbox retention", HOUR, mail_retention.sweep),
        Job("accounts retention", HOUR, accounts_retention.sweep),
        Job("records retention", HOUR, records_retention.sweep),
        Job("employers retention", HOUR, employers_retention.sweep),
        Job("accounts of professionals", HOUR, professionals_sweep.sweep),
        Job("queue retention", HOUR, queue.sweep),
    )


class Timetable:
    """Jobs and when each is due next. It counts on a clock that nobody sets; the moment that a job is given
    is the wall's."""

    def __init__(self, lines: Iterable[Job], clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._due = {job: clock() for job in lines}

    def run_due(self) -> int:
        """Runs the jobs that are due, each by itself: one that fails stops no other, and is tried again at its
        next turn. Returns how many ran."""
        due = [job for job, moment in self._due.items() if moment <= self._clock()]
        for job in due:
            rest = self._run(job)
            self._due[job] = self._clock() + max(rest, job.every).total_seconds()
        return len(due)

    def seconds_until_next(self) -> float:
        """How long nothing is due; 0 when something is."""
        return max(0.0, min(self._due.values()) - self._clock())

    def _run(self, job: Job) -> timedelta:
        """Runs one job; whatever it raises is logged, without the error's own text."""
        close_old_connections()
        try:
            wish = job.run(timezone.now())
        except (OperationalError, InterfaceError) as error:  # locked, or gone: it comes back
            logger.warning("%s: the database failed (%s); tried again", job.name, type(error).__name__)
        except Exception as error:
            logger.error("%s failed: %s\n%s", job.name, type(error).__name__, queue.trace(error))
        else:
            return wish if isinstance(wish, timedelta) else timedelta()
        finally:
            close_old_connections()
        return timedelta()
