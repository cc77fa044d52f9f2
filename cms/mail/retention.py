"""How long the outbox remembers. A message holds a name, an address and sometimes a sign-in link: once it
has served, only that it was sent remains."""

from datetime import datetime, timedelta

from cms.mail.models import OutboxMessage, ProviderEvent, SoftBounce

State = OutboxMessage.State

KEEP_MESSAGES = timedelta(days=7)
KEEP_EVENTS = timedelta(days=90)
#: Rows per statement, so that no write transaction holds others up.
CHUNK = 1000
_DONE = (State.SENT, State.SUPPRESSED, State.FAILED)


def sweep(at: datetime) -> int:
    """Wipes address and content of messages that were done with a week ago, and forgets old events.

    Returns how many messages were wiped.
    """
    due = OutboxMessage.objects.filter(state__in=_DONE, created_at__lt=at - KEEP_MESSAGES).exclude(to="")
    wiped = 0
    while ids := list(due.order_by("created_at").values_list("pk", flat=True)[:CHUNK]):
        wiped += _wipe(ids)
    ProviderEvent.objects.filter(received_at__lt=at - KEEP_EVENTS).delete()
    SoftBounce.objects.filter(last_at__lt=at - KEEP_EVENTS).delete()
    return wiped


def forget(address: str) -> int:
    """Wipes every message to this address at once, and doesn't send what is waiting: its owner asked to be
    forgotten (GDPR, article 17). Returns how many."""
    rows = OutboxMessage.objects.filter(to__iexact=address.strip()).exclude(to="")
    rows.filter(state=State.QUEUED).update(state=State.FAILED, last_error="Forgotten")
    return _wipe(list(rows.exclude(state=State.SENDING).values_list("pk", flat=True)))


def _wipe(ids: list[int]) -> int:
    return OutboxMessage.objects.filter(pk__in=ids).update(to="", text="", html="", headers={})
