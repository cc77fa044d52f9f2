"""The pages of areas, the programme, its themes and the international approach in a real browser: axe finds nothing,
nothing hangs out sideways, and everything is there without JavaScript."""

from __future__ import annotations

import pytest

from cms.pages.models import InternationalPage, ProgrammePage, RegionIndexPage, RegionPage, ThemePage
from tests.journeys import content
from tests.journeys.conftest import DESK, PHONE, assert_accessible, picture

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 320, "height": 640}
#: A page of every kind: one that is full, and one of the areas with nothing but its empty states.
KINDS = (RegionIndexPage, RegionPage, ProgrammePage, ThemePage, InternationalPage)


def addresses(language):
    found = [model.objects.filter(locale__language_code=language).order_by("path").first().url for model in KINDS]
    empty = RegionPage.objects.filter(locale__language_code=language).order_by("path").last()
    return [*found, empty.url]


def test_pages_of_areas_are_accessible_at_every_width_and_in_both_languages(open_context, transactional_db):
    content.load_everything()
    for viewport, language in ((NARROW, "nl"), (PHONE, "en"), (DESK, "nl"), (DESK, "en")):
        context = open_context(viewport, language=language)
        page = context.new_page()
        for address in addresses(language):
            page.goto(address)
            for hidden in page.locator("details.more").all():
                hidden.locator("summary").click()
            assert_accessible(page)
            picture(page, f"areas{address.replace('/', '-')}{viewport['width']}")
        assert context.cookies() == []


def test_an_area_and_its_programme_work_without_javascript_and_in_the_dark(open_context, transactional_db):
    content.load_everything()
    page = open_context(PHONE, javascript=False, language="en").new_page()
    page.goto("/en/regions/")
    page.get_by_role("link", name="North Sea Canal area").click()
    page.get_by_role("link", name="Programme North Sea Canal area").first.click()
    page.get_by_role("link", name="Taking action & taking away").click()
    rows = page.get_by_role("table", name="Intended results").get_by_role("row")
    assert rows.count() == 3
    assert "HARC team" in rows.first.inner_text()
    assert page.locator("main").get_by_role("link", name="0800-7000").is_visible()
    dark = open_context(DESK, language="en").new_page()
    dark.emulate_media(color_scheme="dark")
    for address in addresses("en"):
        dark.goto(address)
        assert_accessible(dark)
