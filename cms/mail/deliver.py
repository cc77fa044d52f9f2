"""Sending what stands in the outbox.

Rows are claimed by a conditional update with a lease, so that two workers never hold the same row. Each
row is marked as sent in a commit of its own, right after the server took it: a worker killed at any
moment loses nothing, and repeats at most the one message that it was sending, with the same Message-ID.
"""

import logging
import secrets
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection as database
from django.db import transaction
from django.db.models import Case, DateTimeField, F, Value, When
from django.utils import timezone

from cms.mail.models import OutboxMessage
from cms.mail.suppression import suppressed

logger = logging.getLogger(__name__)

State = OutboxMessage.State

#: Longer than the time in which messages are begun (`BUDGET`) and one message on a dying connection together.
LEASE = timedelta(minutes=5)
#: A call begins no message after this many seconds, and gives back what it had claimed.
BUDGET = 20.0
BATCH = 100
#: How long to wait after each failed try. Together almost three days, then the message has failed.
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=24),
)
MAX_ATTEMPTS = len(BACK_OFF) + 1

#: Counted by `send_due` when the mail server can't be reached at all.
OUTAGE = "outage"


def send_due(at: datetime, limit: int = 500, worker: str = "") -> Counter[str]:
    """Sends messages that are due at this moment, at most `limit`, over one open connection.

    `worker` names who claims them (random by default); see `release_claims`. Returns how many were
    `sent`, `suppressed`, put off (`queued`) or `failed`, and `outage: 1` when the mail server could not
    be reached: nothing more is worth trying for a while then.
    """
    worker = worker or secrets.token_hex(8)
    outcome: Counter[str] = Counter()
    release_expired(at)
    mailer = get_connection()
    end = time.monotonic() + BUDGET
    try:
        with _quick_commits():
            while sum(outcome.values()) < limit and not outcome[OUTAGE] and time.monotonic() < end:
                batch = _claim(at, min(BATCH, limit - sum(outcome.values())), worker)
                if not batch:
                    break
                _send_batch(mailer, batch, at, worker, outcome, end)
    finally:
        _close(mailer)
        release_claims(worker)
    return outcome


@contextmanager
def _quick_commits() -> Iterator[None]:
    """SQLite without a wait for the disk at every commit. What a killed process had committed is kept all
    the same; only a machine that loses power may forget which of its last messages were sent, and send
    those again under the same Message-ID."""
    if database.vendor != "sqlite" or database.in_atomic_block:
        yield
        return
    with database.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=NORMAL")
    try:
        yield
    finally:
        with database.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")


def release_expired(at: datetime) -> int:
    """Puts back what a worker claimed and didn't finish before its lease ended. Returns how many."""
    expired = OutboxMessage.objects.filter(state=State.SENDING, lease_until__lte=at)
    return expired.update(state=State.QUEUED, claimed_by="", lease_until=None) if expired.exists() else 0


def release_claims(worker: str) -> int:
    """Puts back what this worker still holds: it has stopped, or the one before it of the same name was
    killed. Returns how many."""
    held = OutboxMessage.objects.filter(state=State.SENDING, claimed_by=worker)
    return held.update(state=State.QUEUED, claimed_by="", lease_until=None) if held.exists() else 0


def _claim(at: datetime, size: int, worker: str) -> list[OutboxMessage]:
    """Up to `size` due rows, oldest first, now ours until the lease ends."""
    due = OutboxMessage.objects.filter(state=State.QUEUED, next_attempt_at__lte=at)
    if not due.exists():  # no write transaction every second for nothing
        return []
    lease_until = timezone.now() + LEASE
    with transaction.atomic():
        skip = database.features.has_select_for_update_skip_locked
        ids = list(due.order_by("next_attempt_at", "id").select_for_update(skip_locked=skip).values_list("pk")[:size])
        claimed = due.filter(pk__in=[pk for (pk,) in ids])
        claimed.update(state=State.SENDING, claimed_by=worker, lease_until=lease_until)
    return list(
        OutboxMessage.objects.filter(
            pk__in=[pk for (pk,) in ids], state=State.SENDING, claimed_by=worker, lease_until=lease_until
        ).order_by("next_attempt_at", "id")
    )


def _send_batch(
    mailer: Any, batch: Sequence[OutboxMessage], at: datetime, worker: str, outcome: Counter[str], end: float
) -> None:
    """Sends claimed rows one by one; ends early when the server is gone or it is past `end`."""
    stopped = suppressed((row.to, row.scope) for row in batch)
    for position, row in enumerate(batch):
        if time.monotonic() >= end:
            return
        if (row.to, row.scope) in stopped:
            outcome[_finish(row, worker, State.SUPPRESSED)] += 1
            continue
        try:
            mailer.open()
        except Exception as error:  # whatever the backend raises: nobody is there
            logger.warning("Mail server not reached: %s", type(error).__name__)
            _put_off_all(batch[position:], at, worker, error)
            outcome[State.QUEUED] += len(batch) - position
            outcome[OUTAGE] = 1
            return
        try:
            mailer.send_messages([_message(row)])
        except Exception as error:  # a bad message or a bad moment: the next one may go
            logger.warning("Message %s not sent: %s", row.pk, type(error).__name__)
            outcome[_put_off(row, at, worker, error)] += 1
            _close(mailer)
        else:
            outcome[_finish(row, worker, State.SENT, sent_at=timezone.now())] += 1


def _message(row: OutboxMessage) -> EmailMultiAlternatives:
    """The e-mail of one row: one recipient, text and HTML, nothing that tracks."""
    headers = {"Message-ID": row.message_id, "Auto-Submitted": "auto-generated", **row.headers}
    message = EmailMultiAlternatives(subject=row.subject, body=row.text, to=[row.to], headers=headers)
    message.attach_alternative(row.html, "text/html")
    return message


def _finish(row: OutboxMessage, worker: str, state: State, **fields: Any) -> str:
    """Ends our hold on a row; writes nothing when the lease went to somebody else. What will never be sent
    (again) loses its content at once: a link in it may still open something."""
    if state != State.QUEUED:
        fields |= {"text": "", "html": ""}
    OutboxMessage.objects.filter(pk=row.pk, state=State.SENDING, claimed_by=worker).update(
        state=state, claimed_by="", lease_until=None, **fields
    )
    return state


def _put_off(row: OutboxMessage, at: datetime, worker: str, error: Exception) -> str:
    """After a failed try: later, or never when there were enough or the address doesn't exist."""
    attempts = row.attempts + 1
    given_up = attempts >= MAX_ATTEMPTS or _no_such_address(error)
    return _finish(
        row,
        worker,
        State.FAILED if given_up else State.QUEUED,
        attempts=attempts,
        next_attempt_at=at if given_up else at + BACK_OFF[attempts - 1],
        last_error=type(error).__name__[:120],
    )


def _put_off_all(rows: Sequence[OutboxMessage], at: datetime, worker: str, error: Exception) -> None:
    """After an outage: what was claimed counts as tried, in one statement; see `_put_off`."""
    held = OutboxMessage.objects.filter(pk__in=[row.pk for row in rows], state=State.SENDING, claimed_by=worker)
    later = Case(
        *(When(attempts=tries, then=Value(at + wait)) for tries, wait in enumerate(BACK_OFF)),
        default=Value(at),
        output_field=DateTimeField(),
    )
    state = Case(When(attempts__gte=MAX_ATTEMPTS - 1, then=Value(State.FAILED)), default=Value(State.QUEUED))
    held.update(
        state=state,
        next_attempt_at=later,
        attempts=F("attempts") + 1,
        claimed_by="",
        lease_until=None,
        last_error=type(error).__name__[:120],
    )
    if any(row.attempts >= MAX_ATTEMPTS - 1 for row in rows):
        given_up = OutboxMessage.objects.filter(pk__in=[row.pk for row in rows], state=State.FAILED)
        given_up.update(text="", html="")


def _no_such_address(error: Exception) -> bool:
    """Whether the server said for good that the address doesn't exist (RFC 3463: 5.1.x)."""
    if not isinstance(error, SMTPRecipientsRefused):
        return False
    answers = [text if isinstance(text, bytes) else str(text).encode() for _code, text in error.recipients.values()]
    return bool(answers) and all(answer.startswith(b"5.1.") for answer in answers)


def _close(mailer: Any) -> None:
    """Closes the connection, whatever state it is in."""
    with suppress(Exception):
        mailer.close()
