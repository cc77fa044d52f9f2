from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.signals import page_published, page_unpublished

from cms.pages.providers import PageKind, register_kind, register_latest_campaign


class PublishingConfig(AppConfig):
    name = "campaigns.publishing"
    label = "publishing"

    def ready(self) -> None:
        """Follows Wagtail's own signals, and shows the latest campaign on the home page."""
        from campaigns.publishing import timeline  # noqa: PLC0415  models aren't loaded at import time

        page_published.connect(timeline.page_went_live, dispatch_uid="publishing.page_went_live")
        page_unpublished.connect(timeline.page_went_down, dispatch_uid="publishing.page_went_down")
        register_latest_campaign(timeline.latest_campaign)
        register_kind(PageKind("campaign", _("Campaigns"), ("publishing.CampaignPage", "publishing.CampaignIndexPage")))
