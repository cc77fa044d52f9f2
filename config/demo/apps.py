from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Demo sign-ins and the demo's mail page; installed by `config.settings.dev` only."""

    name = "config.demo"
    label = "demo"
