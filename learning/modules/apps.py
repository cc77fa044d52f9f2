from importlib import import_module

from django.apps import AppConfig

from cms.pages.providers import register_doors


class ModulesConfig(AppConfig):
    """What is taught."""

    name = "learning.modules"
    label = "modules"

    def import_models(self) -> None:
        """Loads the page classes beside the models: they stand in a module of their own, which reads editions,
        and those read the models."""
        super().import_models()
        import_module("learning.modules.pages")

    def ready(self) -> None:
        """Puts the modules on the front page."""
        register_doors(import_module("learning.modules.doors").doors)
