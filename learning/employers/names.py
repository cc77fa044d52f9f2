"""Names of modules, as a list shows them."""

from learning.modules import editions
from learning.modules.models import Module


def module_names(language: str) -> dict[int, str]:
    """Name by module id in this language; the audience where the module has no text in it."""
    titles = editions.titles(language)
    return {
        module.pk: titles.get(module.pk) or str(module.get_audience_display())
        for module in Module.objects.order_by("audience", "pk")
    }
