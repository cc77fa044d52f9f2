"""One outbox for every e-mail: a row is written in the transaction that causes it, and the worker
sends it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Scope(models.TextChoices):
    """What a message is for. Leaving one scope leaves the others alone."""

    ACCOUNT = "account", "account"
    TRAINING = "training", "training"
    NEWSLETTER = "newsletter", "newsletter"


class OutboxMessage(models.Model):
    """One message to one address. `message_id` is fixed when the row is written, so that a repeat after
    a crash can be told from a second message."""

    class State(models.TextChoices):
        QUEUED = "queued", "queued"
        SENDING = "sending", "sending"
        SENT = "sent", "sent"
        SUPPRESSED = "suppressed", "suppressed"
        FAILED = "failed", "failed"

    scope = models.CharField(max_length=20, choices=Scope.choices, default=Scope.ACCOUNT)
    kind = models.CharField(max_length=60)
    #: Empty once the row is wiped; see `cms/mail/retention.py`.
    to = models.EmailField(blank=True)
    language = models.CharField(max_length=10, default="nl")
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    headers = models.JSONField(default=dict, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    #: The same event never writes a second message: unique where it is set.
    dedupe_key = models.CharField(max_length=200, unique=True, null=True, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    #: Which worker is sending it, and until when it may; empty outside `SENDING`.
    claimed_by = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    #: The class of the last error, never its text: that may hold an address.
    last_error = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "next_attempt_at"]),
            models.Index(fields=["created_at"], condition=~Q(to=""), name="outbox_unwiped"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Suppression(models.Model):
    """An address that must not be written to, kept as a keyed hash so that it can't come back by import."""

    address_hash = models.CharField(max_length=64)
    scope = models.CharField(max_length=20, blank=True, help_text="empty: every scope")
    reason = models.CharField(max_length=20)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["address_hash", "scope"], name="suppression_once"),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.pk}"


class SoftBounce(models.Model):
    """How often mail to an address was put off of late; past a threshold the address is suppressed."""

    address_hash = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.count} {self.pk}"


class ProviderEvent(models.Model):
    """Events of a mail provider that were dealt with: the same event twice acts once. `event_id` is a hash
    of the provider's name and its own id."""

    event_id = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20)
    received_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return self.kind
