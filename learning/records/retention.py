"""What is deleted when it has served."""

from datetime import datetime, timedelta

from django.db.models import Q

from learning.records.models import Attempt

#: Answers, and which lessons were missed, are kept this long after the start of an attempt.
KEPT = timedelta(days=30)
#: Rows per statement: a write transaction stays short.
BATCH = 500


def sweep(at: datetime) -> int:
    """Deletes the answers of attempts that started 30 days before `at`, handed in or not; returns how many
    attempts that touched. An attempt that was never handed in goes as a whole: without its answers it is
    nothing. Its registration stays open, so that the module can be started again. Safe to run again."""
    old = Attempt.objects.filter(started_at__lt=at - KEPT)
    swept = 0
    while ids := list(old.filter(submitted_at=None).values_list("pk", flat=True)[:BATCH]):
        swept += Attempt.objects.filter(pk__in=ids, submitted_at=None).delete()[0]
    kept = old.filter(submitted_at__isnull=False).filter(Q(answers__isnull=False) | Q(missed__isnull=False))
    while ids := list(kept.values_list("pk", flat=True)[:BATCH]):
        swept += Attempt.objects.filter(pk__in=ids, submitted_at__isnull=False).update(answers=None, missed=None)
    return swept
