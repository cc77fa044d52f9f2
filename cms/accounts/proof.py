"""Proof of who you are, asked again before something changes that keeps others out."""

import re
from datetime import datetime

from django.contrib.auth.hashers import check_password
from django.http import HttpRequest

from cms.accounts import lockout, second_factor, sessions
from cms.accounts.models import User

#: What a code of a second factor looks like: six digits, or a backup code.
_CODE = re.compile(r"[0-9]{6}|[a-z0-9]{10}")


def has_secret(user: User) -> bool:
    """Whether there is a password, a PIN or a second factor to prove with."""
    return user.has_usable_password() or bool(_pins(user)) or second_factor.has_device(user)


def _pins(user: User) -> list[str]:
    held = user.claim_cards.filter(claimed_at__isnull=False, revoked_at__isnull=True).exclude(pin="")
    return list(held.values_list("pin", flat=True))


def given(request: HttpRequest, user: User, secret: str, at: datetime) -> bool:
    """Whether this is the user's password, their PIN, or a code of their second factor (which is then used
    up). Who has none of these signs in by link, and must have done so just now.

    Raises `LockedOut` after 5 wrong ones.
    """
    if not has_secret(user):
        return sessions.is_fresh(request, at)
    keys = {"factor": str(user.pk), "address": lockout.client_address(request)}
    lockout.take(at, **keys)
    right = user.check_password(secret) or any(check_password(secret, pin) for pin in _pins(user))
    if not right and _CODE.fullmatch(second_factor.normalise(secret)):
        right = second_factor.accepting(user, secret) is not None
    if right:
        lockout.succeed(**keys)
    return right
