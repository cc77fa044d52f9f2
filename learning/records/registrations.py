"""Rounds and tries: opening a registration, starting or resuming an attempt."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from learning.modules.models import Edition, Module
from learning.records.drawing import draw
from learning.records.models import Attempt, Registration
from learning.records.refusals import RegistrationClosed, RetryTooSoon

if TYPE_CHECKING:
    from cms.accounts.models import User

#: Two browsers can open, pass and close in between our two statements; more often than this they don't.
_TRIES = 3


def open_for(user: "User", module: Module, kind: str, at: datetime) -> Registration:
    """The person's open registration for this module; opens one of this kind when there is none.

    Two callers at the same time get the same one: a constraint holds that, and who loses reads the
    winner's. Raises `Registration.DoesNotExist` only when it was closed again each time we looked.
    """
    ours = Registration.objects.filter(user=user, module=module, closed_at=None)
    for _try in range(_TRIES):
        if found := ours.first():
            break
        Registration.objects.bulk_create(
            [Registration(user=user, module=module, kind=kind, opened_at=at)], ignore_conflicts=True
        )
    found = found or ours.get()
    found.user, found.module = user, module
    return found


def start_attempt(registration: Registration, edition: Edition, at: datetime) -> Attempt:
    """The registration's open attempt, else a new one on this edition. An open attempt keeps the edition
    it was started on, whatever was released since.

    An open attempt from before the person's PIN was reset by somebody else is not shown again: it is
    thrown away and a new one starts. Raises `RetryTooSoon` while a failed attempt's pause lasts,
    `RegistrationClosed` when the module was passed, `NothingToDraw` for an edition without questions.
    """
    latest = registration.attempts.select_related("edition").order_by("-started_at").first()
    if latest and latest.submitted_at is None:
        since = registration.user.private_since
        if since is None or latest.started_at >= since:
            latest.registration = registration
            return latest
        latest.delete()
    elif latest and latest.submitted_at:
        if latest.passed:
            raise RegistrationClosed(str(registration.pk))
        since, until = registration.user.private_since, retry_at(latest)
        if until and at < until and (since is None or latest.started_at >= since):
            raise RetryTooSoon(until)
    Attempt.objects.bulk_create(
        [
            Attempt(
                registration=registration,
                edition=edition,
                drawn=draw(edition),
                pass_mark=edition.pass_mark,
                started_at=at,
            )
        ],
        ignore_conflicts=True,
    )
    attempt = registration.attempts.get(submitted_at=None)
    attempt.registration = registration
    if attempt.edition_id == edition.pk:
        attempt.edition = edition
    return attempt


def retry_at(attempt: Attempt) -> datetime | None:
    """From when a new attempt may follow this failed one, by its own edition's rule; None for one that
    passed or wasn't handed in."""
    if attempt.passed or attempt.submitted_at is None:
        return None
    return attempt.submitted_at + timedelta(minutes=attempt.edition.cooldown_minutes)
