"""Changing an e-mail address: the new one counts once its owner opens the link that was mailed to it,
and the old one is told."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cms.accounts import audit, lockout, notices
from cms.accounts.links import LinkRefused, address_of, new_token, spend
from cms.accounts.models import AddressChange, SignInLink, User
from cms.mail.outbox import queue

#: How long the link to confirm a new address works.
LIFETIME = timedelta(hours=1)


def ask(user: User, email: str, language: str, address: str, at: datetime) -> None:
    """Mails a link to the new address. Says nothing about whether somebody has it already: that is told
    to who can read its mail. `address` is the asker's address of the network.

    Raises `LockedOut` after 3 links to one address, or 30 from one network, in a quarter of an hour.
    """
    email = email.strip().lower()
    lockout.take(at, link=email, link_address=address)
    token, token_hash = new_token()
    with translation.override(language):
        url = address_of(reverse("accounts:confirm_address", args=[token]))
    with transaction.atomic():
        AddressChange.objects.create(
            user=user, email=email, token_hash=token_hash, created_at=at, expires_at=at + LIFETIME
        )
        queue("address_change", email, {"url": url, "minutes": 60}, language=language)


@transaction.atomic
def confirm(change: AddressChange, user: User, at: datetime) -> None:
    """Makes the new address this user's. The old one is told, links that were mailed to it stop working,
    and every session ends: the caller keeps this one with `sessions.keep_only_this`.

    Raises `LinkRefused` when the link is used or too old, belongs to another user, or the address is in
    use by another account.
    """
    if change.user_id != user.pk or not spend(change, at):
        raise LinkRefused(_("This link does not work any more. Ask for a new one."), code="stale")
    old = user.email
    user.email, user.email_confirmed_at = change.email, at
    try:
        with transaction.atomic():
            user.save(update_fields=["email", "email_confirmed_at"])
    except IntegrityError as error:
        user.refresh_from_db(fields=["email", "email_confirmed_at"])
        raise LinkRefused(_("This address belongs to another account. Choose another one."), code="taken") from error
    AddressChange.objects.filter(user=user, used_at__isnull=True).delete()
    audit.record("user.address_changed", user, user)
    if old:
        SignInLink.objects.filter(email=old, used_at__isnull=True).delete()
        notices.tell(user, "address", to=old)
