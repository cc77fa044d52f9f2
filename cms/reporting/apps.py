from typing import Any

from django.apps import AppConfig
from django.db import transaction
from django.db.models.signals import post_delete, post_save


class ReportingConfig(AppConfig):
    name = "cms.reporting"
    label = "reporting"

    def ready(self) -> None:
        """Builds the page anew whenever something on it is stored, published, taken down or deleted.
        These are signals of this room's own models: Wagtail stores them by many ways, and all end here."""
        from cms.reporting import build, models  # noqa: PLC0415  models aren't loaded at import time

        def rebuild_after_commit(**kwargs: Any) -> None:
            transaction.on_commit(build.rebuild, robust=True)

        for model in (models.ReportingChannel, models.ReportingText, models.ReportingSettings):
            for signal in (post_save, post_delete):
                signal.connect(
                    rebuild_after_commit, sender=model, weak=False, dispatch_uid=f"reporting.rebuild.{model.__name__}"
                )
