from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class DemoConfig(AppConfig):
    """Demo sign-ins and the demo's mail page; installed by `config.settings.dev` only."""

    name = "config.demo"
    label = "demo"

    def ready(self) -> None:
        """Refuses to start anywhere else: its passwords are public.

        Raises `ImproperlyConfigured` unless these are the demo's settings, with the demo's own key.
        """
        if not settings.DEMO or not settings.SECRET_KEY.startswith("dev-only"):
            raise ImproperlyConfigured("config.demo can't be installed outside the demo: its passwords are public.")
