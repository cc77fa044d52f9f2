"""Who someone is: users, claim cards, one-time links, lockouts, and the trail of destructive acts."""

import secrets
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from cms.accounts import languages

#: Crockford's base 32: no I, L, O or U, so that a printed code can't be misread.
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_code(length: int = 12) -> str:
    """A random code of `length` characters from `CODE_ALPHABET` (5 bits each)."""
    return "".join(secrets.choice(CODE_ALPHABET) for _i in range(length))


class UserManager(BaseUserManager["User"]):
    """Makes users. An address is kept in lower case: two spellings are one person."""

    use_in_migrations = True

    def create_user(self, email: str | None = None, password: str | None = None, **fields: Any) -> "User":
        """A user with an e-mail address, or without one (a claim card is then the way in). Without
        `password` none can be used."""
        user = self.model(email=email.strip().lower() if email else None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An administrator. A second factor is still asked before anything is shown."""
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with this address, in whatever case it is written."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractUser):
    """A person. `email` is empty for who signs in with a claim card and a PIN."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True, null=True, blank=True)  # type: ignore[assignment]
    language = models.CharField(_("language"), max_length=10, default="nl", choices=languages.offered)
    email_confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: After a PIN reset by a manager, what is older than this moment is not shown on "Mijn".
    private_since = models.DateTimeField(null=True, blank=True, editable=False)
    #: Counted up to end every session of this person at the next request.
    session_epoch = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = (models.UniqueConstraint(Lower("email"), name="user_email_any_case"),)

    def __str__(self) -> str:
        return self.get_full_name() or self.email or f"#{self.pk}"

    def clean(self) -> None:
        """Lower-cases the address; an empty one is none."""
        self.email = self.email.strip().lower() if self.email else None

    def save(self, *args: Any, **kwargs: Any) -> None:
        """An empty address is stored as none, so that many people can have none; whoever is made
        without a password (in the CMS) has none that could ever match."""
        self.email = self.email.strip().lower() if self.email else None
        if not self.password:
            self.set_unusable_password()
        super().save(*args, **kwargs)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must carry to stay alive. It changes with the password, the address and
        `session_epoch`, whoever changes them: old sessions end at their next request (ASVS 5.0 V7.4.3)."""
        return salted_hmac(
            "cms.accounts.models.User.session",
            f"{self.password}|{self.email or ''}|{self.session_epoch}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()


class ClaimCard(models.Model):
    """A printed card with a code, in place of an e-mail address. Who claims it chooses a PIN; code
    and PIN are then that person's way in. The room that issues a card (an employer) points to it."""

    code = models.CharField(max_length=16, unique=True, default=new_code)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="claim_cards"
    )
    #: A password hash of the PIN; empty before the card is claimed and after a reset.
    pin = models.CharField(max_length=256, blank=True)
    issued_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="claim_card_claimed_has_user", condition=Q(claimed_at__isnull=True) | Q(user__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"card {self.pk}"

    def usable(self, at: datetime) -> bool:
        """Whether the card can still be claimed or used at this moment."""
        return self.revoked_at is None and (self.claimed_at is not None or at < self.expires_at)


class OneTimeLink(models.Model):
    """A link by e-mail that works once and for a short while. Only a hash of its token is kept."""

    email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"link {self.pk}"

    def usable(self, at: datetime) -> bool:
        """Whether the link still works at this moment."""
        return self.used_at is None and at < self.expires_at


class SignInLink(OneTimeLink):
    """Signs in who has this address. The account may not exist yet: it is made when the link is used,
    so asking for one tells nobody who has an account."""

    language = models.CharField(max_length=10, default="nl")
    next_path = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = (models.Index(fields=["expires_at"], name="sign_in_link_expires"),)


class AddressChange(OneTimeLink):
    """A new address of a user, which counts once they open the link that was mailed to it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="address_changes")

    class Meta:
        indexes = (models.Index(fields=["expires_at"], name="address_change_expires"),)


class Lockout(models.Model):
    """Failed tries per account, code or address of the network; the key is a keyed hash."""

    scope = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    failures = models.PositiveIntegerField(default=0)
    #: When counting began; after the window of the scope it begins anew.
    since = models.DateTimeField(default=timezone.now)
    locked_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["scope", "key"], name="lockout_once"),)

    def __str__(self) -> str:
        return f"{self.scope} {self.failures}"


class AuditEvent(models.Model):
    """Who did what to which object, and when. Never personal data: ids and counts only."""

    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    act = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = (models.Index(fields=["object_type", "object_id"]),)

    def __str__(self) -> str:
        return f"{self.act} {self.object_type} {self.object_id}"
