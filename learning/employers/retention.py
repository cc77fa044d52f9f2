"""Personal data goes when it has served: two years after leaving (the usual outer guide), and staged
rows of an upload after a week, or a day after they were applied."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cms.accounts.models import ClaimCard
from learning.employers.models import Employment, FaultyRow, StaffUpload, StaffUploadBlock

KEEP_YEARS = 2
KEEP_STAGED = timedelta(days=7)
KEEP_APPLIED = timedelta(days=1)
#: How many rows one transaction deletes.
CHUNK = 1000


def years_before(on: date, years: int) -> date:
    """The same day so many years earlier; 29 February becomes the 28th."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)


def sweep(at: datetime) -> int:
    """Deletes what has served its time; returns how many employments and staged rows went. What a person
    completed stays the person's own."""
    return _sweep_employments(at) + _sweep_uploads(at)


def _sweep_employments(at: datetime) -> int:
    gone = 0
    old = Employment.objects.filter(ends_on__lt=years_before(timezone.localdate(at), KEEP_YEARS)).order_by("pk")
    while chunk := list(old.values_list("pk", flat=True)[:CHUNK]):
        with transaction.atomic():
            ClaimCard.objects.filter(employment__in=chunk, user__isnull=True).delete()
            Employment.objects.filter(pk__in=chunk).delete()
        gone += len(chunk)
    return gone


def _sweep_uploads(at: datetime) -> int:
    gone = 0
    done = StaffUpload.objects.filter(
        Q(created_at__lt=at - KEEP_STAGED) | Q(applied_at__isnull=False, applied_at__lt=at - KEEP_APPLIED)
    ).exclude(state=StaffUpload.State.APPLYING, confirmed_at__gte=at - KEEP_STAGED)
    for model in (StaffUploadBlock, FaultyRow):
        rows = model.objects.filter(upload__in=done).order_by("pk")
        while chunk := list(rows.values_list("pk", flat=True)[:CHUNK]):
            model.objects.filter(pk__in=chunk).delete()
            gone += len(chunk)
    StaffUpload.objects.filter(created_at__lt=at - KEEP_STAGED).exclude(
        state=StaffUpload.State.APPLYING, confirmed_at__gte=at - KEEP_STAGED
    ).delete()
    return gone
