"""The one way an e-mail leaves: `queue()` writes it, the worker sends it."""

from collections.abc import Mapping
from email.utils import make_msgid, parseaddr
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import translation

from cms.mail.models import OutboxMessage, Scope

#: Larger than any message of ours; what is larger is a mistake (a list in place of a name, say).
MAX_TEXT = 100_000
MAX_HTML = 200_000
MAX_SUBJECT = 200


def queue(
    kind: str,
    to: str,
    context: Mapping[str, Any],
    *,
    language: str = "nl",
    scope: Scope = Scope.ACCOUNT,
    dedupe_key: str | None = None,
) -> OutboxMessage | None:
    """Writes one message to the outbox, in the caller's transaction.

    `kind` names its templates `mail/<kind>.subject.txt`, `.txt` and `.html`. Nothing personal may
    stand in the subject or in `dedupe_key`: both are kept. With a `dedupe_key` that was used before,
    by another process at the same moment too, nothing is written and None is returned.

    Raises `ValidationError` when `to` is not one e-mail address, and `ValueError` when the message is
    larger than a message of ours can be.
    """
    to = to.strip()
    validate_email(to)
    if len(to) > 254:
        raise ValidationError("An e-mail address has at most 254 characters.")
    if dedupe_key and OutboxMessage.objects.filter(dedupe_key=dedupe_key).exists():
        return None
    with translation.override(language):
        values = {**context, "base_url": settings.BASE_URL, "language": language}
        subject = " ".join(render_to_string(f"mail/{kind}.subject.txt", values).split())[:MAX_SUBJECT]
        text = render_to_string(f"mail/{kind}.txt", values)
        html = render_to_string(f"mail/{kind}.html", values)
    if len(text) > MAX_TEXT or len(html) > MAX_HTML:
        raise ValueError(f"A message of the kind {kind!r} is too large: {len(text)} and {len(html)} characters.")
    message = OutboxMessage(
        kind=kind,
        to=to,
        language=language,
        scope=scope,
        subject=subject,
        text=text,
        html=html,
        dedupe_key=dedupe_key or None,
        message_id=make_msgid(domain=sender_domain()),
    )
    if not dedupe_key:
        message.save(force_insert=True)
        return message
    try:
        with transaction.atomic():  # a savepoint: the caller's transaction survives the collision
            message.save(force_insert=True)
    except IntegrityError:
        return None
    return message


def sender_domain() -> str:
    """The domain of the sender's address, for the right-hand side of a Message-ID (RFC 5322, 3.6.4)."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "weerbaar.invalid"
