"""The access that somebody has: opening it, ending it, and what they see of it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cms.accounts import audit
from cms.accounts.models import User
from cms.professionals import judging, mails
from cms.professionals.models import Access


def of_user(user: User, at: datetime) -> list[Access]:
    """This person's current access, by last day."""
    today = timezone.localdate(at)
    return list(Access.objects.current(today).filter(user=user).select_related("request").order_by("until", "pk"))


def waiting_for(user: User, at: datetime) -> list[Access]:
    """Approvals of requests from this person's own confirmed address that wait to be opened."""
    if not user.email or not user.email_confirmed_at:
        return []
    found = Access.objects.current(timezone.localdate(at)).filter(user__isnull=True, request__email=user.email)
    return list(found.select_related("request").order_by("pk"))


@transaction.atomic
def open_approval(access: Access, user: User, at: datetime) -> bool:
    """Ties an approval to the account of who asked, signed in with the address that was confirmed. Nothing of
    the account changes. Returns whether it did; False when it was opened or ended before, or isn't theirs."""
    # The row is held from here on: who opens it at the same moment waits, and then finds it opened.
    Access.objects.select_for_update().filter(pk=access.pk).first()
    if access.pk not in {waiting.pk for waiting in waiting_for(user, at)}:
        return False
    judging.supersede(user, access.request, at)
    moved = Access.objects.filter(pk=access.pk, user__isnull=True, ended_at__isnull=True).update(
        user=user, opened_at=at
    )
    if moved:
        audit.record("access.opened", access, user)
    return bool(moved)


def seen(held: list[Access], at: datetime) -> None:
    """Remembers that somebody came for the access they hold, the first time."""
    new = [access.pk for access in held if access.opened_at is None]
    if new:
        Access.objects.filter(pk__in=new, opened_at__isnull=True).update(opened_at=at)


@transaction.atomic
def end(access: Access, why: Access.Why, actor: User | None, at: datetime) -> bool:
    """Ends an access at once and tells the person. Returns whether it did; False when it had ended before."""
    moved = Access.objects.filter(pk=access.pk, ended_at__isnull=True).update(ended_at=at, ended_why=why)
    if not moved:
        return False
    access.refresh_from_db()
    audit.record("access.ended", access, actor, why=str(why))
    mails.about_access("ended", access, f"professional-ended:{access.pk}", why=str(why))
    return True
