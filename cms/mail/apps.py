from anymail.signals import tracking
from django.apps import AppConfig
from django.core.checks import register


class MailConfig(AppConfig):
    """The outbox."""

    name = "cms.mail"
    label = "mail"

    def ready(self) -> None:
        """Listens to the mail provider's events, and registers this room's checks."""
        from cms.mail.checks import check_webhook_secret  # noqa: PLC0415 (models are loaded only now)
        from cms.mail.events import receive  # noqa: PLC0415

        tracking.connect(receive, dispatch_uid="cms.mail.events")
        register(check_webhook_secret)
