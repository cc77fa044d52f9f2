"""A home page and a campaign list per language, and a page that belongs to a means."""

import pytest
from wagtail.models import Locale, Page

from campaigns.publishing.models import CampaignIndexPage, CampaignPage
from cms.pages.starter import home as home_starter
from tests.factories.campaigns import MeansFactory


@pytest.fixture
def homes(db):
    """Home pages as a fresh installation has them, by language."""
    home_starter.load(demo=True)
    return {
        language: Page.objects.get(depth=2, locale=Locale.objects.get(language_code=language))
        for language in ("nl", "en")
    }


@pytest.fixture
def campaigns(homes):
    """The lists of campaigns, by language."""
    indexes = {}
    for language, home in homes.items():
        index = CampaignIndexPage(title="Campagnes", slug="campagnes", locale=home.locale)
        indexes[language] = home.add_child(instance=index)
    return indexes


@pytest.fixture
def means(db):
    return MeansFactory()


def campaign_page(index, means, **fields):
    """A live campaign page under this list."""
    page = CampaignPage(
        **{
            "title": "Your pass, your code.",
            "slug": "your-pass",
            "slogan": "Your pass, your code.",
            "lead": "Criminals look for someone with access.",
            "audience": "terminal",
            "source": "to be checked by an editor",
            "means": means,
            "locale": index.locale,
            **fields,
        }
    )
    index.add_child(instance=page)
    return page


@pytest.fixture
def page(campaigns, means):
    return campaign_page(campaigns["nl"], means)
