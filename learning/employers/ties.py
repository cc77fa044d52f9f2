"""The tie between a person and an employment. Only the person makes it, and the person can end it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from cms.accounts import audit
from cms.accounts.models import ClaimCard, User
from learning.employers.models import Employment


class TieRefused(Exception):
    """The tie can't be made: it was accepted, declined or ended before."""


def accept(employment: Employment, user: User, at: datetime) -> None:
    """Ties `employment` to `user`, who asks for it. From now on the employer sees what is completed
    under it. A card that was printed for it and not claimed works no more.

    Raises `TieRefused` when somebody accepted or declined before, or the employment has ended.
    """
    today = timezone.localdate(at)
    with transaction.atomic():
        tied = (
            Employment.objects.not_ended(today)
            .filter(pk=employment.pk, user__isnull=True, declined_at__isnull=True)
            .update(user=user, accepted_at=at)
        )
        if not tied:
            raise TieRefused
        ClaimCard.objects.filter(employment=employment.pk, claimed_at__isnull=True, user__isnull=True).update(
            revoked_at=at
        )
        Employment.objects.filter(pk=employment.pk, card__revoked_at__isnull=False).update(card=None)
        audit.record("employment.accepted", employment, user)
    employment.refresh_from_db()


def decline(employment: Employment, user: User | None, at: datetime) -> None:
    """Records that the person doesn't want this tie. The employer sees that, and nothing else.

    Raises `TieRefused` when it was accepted or declined before.
    """
    with transaction.atomic():
        declined = Employment.objects.filter(pk=employment.pk, user__isnull=True, declined_at__isnull=True).update(
            declined_at=at
        )
        if not declined:
            raise TieRefused
        audit.record("employment.declined", employment, user)
    employment.refresh_from_db()


def untie(employment: Employment, user: User, at: datetime) -> None:
    """Ends the tie of `user` to this employment: the employer sees nothing of this person's record any
    more and can't reset the PIN. The record and the way in stay the person's own.

    Raises `TieRefused` when there is no such tie.
    """
    with transaction.atomic():
        untied = Employment.objects.filter(pk=employment.pk, user=user).update(
            user=None, accepted_at=None, declined_at=at, card=None, token_hash=None
        )
        if not untied:
            raise TieRefused
        audit.record("employment.untied", employment, user)
    employment.refresh_from_db()


def make_account(employment: Employment, language: str, at: datetime) -> User | None:
    """An account for who was invited at this employment's address and opened the link in that mail: the
    address is thereby confirmed. None when the address has an account: its owner has to sign in."""
    if not employment.email or User.objects.filter(email=employment.email).exists():
        return None
    try:
        with transaction.atomic():
            return User.objects.create_user(
                employment.email,
                first_name=employment.first_name,
                last_name=employment.last_name,
                language=language,
                email_confirmed_at=at,
            )
    except IntegrityError:  # the same person in another tab
        return None


def ties_of(user: User, at: datetime) -> list[Employment]:
    """This person's employments: tied, and invitations at the person's own confirmed address that wait
    for an answer."""
    own = Q(user=user)
    if user.email and user.email_confirmed_at:
        own |= Q(user__isnull=True, declined_at__isnull=True, email=user.email, invited_at__isnull=False)
    return list(
        Employment.objects.not_ended(timezone.localdate(at))
        .filter(own)
        .select_related("organisation", "team", "card")
        .order_by("organisation__name", "pk")[:100]
    )
