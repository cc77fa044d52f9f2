"""Invitations by e-mail, to a person on the list and to a manager. Only a hash of the token is kept;
opening the link uses nothing up."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from cms.accounts import audit
from cms.accounts.models import User
from cms.mail import outbox
from learning.employers.models import Employment, EmploymentQuerySet, Manager, Organisation

VALID_FOR = timedelta(days=30)
#: Who was invited is invited by "everyone" again after this time only.
AGAIN_AFTER = timedelta(days=7)


def hashed(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_valid(invited_at: datetime | None, at: datetime) -> bool:
    """Whether an invitation of that moment still works."""
    return invited_at is not None and at < invited_at + VALID_FOR


def address_of(name: str, token: str, language: str) -> str:
    """The full address of an invitation's page in this language."""
    with translation.override(language):
        return f"{settings.BASE_URL}{reverse(name, args=[token])}"


def invite(employment: Employment, at: datetime, language: str = "nl") -> bool:
    """Sends an invitation to the employment's address, at most one a day; the one before works no more.
    Whether the address has an account is not looked at. Returns whether one was sent.

    Raises `ValidationError` when there is no address, or the person answered before.
    """
    if not employment.email:
        raise ValidationError(_("This person has no e-mail address in your list. Print a card instead."))
    if employment.user_id is not None:
        raise ValidationError(_("This person has accepted already."))
    if employment.declined_at is not None:
        raise ValidationError(_("This person declined. Talk to them before you invite again."))
    if employment.ends_on is not None and employment.ends_on < timezone.localdate(at):
        raise ValidationError(_("This employment has ended."))
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        message = outbox.queue(
            "invitation",
            employment.email,
            {
                "organisation": employment.organisation.name,
                "first_name": employment.first_name,
                "link": address_of("invitations:accept", token, language),
                "valid_until": timezone.localdate(at + VALID_FOR),
            },
            language=language,
            dedupe_key=f"invitation:{employment.pk}:{hashed(employment.email)[:12]}:{timezone.localdate(at).isoformat()}",
        )
        if message is None:
            return False
        employment.token_hash, employment.invited_at = hashed(token), at
        employment.save(update_fields=["token_hash", "invited_at"])
    return True


def to_invite(organisation: Organisation, at: datetime) -> EmploymentQuerySet:
    """Who can be invited by mail now: with an address, not answered, not invited in the last week."""
    return (
        Employment.objects.not_ended(timezone.localdate(at))
        .filter(organisation=organisation, email__isnull=False, user__isnull=True, declined_at__isnull=True)
        .filter(Q(invited_at__isnull=True) | Q(invited_at__lt=at - AGAIN_AFTER))
    )


def find(token: str) -> Employment | None:
    """The employment that this token belongs to, also when it is used or expired."""
    return Employment.objects.select_related("organisation").filter(token_hash=hashed(token)).first()


def invite_manager(organisation: Organisation, email: str, by: User | None, at: datetime, language: str) -> Manager:
    """Invites somebody to manage this organisation too; again replaces the one before.

    Raises `ValidationError` when this address accepted before.
    """
    email = email.strip().lower()
    token = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            manager, _created = Manager.objects.select_for_update().get_or_create(
                organisation=organisation, email=email, defaults={"added_by": by}
            )
            if manager.accepted_at is not None:
                raise ValidationError({"email": _("Somebody with this address is a manager already.")})
            message = outbox.queue(
                "manager_invitation",
                email,
                {
                    "organisation": organisation.name,
                    "link": address_of("invitations:manage", token, language),
                    "valid_until": timezone.localdate(at + VALID_FOR),
                },
                language=language,
                dedupe_key=f"manager-invitation:{manager.pk}:{timezone.localdate(at).isoformat()}",
            )
            if message is not None:
                manager.token_hash, manager.invited_at = hashed(token), at
                manager.save(update_fields=["token_hash", "invited_at"])
            audit.record("manager.invited", manager, by)
    except IntegrityError as error:
        raise ValidationError({"email": _("Somebody with this address is a manager already.")}) from error
    return manager


def find_manager(token: str) -> Manager | None:
    """The manager's row that this token belongs to."""
    return Manager.objects.select_related("organisation").filter(token_hash=hashed(token)).first()


def accept_manager(manager: Manager, user: User, at: datetime) -> bool:
    """Makes `user` a manager, if the invitation went to this user's own address. Returns whether it
    did; a second factor is asked before anything is shown."""
    if user.email != manager.email:
        return False
    with transaction.atomic():
        if Manager.objects.filter(organisation_id=manager.organisation_id, user=user).exists():
            return True
        Manager.objects.filter(pk=manager.pk, accepted_at__isnull=True).update(user=user, accepted_at=at)
        audit.record("manager.accepted", manager, user)
    return True


def remove_manager(manager: Manager, by: User) -> None:
    """Takes a manager's access away.

    Raises `ValidationError` for the last one: an organisation would have nobody left.
    """
    with transaction.atomic():
        others = Manager.objects.select_for_update().filter(
            organisation_id=manager.organisation_id, accepted_at__isnull=False
        )
        if manager.accepted_at is not None and not others.exclude(pk=manager.pk).exists():
            raise ValidationError(_("This is the only manager. Invite another one first."))
        audit.record("manager.removed", manager, by)
        manager.delete()
