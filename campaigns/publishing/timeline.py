"""What a page's going live or down means for the plan, and which campaign is the latest."""

from typing import Any

from django.utils import timezone, translation

from campaigns.publishing.models import CampaignPage
from cms.pages.providers import CampaignTeaser


def page_went_live(sender: Any, instance: Any, **kwargs: Any) -> None:
    """A campaign page was published: its means is live from today. Wagtail sends this for pages that are
    only scheduled too; those aren't live."""
    if isinstance(instance, CampaignPage) and instance.live:
        instance.means.went_live(timezone.localdate())


def page_went_down(sender: Any, instance: Any, **kwargs: Any) -> None:
    """A campaign page was taken down or expired: its means is done when no page of it is live any more."""
    if isinstance(instance, CampaignPage) and not CampaignPage.objects.live().filter(means=instance.means).exists():
        instance.means.ended(timezone.localdate())


def latest_campaign(language: str) -> CampaignTeaser | None:
    """The newest live campaign page in this language, for the home page; None when there is none."""
    page = (
        CampaignPage.objects.live()
        .public()
        .filter(locale__language_code=language)
        .order_by("-first_published_at", "-pk")
        .first()
    )
    if page is None:
        return None
    with translation.override(language):
        return CampaignTeaser(
            url=page.get_url() or f"/{language}/campagnes/",
            slogan=page.slogan,
            lead=page.lead,
            audience=page.audience,
            drawing=page.drawing,
        )
