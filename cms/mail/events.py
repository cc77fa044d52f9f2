"""What a mail provider reports back, by Anymail's webhooks: bounces and complaints stop an address.

Opens and clicks are dropped unread, and the provider's raw event is never stored.
"""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from anymail.signals import EventType, RejectReason
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from cms.mail.models import ProviderEvent, Scope, SoftBounce
from cms.mail.suppression import (
    COMPLAINT,
    COMPLAINT_SCOPES,
    EVERY_SCOPE,
    HARD_BOUNCE,
    SOFT_BOUNCES,
    UNSUBSCRIBED,
    address_hash,
    suppress,
)

#: This many soft bounces, none more than `SOFT_WINDOW` after the one before, count as a hard one.
SOFT_THRESHOLD = 5
SOFT_WINDOW = timedelta(days=30)

SOFT = "soft"
DELIVERED = "delivered"

#: How providers call a bounce that may pass, where Anymail says no more than "bounced".
_SOFT_WORDS = {"softbounce", "soft_bounce", "soft", "transient", "temporary", "undetermined", "blocked"}
_SOFT_FIELDS = ("Type", "type", "event", "bounceType", "bounce_type")


def receive(sender: object, event: Any, esp_name: str, **kwargs: object) -> None:
    """Receiver of Anymail's `tracking` signal: deals with one event, once."""
    kind = kind_of(event)
    if not kind or not event.recipient:
        return
    with transaction.atomic():
        try:
            with transaction.atomic():
                ProviderEvent.objects.create(event_id=_event_key(event, esp_name, kind), kind=kind)
        except IntegrityError:  # the provider sent it again: it was dealt with
            return
        _act(kind, event.recipient)


def kind_of(event: Any) -> str:
    """What an event means for us: a reason to suppress, `SOFT`, `DELIVERED`, or empty for nothing."""
    if event.event_type == EventType.COMPLAINED or event.reject_reason == RejectReason.SPAM:
        return COMPLAINT
    if event.event_type == EventType.UNSUBSCRIBED:
        return UNSUBSCRIBED
    if event.event_type == EventType.BOUNCED:
        lasting = event.reject_reason in (RejectReason.BOUNCED, RejectReason.INVALID)
        return HARD_BOUNCE if lasting and not _called_soft(event.esp_event) else SOFT
    if event.event_type == EventType.REJECTED:  # the provider refuses to try
        return HARD_BOUNCE if event.reject_reason in (RejectReason.BOUNCED, RejectReason.INVALID) else ""
    return {EventType.DEFERRED: SOFT, EventType.DELIVERED: DELIVERED}.get(event.event_type, "")


def _act(kind: str, recipient: str) -> None:
    """Does what an event of this kind asks for."""
    if kind == HARD_BOUNCE:
        suppress(recipient, HARD_BOUNCE)
    elif kind == COMPLAINT:
        suppress(recipient, COMPLAINT, COMPLAINT_SCOPES)
    elif kind == UNSUBSCRIBED:
        suppress(recipient, UNSUBSCRIBED, (Scope.NEWSLETTER,))
    elif kind == SOFT:
        _count_soft(recipient)
    else:
        SoftBounce.objects.filter(address_hash=address_hash(recipient)).delete()


def _count_soft(recipient: str) -> None:
    """One more soft bounce; the last one of too many suppresses."""
    now = timezone.now()
    bounce, _created = SoftBounce.objects.get_or_create(address_hash=address_hash(recipient))
    row = SoftBounce.objects.filter(pk=bounce.pk)
    if bounce.last_at < now - SOFT_WINDOW:
        row.update(count=1, last_at=now)
    else:
        row.update(count=F("count") + 1, last_at=now)
    bounce.refresh_from_db()
    if bounce.count >= SOFT_THRESHOLD:
        suppress(recipient, SOFT_BOUNCES, (EVERY_SCOPE,))


def _called_soft(raw: object) -> bool:
    """Whether the provider's own event calls the bounce a soft one."""
    if not isinstance(raw, Mapping):
        return False
    parts = [raw, *(value for value in raw.values() if isinstance(value, Mapping))]
    words = {str(part.get(field, "")).lower() for part in parts for field in _SOFT_FIELDS}
    return bool(words & _SOFT_WORDS) or raw.get("hard_bounce") in (False, "false")


def _event_key(event: Any, esp_name: str, kind: str) -> str:
    """One short text per event of a provider. Without an id of its own: what, whom, when."""
    own = event.event_id or f"{event.message_id}|{address_hash(event.recipient)}|{event.timestamp}"
    return hashlib.sha256(f"{esp_name}|{kind}|{own}".encode()).hexdigest()
