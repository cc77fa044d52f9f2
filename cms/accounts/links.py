"""One-time links by e-mail: 32 random bytes, of which only a hash is kept; opening one changes nothing,
and using one is a conditional update, so that of two at the same time one wins."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cms.accounts import lockout
from cms.accounts.models import OneTimeLink, SignInLink, User
from cms.mail.outbox import queue

#: How long a link to sign in works.
LIFETIME = timedelta(minutes=15)

Link = TypeVar("Link", bound=OneTimeLink)


class LinkRefused(ValidationError):
    """The link doesn't work any more, or the account behind it is closed."""


def new_token() -> tuple[str, str]:
    """A new token and the hash that is stored of it."""
    token = secrets.token_urlsafe(32)
    return token, hashed(token)


def hashed(token: str) -> str:
    """What is stored of a token. It is random and long, so a plain hash will do."""
    return sha256(token.encode()).hexdigest()


def spend(link: OneTimeLink, at: datetime) -> bool:
    """Uses the link up; False when it was used before or is too old."""
    model = type(link)
    return model.objects.filter(pk=link.pk, used_at__isnull=True, expires_at__gt=at).update(used_at=at) == 1  # type: ignore[attr-defined]


def find(model: type[Link], token: str) -> Link | None:
    """The link with this token, working or not."""
    found: Link | None = model.objects.filter(token_hash=hashed(token)).first()  # type: ignore[attr-defined]
    return found


def address_of(path: str) -> str:
    """The public address of a path, for an e-mail."""
    return f"{settings.BASE_URL}{path}"


def ask(email: str, language: str, next_path: str, address: str, at: datetime) -> None:
    """Mails a link to sign in to this address. Does the same whether or not there is an account: a link
    for a new address makes the account when it is used.

    `address` is the asker's address of the network. Raises `LockedOut` after 3 links to one address, or
    30 asked from one network, within a quarter of an hour.
    """
    email = email.strip().lower()
    lockout.take(at, link=email, link_address=address)
    token, token_hash = new_token()
    with translation.override(language):
        url = address_of(reverse("accounts:use_link", args=[token]))
    with transaction.atomic():
        SignInLink.objects.create(
            email=email,
            token_hash=token_hash,
            language=language,
            next_path=next_path,
            created_at=at,
            expires_at=at + LIFETIME,
        )
        minutes = int(LIFETIME.total_seconds() // 60)
        queue("sign_in_link", email, {"url": url, "minutes": minutes}, language=language)


def account_of(link: SignInLink) -> User | None:
    """The user this link signs in, when there is one already."""
    return User.objects.filter(email=link.email).first()


@transaction.atomic
def use(link: SignInLink, at: datetime, first_name: str = "", last_name: str = "") -> User:
    """Uses the link up and returns its user, who is made with these names when there is none yet. The
    address is theirs: they read its mail.

    Raises `LinkRefused` when the link is used or too old, or the account is closed.
    """
    if not spend(link, at):
        raise LinkRefused(_("This link does not work any more. Ask for a new one."), code="stale")
    user, _created = User.objects.get_or_create(
        email=link.email,
        defaults={"first_name": first_name, "last_name": last_name, "language": link.language},
    )
    if not user.is_active:
        raise LinkRefused(_("This account is closed. Ask your contact person what to do."), code="closed")
    if user.email_confirmed_at is None:
        user.email_confirmed_at = at
        user.save(update_fields=["email_confirmed_at"])
    return user
