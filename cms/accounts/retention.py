"""What this room throws away, and when."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet

from cms.accounts.lockout import WINDOW, WINDOWS
from cms.accounts.models import AddressChange, Lockout, SignInLink

#: How long a used or expired link is kept, so that who opens it late is told what happened.
KEEP = timedelta(days=1)
#: Rows in one write transaction: others wait for it, so it stays short.
BATCH = 1000


def sweep(at: datetime) -> int:
    """Deletes links that were used or expired a day ago, counters whose time is over, and sessions that
    expired. Returns how many rows."""
    old = at - KEEP
    gone = Q(used_at__lte=old) | Q(expires_at__lte=old)
    over = Q(locked_until__isnull=True) | Q(locked_until__lte=at)
    counted = ~Q(scope__in=WINDOWS) & Q(since__lte=at - WINDOW)
    for scope, window in WINDOWS.items():
        counted |= Q(scope=scope, since__lte=at - window)
    return (
        _delete(SignInLink.objects.filter(gone))
        + _delete(AddressChange.objects.filter(gone))
        + _delete(Lockout.objects.filter(over & counted))
        + _delete(Session.objects.filter(expire_date__lte=at))
    )


def _delete(rows: QuerySet) -> int:
    count = 0
    while keys := list(rows.values_list("pk", flat=True)[:BATCH]):
        deleted, _by_model = rows.model._default_manager.filter(pk__in=keys).delete()
        count += deleted
    return count
