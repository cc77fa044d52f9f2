"""A production start: of signals and measures only what its source says is shown, the rest waits for an editor."""

import pytest

from cms.pages import starter
from cms.pages.data import values
from cms.pages.models import MeasureIndexPage, MeasurePage, PartnerPage, PartnershipPage, SignalsPage

UNCHECKED = ("te controleren door een redacteur", "to be checked")


@pytest.fixture(autouse=True)
def _production(db, reporting_dir):
    starter.load(demo=False)


def test_production_shows_only_cards_whose_source_says_all_of_it(client):
    for page in SignalsPage.objects.all():
        assert page.live
        assert len(page.cards) >= 3
        assert not any(marker in card["source"] for card in values(page.cards) for marker in UNCHECKED)
        body = client.get(page.url).content.decode()
        assert not any(marker in body for marker in UNCHECKED)


def test_production_keeps_the_other_cards_in_the_draft():
    for page in SignalsPage.objects.all():
        draft = page.get_latest_revision_as_object()
        assert len(draft.cards) == 8
        assert page.has_unpublished_changes
        unchecked = [card for card in values(draft.cards) if any(marker in card["source"] for marker in UNCHECKED)]
        assert len(unchecked) == 8 - len(page.cards)


def test_production_leaves_what_is_unchecked_a_draft(client):
    for page in MeasurePage.objects.all():
        assert page.live != any(marker in page.source for marker in UNCHECKED)
    index = MeasureIndexPage.objects.get(locale__language_code="en")
    assert client.get(index.url).status_code == 200
    assert not index.check_questions
    assert len(index.get_latest_revision_as_object().check_questions) == 10
    assert "data-self-check" not in client.get(index.url).content.decode()


def test_the_whole_directory_is_live_for_it_only_says_what_the_sources_say(client):
    for model in (PartnerPage, PartnershipPage):
        assert model.objects.exists()
        assert not model.objects.filter(live=False).exists()
        assert not model.objects.filter(source="").exists()
