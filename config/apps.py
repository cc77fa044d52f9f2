from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The project itself: its commands (worker, loaders) know every room."""

    name = "config"
    label = "config"
