"""Wrong tries are counted in the database, so that several processes agree, and lock after a few.

A try is counted *before* the secret is looked at and given back when it was right: a hundred tries at
the same moment get no more chances than five in a row. Keys are stored as keyed hashes: the table tells
neither who was tried nor from where (OWASP ASVS 5.0 V6.3.1).
"""

import ipaddress
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from cms.accounts.models import Lockout

#: Wrong tries are counted within this time, and lock for as long.
WINDOW = timedelta(minutes=15)

#: Mail to an address that somebody else may have entered is counted by the day too.
WINDOWS = {"mailbox": timedelta(days=1)}

#: How many tries each kind of key gets. An address of the network may be shared by a whole terminal:
#: its limit stops somebody who tries many accounts, without one person locking out the others.
LIMITS = {
    "account": 5,  # password, by e-mail address
    "card": 5,  # PIN, by card code
    "factor": 5,  # second factor or proof of who you are, by user
    "address": 30,  # any of these, by address of the network
    "link": 3,  # asked for a link, by e-mail address
    "link_address": 30,  # asked for a link, by address of the network
    "mailbox": 6,  # asked for an account, by mailbox
}


@dataclass
class LockedOut(Exception):
    """Too many tries. The answer is the same for everybody, account or not: the page `429`."""

    until: datetime

    def minutes(self, at: datetime) -> int:
        """Whole minutes to wait, at least one."""
        return max(1, math.ceil((self.until - at).total_seconds() / 60))


def client_address(request: HttpRequest) -> str:
    """The visitor's address of the network: what the connection says, or what the outermost of our own
    `TRUSTED_PROXIES` saw. A header that a visitor can write himself is never believed."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    proxies: int = settings.TRUSTED_PROXIES
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if proxies < 1 or len(hops) < proxies:
        return direct
    try:
        return str(ipaddress.ip_address(hops[-proxies]))
    except ValueError:
        return direct


def _network(address: str) -> str:
    """One household or office: an IPv6 address stands for its /64, which one visitor can have whole."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{parsed}/64", strict=False)) if parsed.version == 6 else str(parsed)


def _hashed(scope: str, key: str) -> str:
    if scope in {"address", "link_address"}:
        key = _network(key)
    return salted_hmac(f"cms.accounts.lockout.{scope}", key, algorithm="sha256").hexdigest()


def mailbox(email: str) -> str:
    """Where mail to this address ends up: most providers leave out what stands after a plus."""
    local, _at, domain = email.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _window(scope: str) -> timedelta:
    return WINDOWS.get(scope, WINDOW)


def check(scope: str, key: str, at: datetime) -> datetime | None:
    """Until when this key is locked; None when it isn't."""
    row = Lockout.objects.filter(scope=scope, key=_hashed(scope, key), locked_until__gt=at).first()
    return row.locked_until if row else None


def take(at: datetime, **keys: str) -> None:
    """Counts one try for each scope (`take(now, account=email, address=ip)`).

    Raises `LockedOut`, and counts nothing, when one of them is locked.
    """
    with transaction.atomic():
        rows = []
        for scope in sorted(keys):  # always the same order, so that two tries can't wait for each other
            row, _created = Lockout.objects.select_for_update().get_or_create(
                scope=scope, key=_hashed(scope, keys[scope]), defaults={"since": at}
            )
            rows.append(row)
        locked = [row.locked_until for row in rows if row.locked_until and at < row.locked_until]
        if not locked:
            for row in rows:
                _count(row, at)
    if locked:
        raise LockedOut(max(locked))


def _count(row: Lockout, at: datetime) -> None:
    window = _window(row.scope)
    if row.locked_until or at - row.since >= window:
        row.failures, row.since = 0, at
    row.failures += 1
    row.locked_until = at + window if row.failures >= LIMITS[row.scope] else None
    row.save(update_fields=["failures", "since", "locked_until"])


def succeed(**keys: str) -> None:
    """The try was right. What belongs to one person starts anew; an address of the network only gets this
    try back, or signing in to an account of one's own would buy new tries at others'."""
    for scope, key in keys.items():
        rows = Lockout.objects.filter(scope=scope, key=_hashed(scope, key))
        if scope == "address":
            rows.filter(failures__gt=0).update(failures=F("failures") - 1, locked_until=None)
        else:  # not deleted: another try may be waiting for this very row
            rows.update(failures=0, locked_until=None)
