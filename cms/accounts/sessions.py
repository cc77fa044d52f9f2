"""Sessions: the one place that signs somebody in, and what ends the others.

A session gets a new key whenever what it may do changes (OWASP ASVS 5.0 V7.2.4), and dies at its next
request when the password, the address or `User.session_epoch` changed since.
"""

from datetime import datetime, timedelta

from django.contrib.auth import SESSION_KEY, login, update_session_auth_hash
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from cms.accounts import second_factor
from cms.accounts.models import User

BACKEND = "cms.accounts.backends.PasswordBackend"
SIGNED_IN_AT = "signed_in_at"
#: Who has neither password, PIN nor second factor to prove with must have signed in this recently.
FRESH = timedelta(minutes=15)


def sign_in(request: HttpRequest, user: User) -> None:
    """Signs this user in, by whichever door they came, in a session with a new key. Whoever was signed in
    here before is signed out. With a second factor it stays half a sign-in until its code is entered."""
    if SESSION_KEY in request.session:
        request.session.flush()
    login(request, user, backend=BACKEND)
    request.session[SIGNED_IN_AT] = timezone.now().timestamp()
    if second_factor.has_device(user):
        request.session[second_factor.DUE] = True


def is_fresh(request: HttpRequest, at: datetime) -> bool:
    """Whether this session signed in within the last quarter of an hour."""
    since: float = request.session.get(SIGNED_IN_AT, 0.0)
    return at.timestamp() - since < FRESH.total_seconds()


def end_all(user: User) -> None:
    """Ends every session of this user at its next request."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])


def keep_only_this(request: HttpRequest, user: User) -> None:
    """Ends every other session of this user; this one goes on with a new key. To be called after
    whatever changed on the user was saved."""
    end_all(user)
    update_session_auth_hash(request, user)
