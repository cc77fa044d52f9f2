"""The second step: who must take it, whether it was taken, and the code that takes it.

An upper room says who must have one (`register_requirement`, called in its `AppConfig.ready`) and closes
its views with `require_verified`; `SecondFactorGate` closes the CMS.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

import django_otp
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice

from cms.accounts import lockout
from cms.accounts.models import User

P = ParamSpec("P")

#: Set in a session from the first step until the second one, for who has a second factor.
DUE = "second_factor_due"
#: A device's wait after a wrong code that a person could meet.
NOTICEABLE = timedelta(seconds=5)

#: Each rule, and the name of the page where the people whom it is about work.
_requirements: dict[Callable[[User], bool], str] = {}


def register_requirement(fn: Callable[[User], bool], home: str = "") -> None:
    """Adds a rule that says whether this user must have a second factor; `home` names the page where
    such a user works."""
    _requirements[fn] = home


def may_use_cms(user: User | AnonymousUser) -> bool:
    """Whether the CMS is open to this user at all."""
    return user.is_active and (user.is_superuser or user.has_perm("wagtailadmin.access_admin"))


def is_required(user: User) -> bool:
    """Whether this user must have a second factor: who can edit or see others' data."""
    if not user.is_active:
        return False
    return user.is_staff or may_use_cms(user) or any(requirement(user) for requirement in _requirements)


def has_device(user: User) -> bool:
    """Whether this user has a second factor. Backup codes alone are none."""
    return any(not isinstance(device, StaticDevice) for device in django_otp.devices_for_user(user))


def is_verified(user: Any) -> bool:
    """Whether the second step was taken in this session."""
    return bool(user.is_authenticated and user.is_verified())


def first_step(request: HttpRequest) -> User | None:
    """Who came through the first step in this session, the second one taken or not."""
    user = request.user
    if user.is_authenticated:
        return user
    half: User | None = getattr(request, "half_signed_in", None)
    return half


def missing_step(request: HttpRequest) -> str:
    """Where to go for the step that is missing: sign in, enrol, or enter the code. It keeps the way back."""
    user = first_step(request)
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
    if user is None:
        return with_next(reverse("accounts:sign_in"), back)
    name = "accounts:second_factor" if has_device(user) else "accounts:enrol"
    return with_next(reverse(name), back)


def next_step(user: User, back: str) -> str:
    """Where somebody goes who just took the first step; `back` is a path that was checked."""
    if has_device(user):
        return with_next(reverse("accounts:second_factor"), back)
    if is_required(user):
        return with_next(reverse("accounts:enrol"), back)
    return back or resolve_url(settings.LOGIN_REDIRECT_URL)


def home_of(user: User) -> str:
    """Where somebody goes who signed in and asked for no page: to the CMS, to the page of the rule that
    holds for them, or to their own modules."""
    if may_use_cms(user):
        return reverse("wagtailadmin_home")
    home = next((home for requirement, home in _requirements.items() if home and requirement(user)), None)
    return resolve_url(home or settings.LOGIN_REDIRECT_URL)


def with_next(path: str, back: str) -> str:
    """The path with `?next=`, when there is somewhere to go back to."""
    return f"{path}?{urlencode({'next': back})}" if back else path


def require_verified(
    view: Callable[Concatenate[Any, P], HttpResponseBase],
) -> Callable[Concatenate[Any, P], HttpResponseBase]:
    """Opens a view only to who is signed in and took the second step in this session; everybody else is
    sent to the step that is missing, and comes back afterwards."""

    @wraps(view)
    def closed(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if is_verified(request.user):
            return view(request, *args, **kwargs)
        return HttpResponseRedirect(missing_step(request))

    return closed


def normalise(code: str) -> str:
    """A code as it is stored: lower case, without spaces and dashes."""
    return re.sub(r"[\s-]", "", code).lower()


def hashed_backup_code(user: User, code: str) -> str:
    """What is stored of a backup code: a keyed hash, so that a copy of the database opens nothing
    (OWASP ASVS 5.0 V6.5.2). 16 characters is what django-otp has room for: 64 bits."""
    return salted_hmac("cms.accounts.backup_code", f"{user.pk}|{normalise(code)}", algorithm="sha256").hexdigest()[:16]


def match(user: User, code: str, address: str, at: datetime) -> Device | None:
    """The device of this user that accepts the code; None when there is none. `address` is the visitor's
    address of the network.

    Raises `LockedOut` after 5 wrong codes for one user, or 30 wrong tries from one network.
    """
    keys = {"factor": str(user.pk), "address": address}
    lockout.take(at, **keys)
    device = accepting(user, code)
    if device:
        lockout.succeed(**keys)
    return device


def accepting(user: User, code: str) -> Device | None:
    """The device that accepts the code, without counting tries (`match` does). A code counts once, also
    when it comes twice at the same moment: the devices' rows are locked while they are asked.

    Raises `LockedOut` while every device waits after its own wrong codes.
    """
    with transaction.atomic():
        devices = list(django_otp.devices_for_user(user, for_verify=True))
        for device in devices:
            token = hashed_backup_code(user, code) if isinstance(device, StaticDevice) else normalise(code)
            if device.verify_token(token):
                return device
        states = [device.verify_is_allowed() for device in devices]
    free_at = min((state["locked_until"] for allowed, state in states if not allowed), default=None)
    if free_at and free_at > timezone.now() + NOTICEABLE and not any(allowed for allowed, _state in states):
        raise lockout.LockedOut(free_at)
    return None


def passed(request: HttpRequest, user: User, device: Device) -> None:
    """The second step is taken: the session gets a new key and is this user's from now on."""
    session: SessionBase = request.session
    session.pop(DUE, None)
    request.user = user
    django_otp.login(request, device)
    session.cycle_key()
