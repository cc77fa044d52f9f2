from typing import Any

from django.apps import AppConfig


class ProfessionalsConfig(AppConfig):
    """Accounts for safety professionals, on request, with pages and documents per area."""

    name = "cms.professionals"
    label = "professionals"

    def ready(self) -> None:
        """Tells the rooms below who must have a second factor, and where an account can be asked for."""
        from django.urls import reverse  # noqa: PLC0415  models aren't loaded yet
        from django.utils import translation  # noqa: PLC0415

        from cms.accounts.second_factor import register_requirement  # noqa: PLC0415
        from cms.pages.providers import register_account_requests  # noqa: PLC0415
        from cms.professionals.guard import has_any_access  # noqa: PLC0415

        def ask_at(area: Any, language: str) -> str | None:
            """Where to ask for an account in this area, or None when it takes no requests."""
            if not area.takes_requests:
                return None
            with translation.override(language):
                return reverse("professionals:ask", args=[area.slug])

        register_requirement(has_any_access, home="professionals:mine")
        register_account_requests(ask_at)
