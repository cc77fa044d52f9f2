from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from cms.pages.providers import PageKind, register_doors, register_kind


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
        """Puts the modules on the front page and among what visitors search."""
        doors = import_module("learning.modules.doors")
        register_doors(doors.doors)
        register_kind(
            PageKind("module", _("Modules"), ("modules.ModulePage", "modules.ModuleIndexPage"), doors.released)
        )
