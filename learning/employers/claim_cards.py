"""Claim cards of an employer's people: made, printed, claimed, and given a new PIN. The card itself belongs
to `cms.accounts.cards`; here it gets its employment."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.accounts import cards
from cms.accounts.models import ClaimCard, User
from learning.employers import ties
from learning.employers.models import Employment, EmploymentQuerySet, Organisation

#: People in one file to print.
MAX_PER_FILE = 200


class ResetRefused(ValidationError):
    """This employer isn't the person's only way in; the text says what to do instead."""


def printable(organisation: Organisation, at: datetime) -> EmploymentQuerySet:
    """Who can get a card, or whose new one waits to be claimed: nobody answered yet for them, or their PIN
    was reset."""
    people = Employment.objects.not_ended(timezone.localdate(at)).filter(organisation=organisation)
    fresh = people.filter(user__isnull=True, declined_at__isnull=True)
    reset = people.filter(
        user__isnull=False, card__isnull=False, card__claimed_at__isnull=True, card__revoked_at__isnull=True
    )
    return (fresh | reset).select_related("card", "organisation", "team")


def with_cards(people: Sequence[Employment], at: datetime) -> list[Employment]:
    """These people (from `printable`), each with a card that can be claimed. A card that is still good is
    kept: printing twice gives the same code. At most `MAX_PER_FILE`."""
    done = []
    for employment in people[:MAX_PER_FILE]:
        with transaction.atomic():
            held = Employment.objects.select_for_update().get(pk=employment.pk)
            card = held.card
            if card is None or not card.usable(at):
                if card is not None and card.revoked_at is None:
                    card.revoked_at = at
                    card.save(update_fields=["revoked_at"])
                held.card = cards.issue(at)
                held.save(update_fields=["card"])
        employment.card = held.card
        done.append(employment)
    return done


def of_code(code: str) -> Employment | None:
    """The employment whose card has this code, however it was typed."""
    return (
        Employment.objects.select_related("organisation", "card__user")
        .filter(card__code=cards.normalise(code)[:16])
        .first()
    )


def claim(
    employment: Employment, pin: str, first_name: str, last_name: str, language: str, at: datetime, user: User | None
) -> User:
    """Claims the employment's card and ties the employment to its user: a new one, the one whose PIN was
    reset, or `user`, who is signed in and needs no PIN.

    Raises `cards.CardError` when the card doesn't work any more or the PIN is weak.
    """
    if employment.card is None:
        raise cards.CardError(_("This card does not work any more."), code="stale")
    with transaction.atomic():
        holder = cards.claim(employment.card, pin, first_name, last_name, language, at, user=user)
        if employment.user_id is None:
            try:
                ties.accept(employment, holder, at)
            except ties.TieRefused as error:
                raise cards.CardError(_("This card does not work any more."), code="stale") from error
    return holder


def refuse_reset(employment: Employment, at: datetime) -> None:
    """Raises `ResetRefused` where this employer isn't the person's sole way in. The text doesn't tell which
    other way there is: an address or another employer is the person's own business."""
    card, user = employment.card, employment.user
    if not employment.is_current(timezone.localdate(at)):
        raise ResetRefused(_("This employment has ended."))
    if card is None or user is None or card.user_id != user.pk or card.claimed_at is None:
        raise ResetRefused(_("This person has no PIN that you can reset. Print a card, or send an invitation."))
    other_ways = (
        user.email
        or user.has_usable_password()
        or user.is_staff
        or Employment.objects.filter(user=user).exclude(pk=employment.pk).exists()
        or ClaimCard.objects.filter(user=user, revoked_at__isnull=True).exclude(pk=card.pk).exists()
    )
    if other_ways:
        raise ResetRefused(_("This person has another way to sign in, so you can't reset the PIN. Ask them to use it."))


def reset_pin(employment: Employment, by: User, at: datetime) -> Employment:
    """Gives the person's card a new code to print. What they did before now stays hidden from whoever
    claims it, and they are told.

    Raises `ResetRefused` where this employer isn't the person's sole way in.
    """
    with transaction.atomic():
        held = Employment.objects.select_for_update(of=("self",)).select_related("card", "user").get(pk=employment.pk)
        refuse_reset(held, at)
        if held.card is not None:
            held.card = cards.reset_pin(held.card, by, at)
    return held
