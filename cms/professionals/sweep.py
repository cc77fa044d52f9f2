"""What the worker does for this room: ends what is over, warns before, reminds editors, and forgets. Every part
may run in two workers at once: each change is conditional, and each mail has a key of its own."""

from collections import Counter
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from cms.accounts.models import User
from cms.professionals import access, areas, mails
from cms.professionals.asking import VALID_FOR
from cms.professionals.models import Access, AccountRequest, EditorReminder, State

#: How many days before the last one somebody is told.
WARN_BEFORE = (30, 7)
REMIND_AGAIN = timedelta(days=7)
KEEP_REFUSED = timedelta(days=90)
KEEP_ENDED = timedelta(days=365)
#: Rows that one run reads at once, and one transaction deletes.
CHUNK = 500


def sweep(at: datetime) -> int:
    """All of it; returns how many rows were ended or deleted."""
    ended = _end(at)
    _warn(at)
    _remind(at)
    return ended + _forget(at)


def _end(at: datetime) -> int:
    over = Access.objects.filter(ended_at__isnull=True, until__lt=timezone.localdate(at)).select_related("request")
    return sum(access.end(found, Access.Why.EXPIRED, None, at) for found in over.order_by("pk")[:CHUNK])


def _warn(at: datetime) -> None:
    """Mails who has access 30 and 7 days before its last day; not for what was given for a shorter time."""
    today = timezone.localdate(at)
    for days, next_days in zip(WARN_BEFORE, (*WARN_BEFORE[1:], -1), strict=True):
        soon = Access.objects.current(today).filter(
            until__lte=today + timedelta(days=days), until__gt=today + timedelta(days=next_days)
        )
        for found in soon.select_related("request", "user").order_by("pk").iterator(chunk_size=CHUNK):
            if timezone.localdate(found.created_at) + timedelta(days=days) < found.until:
                mails.about_access("ends", found, f"professional-ends:{found.pk}:{days}")


def _remind(at: datetime) -> None:
    """Reminds the editors of areas with requests past their term."""
    overdue = AccountRequest.objects.overdue(timezone.localdate(at)).values("area").annotate(count=Count("pk"))
    counts: Counter[User] = Counter()
    for row in overdue.order_by("area"):
        for editor in areas.editors_of(row["area"]):
            counts[editor] += row["count"]
    for editor, count in counts.items():
        _remind_one(editor, count, at)


@transaction.atomic
def _remind_one(editor: User, count: int, at: datetime) -> None:
    """One mail a week at most, whichever worker comes first."""
    _row, created = EditorReminder.objects.get_or_create(editor=editor, defaults={"sent_at": at})
    if created or EditorReminder.objects.filter(editor=editor, sent_at__lte=at - REMIND_AGAIN).update(sent_at=at):
        mails.overdue(editor, count)


def _forget(at: datetime) -> int:
    closed = Q(state__in=(State.REFUSED, State.WITHDRAWN))
    without_access = Q(state=State.APPROVED, access__isnull=True)  # the account is gone
    return (
        _delete(AccountRequest.objects.filter(state=State.UNCONFIRMED, created_at__lte=at - VALID_FOR))
        + _delete(AccountRequest.objects.filter(closed | without_access, decided_at__lte=at - KEEP_REFUSED))
        + _delete(AccountRequest.objects.filter(access__ended_at__lte=at - KEEP_ENDED))
    )


def _delete(rows: QuerySet[AccountRequest]) -> int:
    count = 0
    while keys := list(rows.values_list("pk", flat=True)[:CHUNK]):
        AccountRequest.objects.filter(pk__in=keys).delete()
        count += len(keys)
    return count
