"""Claim cards: the way in for people without an e-mail address. A printed code is claimed once, with a
PIN of one's own; code and PIN sign in from then on."""

import re
from datetime import datetime, timedelta
from itertools import pairwise

from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.accounts import audit, lockout
from cms.accounts.models import ClaimCard, User, new_code
from cms.accounts.sessions import end_all, sign_in

__all__ = [
    "CardError",
    "authenticate_card",
    "change_pin",
    "check_pin",
    "claim",
    "find",
    "issue",
    "normalise",
    "reset_pin",
    "sign_in",
]

#: How long a printed card can be claimed.
LIFETIME = timedelta(days=90)

#: Besides what the rules catch: the PINs that people choose most (DataGenetics, "PIN analysis", 2012).
_POPULAR = frozenset(
    {"112233", "123321", "159753", "147258", "102030", "131313", "520520", "696969", "007007", "123654", "147852"}
)
_LOOK_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


class CardError(ValidationError):
    """The card can't be claimed, or not with this PIN."""


def normalise(code: str) -> str:
    """A typed code as it is stored: capitals, nothing but letters and digits, and the letters that aren't used read
    as the digits they look like."""
    return re.sub(r"[^0-9A-Za-z]", "", code).upper().translate(_LOOK_ALIKE)


def find(code: str) -> ClaimCard | None:
    """The card with this code, however it was typed."""
    return ClaimCard.objects.select_related("user").filter(code=normalise(code)).first()


def check_pin(pin: str, code: str = "") -> None:
    """Raises `CardError` for a PIN that isn't six digits or is easy to guess (OWASP ASVS 5.0 V6.2)."""
    if not re.fullmatch(r"[0-9]{6}", pin):
        raise CardError(_("A PIN has 6 digits."), code="format")
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    repeated = pin[:3] == pin[3:] or pin[:2] * 3 == pin
    if steps <= {0} or steps <= {1} or steps <= {9} or repeated or pin in _POPULAR or pin in normalise(code):
        raise CardError(
            _("This PIN is easy to guess. Choose another one: no row, no repeated digits, no part of your code."),
            code="weak",
        )


def issue(at: datetime) -> ClaimCard:
    """A new card that can be claimed for 90 days."""
    return ClaimCard.objects.create(issued_at=at, expires_at=at + LIFETIME)


@transaction.atomic
def claim(
    card: ClaimCard,
    pin: str,
    first_name: str,
    last_name: str,
    language: str,
    at: datetime,
    user: User | None = None,
) -> User:
    """Claims the card, once, and returns its user: the person it was reset for, the `user` who is signed
    in and accepts it, or a new one with these names. Who is signed in already may leave the PIN empty:
    the card is then no way in.

    Raises `CardError` when the card is used, revoked, too old or somebody else's, or the PIN is weak.
    """
    if pin or user is None:
        check_pin(pin, card.code)
    holder = card.user
    if holder and user and holder.pk != user.pk:
        raise CardError(_("This card belongs to another account."), code="other")
    if holder is None:
        holder = user or User.objects.create_user(
            None, first_name=first_name.strip(), last_name=last_name.strip(), language=language
        )
    won = ClaimCard.objects.filter(
        pk=card.pk, code=card.code, claimed_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at
    ).update(claimed_at=at, user=holder, pin=make_password(pin) if pin else "")
    if not won:
        raise CardError(
            _("This card was used before, or is too old. Ask the person who gave it to you for a new one."),
            code="stale",
        )
    card.refresh_from_db()
    return holder


def authenticate_card(request: HttpRequest, code: str, pin: str) -> User | None:
    """The user whose card and PIN these are; None when they are not, for whatever reason. A code that
    doesn't exist costs as much time as a wrong PIN.

    Raises `LockedOut` after 5 wrong tries with one code or 30 from one address of the network.
    """
    at = timezone.now()
    keys = {"card": normalise(code)[:64], "address": lockout.client_address(request)}
    lockout.take(at, **keys)
    card = find(code)
    if card is None or not card.pin or card.user is None:
        make_password(pin)
        return None
    if not check_password(pin, card.pin) or not card.usable(at) or not card.user.is_active:
        return None
    lockout.succeed(**keys)
    return card.user


@transaction.atomic
def change_pin(user: User, pin: str) -> None:
    """Sets a new PIN on this person's claimed cards. Ends their sessions: the caller keeps this one with
    `sessions.keep_only_this`.

    Raises `CardError` for a weak PIN, or when there is no card to set it on.
    """
    held = list(user.claim_cards.filter(claimed_at__isnull=False, revoked_at__isnull=True).exclude(pin=""))
    if not held:
        raise CardError(_("You have no card with a PIN."), code="none")
    for card in held:
        check_pin(pin, card.code)
    for card in held:
        card.pin = make_password(pin)
        card.save(update_fields=["pin"])
    end_all(user)
    audit.record("card.pin_changed", user, user, cards=len(held))


@transaction.atomic
def reset_pin(card: ClaimCard, actor: User, at: datetime) -> ClaimCard:
    """Gives the card a new code without a PIN, to be claimed anew by the same person within 90 days. Their
    sessions end, and what is older than now is hidden from whoever claims it: whoever gives out the card
    (a manager) could claim it himself. The person is told. Whether the actor may is the caller's rule.
    """
    ClaimCard.objects.filter(pk=card.pk).update(
        code=new_code(), pin="", claimed_at=None, issued_at=at, expires_at=at + LIFETIME
    )
    card.refresh_from_db()
    if card.user is not None:
        User.objects.filter(pk=card.user.pk).update(private_since=at)
        card.user.refresh_from_db()
        end_all(card.user)
    audit.record("card.pin_reset", card, actor)
    return card
