"""Adding and removing second factors, and the codes for when the phone is lost."""

import secrets
from base64 import b32encode
from binascii import unhexlify
from datetime import datetime
from urllib.parse import quote, urlencode

import segno
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django_otp import devices_for_user
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from cms.accounts import audit, notices, second_factor
from cms.accounts.models import User

BACKUP_CODES = 10
_LETTERS = "abcdefghjkmnpqrstvwxyz23456789"


class FactorNeeded(ValidationError):
    """This is the only second factor of somebody who must have one."""


def new_key() -> str:
    """A secret for an authenticator app: 20 random bytes, in hexadecimal."""
    return str(random_hex(20))


def in_letters(key: str) -> str:
    """The secret for who can't scan the QR code, in groups of four."""
    letters = b32encode(unhexlify(key)).decode().rstrip("=")
    return " ".join(letters[i : i + 4] for i in range(0, len(letters), 4))


def app_address(key: str, user: User) -> str:
    """The address that an authenticator app reads from the QR code (Key URI Format)."""
    issuer = settings.OTP_TOTP_ISSUER
    label = quote(f"{issuer}:{user.email or user.get_full_name()}")
    secret = in_letters(key).replace(" ", "")
    query = urlencode({"secret": secret, "issuer": issuer, "algorithm": "SHA1", "digits": 6, "period": 30})
    return f"otpauth://totp/{label}?{query}"


def qr(text: str) -> SafeString:
    """A QR code as SVG inside the page: no request, no inline style, dark on white in every theme."""
    svg = segno.make(text, error="m").svg_inline(scale=5, border=4, light="#fff", dark="#000")
    return mark_safe(svg)  # made by segno from modules only; the text itself is not in it


def held(user: User) -> list[Device]:
    """This user's second factors; backup codes are not one."""
    return [device for device in devices_for_user(user) if not isinstance(device, StaticDevice)]


def backup_codes_left(user: User) -> int:
    """How many backup codes were not used yet."""
    return StaticToken.objects.filter(device__user=user).count()


@transaction.atomic
def enrol(user: User, key: str, code: str, at: datetime) -> list[str] | None:
    """Adds an authenticator app that proves with a code that it holds the secret. Returns new backup codes
    for a first factor, none for a next one; None when the code is wrong and nothing was added."""
    User.objects.select_for_update().get(pk=user.pk)
    if TOTPDevice.objects.filter(user=user, key=key).exists():
        return []
    first = not held(user)
    device = TOTPDevice.objects.create(user=user, name="app", key=key, confirmed=False)
    if not device.verify_token(second_factor.normalise(code)):
        device.delete()
        return None
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    audit.record("second_factor.added", user, user)
    notices.tell(user, "factor_added")
    return new_backup_codes(user) if first else []


@transaction.atomic
def new_backup_codes(user: User) -> list[str]:
    """Ten new backup codes; the old ones stop working. They are shown once: only hashes are kept."""
    User.objects.select_for_update().get(pk=user.pk)
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="backup codes", confirmed=True)
    codes = ["".join(secrets.choice(_LETTERS) for _i in range(10)) for _j in range(BACKUP_CODES)]
    StaticToken.objects.bulk_create(
        [StaticToken(device=device, token=second_factor.hashed_backup_code(user, code)) for code in codes]
    )
    audit.record("second_factor.backup_codes", user, user)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


@transaction.atomic
def remove(user: User, persistent_id: str) -> None:
    """Removes one second factor; with the last one the backup codes go too. The caller checked who asks
    and keeps their session with `sessions.keep_only_this`.

    Raises `FactorNeeded` when a rule says that this user must have one and no other remains.
    """
    User.objects.select_for_update().get(pk=user.pk)
    devices = held(user)
    gone = [device for device in devices if device.persistent_id == persistent_id]
    last = len(devices) == len(gone)
    if gone and last and second_factor.is_required(user):
        raise FactorNeeded(
            _("You can see data of others, so you must have a second step. Add your new phone first."), code="needed"
        )
    for device in gone:
        device.delete()
    if gone and last:
        StaticDevice.objects.filter(user=user).delete()
    if gone:
        audit.record("second_factor.removed", user, user, left=len(devices) - len(gone))
        notices.tell(user, "factor_removed")
