"""The languages that a translator has yet to check: what is there in each of them, in a real browser."""

import pytest

from cms.pages.models import HomePage, SignalsPage
from cms.reporting.addresses import REPORTING_PATHS
from learning.modules.models import EditionText
from tests.journeys.conftest import DESK, PHONE, assert_accessible, picture
from tests.journeys.content import load_everything

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(transactional_db, settings, tmp_path):
    """Everything a fresh demo holds."""
    settings.REPORTING_DIR = tmp_path / "reporting"
    load_everything()


def addresses(language):
    """What exists in this language: front page, signals, the module for drivers, privacy, reporting, sign-in."""
    of = {"locale__language_code": language}
    signals = SignalsPage.objects.filter(**of).order_by("path")
    module = EditionText.objects.get(language=language, edition__module__audience="chauffeurs")
    home = HomePage.objects.get(**of)
    return [
        home.url,
        signals[0].get_parent().url,
        signals[0].url,
        *(page.url for page in home.get_children().live() if "privat" in page.url or "datenschutz" in page.url),
        f"/{language}/modules/",
        f"/{language}/modules/{module.slug}/",
        f"/{language}/inloggen/",
        REPORTING_PATHS[language],
    ]


@pytest.mark.parametrize("language", ["pl", "ro", "de", "uk"])
def test_every_page_of_a_language_is_accessible_and_says_which_language_it_is(site, open_context, language):
    for viewport in (PHONE, DESK):
        page = open_context(viewport, language=language).new_page()
        for number, address in enumerate(addresses(language)):
            assert page.goto(address).status == 200
            assert page.locator("html").get_attribute("lang") == language
            assert_accessible(page)
            picture(page, f"language-{language}-{number}-{viewport['width']}")
            if viewport == PHONE:
                for link in page.locator("main a[href^='/'], .head a[href^='/']").all():
                    assert link.get_attribute("href").split("/")[1] in {
                        language,
                        "c",
                        "q",
                        "start",
                    } or link.get_attribute("hreflang")
