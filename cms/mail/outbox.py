"""The one way an e-mail leaves: `queue()` writes it, the worker sends it."""

from collections.abc import Mapping
from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from cms.mail.models import OutboxMessage, Scope


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
    stand in the subject. With a `dedupe_key` that was used before nothing is written and None is
    returned.
    """
    if dedupe_key and OutboxMessage.objects.filter(dedupe_key=dedupe_key).exists():
        return None
    with translation.override(language):
        values = {**context, "base_url": settings.BASE_URL, "language": language}
        subject = " ".join(render_to_string(f"mail/{kind}.subject.txt", values).split())
        text = render_to_string(f"mail/{kind}.txt", values)
        html = render_to_string(f"mail/{kind}.html", values)
    return OutboxMessage.objects.create(
        kind=kind,
        to=to,
        language=language,
        scope=scope,
        subject=subject,
        text=text,
        html=html,
        dedupe_key=dedupe_key,
        message_id=make_msgid(domain="weerbaar.local"),
    )
