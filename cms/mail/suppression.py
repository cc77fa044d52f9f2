"""Addresses that must not be written to. Suppressed, never deleted: a keyed hash keeps an address from
coming back by an import, and tells nobody which address it is."""

import unicodedata
from collections.abc import Iterable

from django.conf import settings
from django.utils.crypto import salted_hmac

from cms.mail.models import Scope, SoftBounce, Suppression

EVERY_SCOPE = ""
HARD_BOUNCE = "hard_bounce"
SOFT_BOUNCES = "soft_bounces"
COMPLAINT = "complaint"
UNSUBSCRIBED = "unsubscribed"

#: Who complains about a mailing still gets the sign-in link that he asks for himself.
COMPLAINT_SCOPES = (Scope.TRAINING, Scope.NEWSLETTER)

_SALT = "cms.mail.suppression"


def normalised(address: str) -> str:
    """One spelling per address: trimmed, one form of Unicode, lower case."""
    return unicodedata.normalize("NFKC", address).strip().casefold()


def address_hash(address: str) -> str:
    """The keyed hash under which an address is suppressed."""
    return salted_hmac(_SALT, normalised(address), algorithm="sha256").hexdigest()


def address_hashes(address: str) -> list[str]:
    """The hash under the present key, and those under keys that were replaced: a new `SECRET_KEY` must
    not make a suppressed address writable again."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [salted_hmac(_SALT, normalised(address), secret=key, algorithm="sha256").hexdigest() for key in keys]


def suppress(address: str, reason: str, scopes: Iterable[str] = (EVERY_SCOPE,)) -> None:
    """Stops mail of these scopes to this address; the empty scope stops all of it. Idempotent."""
    for scope in scopes:
        Suppression.objects.get_or_create(
            address_hash=address_hash(address), scope=scope, defaults={"reason": reason[:20]}
        )


def lift(address: str, scope: str = EVERY_SCOPE) -> bool:
    """Lets mail through again, after an address was mended; forgets its soft bounces. False when nothing
    was suppressed in this scope."""
    hashes = address_hashes(address)
    SoftBounce.objects.filter(address_hash__in=hashes).delete()
    deleted, _per_model = Suppression.objects.filter(address_hash__in=hashes, scope=scope).delete()
    return deleted > 0


def is_suppressed(address: str, scope: str) -> bool:
    """Whether mail of this scope to this address is stopped. A suppression of one scope stops no other."""
    return bool(suppressed([(address, scope)]))


def suppressed(pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Which of these (address, scope) are stopped. One query."""
    hashes = {pair: address_hashes(pair[0]) for pair in pairs}
    wanted = {value for values in hashes.values() for value in values}
    stopped = set(Suppression.objects.filter(address_hash__in=wanted).values_list("address_hash", "scope"))
    return {
        pair
        for pair, values in hashes.items()
        if any((value, scope) in stopped for value in values for scope in (EVERY_SCOPE, pair[1]))
    }
