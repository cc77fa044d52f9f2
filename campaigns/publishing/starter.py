"""Loads the campaign list, the starter campaign page in each language, and its short link."""

import tomllib
import uuid
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page

from campaigns.plans.models import CommunicationPlan, Means
from campaigns.publishing.models import CampaignIndexPage, CampaignPage, ShortLink

CONTENT = Path(__file__).parent / "content"
INDEX_TITLES = {"nl": "Campagnes", "en": "Campaigns"}
INDEX_INTROS = {
    "nl": "Campagnes over signalen op het werk, en hoe je veilig meldt.",
    "en": "Campaigns about signals at work, and how to report safely.",
}
SOURCE_LANGUAGE = "nl"
NAMESPACE = uuid.UUID("5c2b1f1e-8f0b-5d0a-9a53-1f2f7a3f9d10")


@transaction.atomic
def load(demo: bool) -> None:
    """Makes what is missing and leaves what exists alone. Unchecked pages go live in the demo only; in
    production they are drafts. Needs the home pages and the starter plan."""
    indexes = _load_indexes()
    plan = CommunicationPlan.objects.filter(key="nzkg-mma").first()
    if plan is None:
        return
    page_means = plan.means.filter(channel=Means.Channel.PAGE).first()
    poster = plan.means.filter(channel=Means.Channel.PRINT).first()
    if page_means is None:
        return
    pages = _load_campaign(indexes, page_means, plan, demo)
    source = pages.get(SOURCE_LANGUAGE)
    if poster and source and not ShortLink.objects.filter(means__plan=plan).exists():
        ShortLink.objects.create(placement="Poster in de kantine", means=page_means, page=source, language="nl")
        ShortLink.objects.create(
            placement="Zakkaart: meteen naar Melden", means=poster, page=None, language="nl", after="reporting"
        )


def _load_indexes() -> dict[str, CampaignIndexPage]:
    indexes: dict[str, CampaignIndexPage] = {}
    for language, title in INDEX_TITLES.items():
        locale = Locale.objects.get(language_code=language)
        index = CampaignIndexPage.objects.filter(locale=locale).first()
        if index is None:
            home = Page.objects.get(depth=2, locale=locale)
            index = CampaignIndexPage(
                title=title, slug="campagnes", intro=INDEX_INTROS[language], locale=locale, show_in_menus=True
            )
            if indexes:
                index.translation_key = indexes[SOURCE_LANGUAGE].translation_key
            home.add_child(instance=index)
            index.save_revision().publish()
        indexes[language] = index
    return indexes


def _load_campaign(
    indexes: dict[str, CampaignIndexPage], means: Means, plan: CommunicationPlan, demo: bool
) -> dict[str, CampaignPage]:
    pages: dict[str, CampaignPage] = {}
    for language, index in indexes.items():
        data = tomllib.loads((CONTENT / f"jouw-pas.{language}.toml").read_text(encoding="utf-8"))
        page = CampaignPage.objects.child_of(index).filter(means=means).first()
        if page is None:
            body = [_block(row) for row in data.pop("body")]
            page = CampaignPage(means=means, body=body, locale=index.locale, live=False, **data)
            page.expire_at = end_of(plan)
            if pages:
                page.translation_key = pages[SOURCE_LANGUAGE].translation_key
            index.add_child(instance=page)
            revision = page.save_revision()
            if demo or page.checked:
                revision.publish()
                page.refresh_from_db()
        pages[language] = page
    return pages


def end_of(plan: CommunicationPlan) -> datetime:
    """Midnight in Amsterdam after the plan's last day, in UTC."""
    day_after = plan.ends_on + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day_after, time.min), timezone.get_default_timezone())


def _block(row: dict[str, Any]) -> dict[str, Any]:
    """A block of the content file, with an id that every language shares."""
    row = dict(row)
    key, kind = row.pop("key"), row.pop("type")
    return {"type": kind, "value": row, "id": str(uuid.uuid5(NAMESPACE, f"jouw-pas/{key}"))}
