"""What must be right before mail may leave."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def check_webhook_secret(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A provider's webhooks need a secret of the form `name:password`: without one every event is refused,
    and a bounced address would be written to for ever."""
    secret = settings.ANYMAIL.get("WEBHOOK_SECRET", "")
    if secret:
        if ":" in secret and len(secret) >= 12:
            return []
        return [
            Error(
                "ANYMAIL_WEBHOOK_SECRET is not of the form name:password, or is shorter than 12 characters.",
                id="mail.E002",
            )
        ]
    if not settings.EMAIL_BACKEND.startswith("anymail."):
        return []
    return [
        Error(
            "Mail goes through a provider, but ANYMAIL_WEBHOOK_SECRET is not set: its bounces are refused.",
            hint="Set ANYMAIL_WEBHOOK_SECRET=name:password and use it in the provider's webhook address.",
            id="mail.E001",
        )
    ]
