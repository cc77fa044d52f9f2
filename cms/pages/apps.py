from typing import Any

from django.apps import AppConfig
from django.db import transaction
from django.db.models.signals import post_delete, post_save


class PagesConfig(AppConfig):
    name = "cms.pages"
    label = "pages"

    def ready(self) -> None:
        """Makes kept pages stale whenever an editor's work changes: pages, snippets, settings, sites.
        Wagtail stores these by many ways (publish, schedule, move, translate, delete); all end here."""
        from wagtail.contrib.settings.models import AbstractSetting  # noqa: PLC0415  not loaded at import time
        from wagtail.models import DraftStateMixin, Page, Site, TranslatableMixin  # noqa: PLC0415
        from wagtail.signals import page_slug_changed, post_page_move  # noqa: PLC0415

        from cms.pages import serving, translating  # noqa: PLC0415

        translating.install()

        shown = (Page, Site, DraftStateMixin, TranslatableMixin, AbstractSetting)

        def bump_after_commit(instance: Any = None, **kwargs: Any) -> None:
            if isinstance(instance, shown):
                transaction.on_commit(serving.bump, robust=True)

        for signal in (post_save, post_delete, page_slug_changed, post_page_move):
            signal.connect(bump_after_commit, weak=False, dispatch_uid="pages.bump")
