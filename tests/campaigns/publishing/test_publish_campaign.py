"""A campaign page belongs to a means, goes live on time and ends on time."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from campaigns.plans.models import Means
from campaigns.publishing import starter, timeline
from campaigns.publishing.models import CampaignPage, ShortLink
from cms.pages.starter import home as home_starter
from tests.campaigns.publishing.conftest import campaign_page

pytestmark = pytest.mark.django_db


def test_a_campaign_page_can_not_exist_without_a_means(campaigns):
    with pytest.raises(ValidationError) as refusal:
        campaign_page(campaigns["nl"], None)
    assert list(refusal.value.message_dict) == ["means"]


def test_publishing_makes_the_means_live_and_taking_down_ends_it(campaigns, means):
    page = campaign_page(campaigns["nl"], means, live=False)
    page.save_revision().publish()
    means.refresh_from_db()
    assert (means.state, means.actual_start) == (Means.State.LIVE, timezone.localdate())
    CampaignPage.objects.get(pk=page.pk).unpublish()
    means.refresh_from_db()
    assert (means.state, means.actual_end) == (Means.State.DONE, timezone.localdate())


def test_a_means_with_another_language_still_live_is_not_done(campaigns, means):
    dutch = campaign_page(campaigns["nl"], means)
    english = campaign_page(campaigns["en"], means)
    for page in (dutch, english):
        page.save_revision().publish()
    CampaignPage.objects.get(pk=dutch.pk).unpublish()
    means.refresh_from_db()
    assert means.state == Means.State.LIVE


def test_scheduling_a_page_leaves_the_means_planned(campaigns, means):
    page = campaign_page(campaigns["nl"], means, live=False)
    page.go_live_at = timezone.now() + timedelta(days=2)
    page.save_revision().publish()
    means.refresh_from_db()
    assert means.state == Means.State.PLANNED
    assert Client().get(page.get_url()).status_code == 404


def test_moving_a_means_publishes_nothing(campaigns, means):
    page = campaign_page(campaigns["nl"], means, live=False)
    means.planned_start = means.planned_end = timezone.localdate()
    means.save(update_fields=["planned_start", "planned_end"])
    assert not CampaignPage.objects.get(pk=page.pk).live


def test_the_page_sets_no_cookie_and_loads_nothing_from_elsewhere(page):
    response = Client().get(page.get_url())
    assert response.status_code == 200
    assert not response.cookies
    assert b"<script" not in response.content


def test_the_home_page_gets_the_newest_live_campaign(campaigns, means):
    campaign_page(campaigns["nl"], means).save_revision().publish()
    newest = campaign_page(campaigns["nl"], means, slug="second", slogan="Second.")
    newest.save_revision().publish()
    assert timeline.latest_campaign("nl").slogan == "Second."
    assert timeline.latest_campaign("en") is None


def test_the_starter_campaign_is_there_in_both_languages_and_shares_its_blocks(homes):
    from campaigns.plans import starter as plans_starter

    plans_starter.load()
    starter.load(demo=True)
    pages = {page.locale.language_code: page for page in CampaignPage.objects.select_related("locale")}
    assert set(pages) == {"nl", "en"}
    assert pages["nl"].translation_key == pages["en"].translation_key
    assert [block.id for block in pages["nl"].body] == [block.id for block in pages["en"].body]
    for page in pages.values():
        assert page.live
        assert Client().get(page.get_url()).status_code == 200
    before = (CampaignPage.objects.count(), ShortLink.objects.count(), [p.latest_revision_id for p in pages.values()])
    starter.load(demo=True)
    pages = {page.locale.language_code: page for page in CampaignPage.objects.select_related("locale")}
    after = (CampaignPage.objects.count(), ShortLink.objects.count(), [p.latest_revision_id for p in pages.values()])
    assert before == after


def test_unchecked_content_is_a_draft_in_production(db):
    from campaigns.plans import starter as plans_starter

    home_starter.load(demo=False)
    plans_starter.load()
    starter.load(demo=False)
    assert CampaignPage.objects.exists()
    assert not CampaignPage.objects.live().exists()
