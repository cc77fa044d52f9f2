"""Signals: cards per sector, with their source; what nobody checked is shown in the demo only."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.pages import providers
from cms.pages.audiences import Audience, Scene
from cms.pages.data import values
from cms.pages.models import SignalsIndexPage, SignalsPage
from cms.pages.providers import Door
from cms.pages.starter import tree
from cms.reporting.models import ReportingChannel


def sectors(language):
    return SignalsPage.objects.filter(locale__language_code=language)


def visible(page, client):
    return client.get(page.url).content.decode()


@pytest.mark.parametrize("language", settings.OFFERED_LANGUAGES)
def test_every_sector_has_a_page_of_at_least_six_cards_with_source_and_drawing(pages, client, language):
    assert set(sectors(language).values_list("audience", flat=True)) == set(Audience.values)
    for page in sectors(language):
        body = visible(page, client)
        assert len(page.cards) >= 6
        assert body.count('<li class="signal">') == len(page.cards)
        for card in values(page.cards):
            assert all(card[name] for name in ("signal", "action", "source"))
            assert card["drawing"] in Scene.values


def test_the_list_leads_to_every_sector(pages, client):
    body = visible(SignalsIndexPage.objects.get(locale__language_code="en"), client)
    for page in sectors("en"):
        assert f'href="{page.url}"' in body


def test_every_drawing_of_the_list_is_in_the_sheet(pages):
    drawn = (Path(settings.BASE_DIR) / "static/img/signals.svg").read_text(encoding="utf-8")
    assert set(re.findall(r'<symbol id="(\w+)"', drawn)) == set(Scene.values)
    assert len(drawn) < 20_000


@pytest.mark.parametrize("language", [code for code in settings.OFFERED_LANGUAGES if code != "nl"])
def test_cards_are_the_same_in_each_language(pages, language):
    for page in sectors("nl"):
        other = sectors(language).get(audience=page.audience)
        assert other.translation_key == page.translation_key
        assert [(card.id, card.value["drawing"]) for card in other.cards] == [
            (card.id, card.value["drawing"]) for card in page.cards
        ]
        assert ["112" in card.value["action"] for card in other.cards] == [
            "112" in card.value["action"] for card in page.cards
        ]


def test_numbers_come_from_the_reporting_channels(pages, client, django_capture_on_commit_callbacks):
    page = sectors("nl").get(audience="chauffeurs")
    body = visible(page, client)
    sheet = re.search(r'<p class="sheet__numbers">(.*?)</p>', body, re.DOTALL)[1]
    assert "112" in sheet
    assert "0800-7000" in sheet
    with django_capture_on_commit_callbacks(execute=True):
        ReportingChannel.objects.get(key="m", locale__language_code="nl").unpublish()
    main = visible(page, client).split("<main")[1].split("</main>")[0]
    assert "0800-7000" not in main


def test_english_cards_promise_no_anonymity(pages, client):
    for page in sectors("en"):
        main = visible(page, client).split("<main")[1].split("</main>")[0].lower()
        assert "anonym" not in main
        assert "anoniem" not in main.replace("meld misdaad anoniem", "")


def test_cards_make_no_promise_of_anonymity_in_any_language(pages):
    for page in SignalsPage.objects.all():
        for card in values(page.cards):
            text = " ".join(str(card[name]) for name in ("signal", "text", "action")).lower()
            assert not re.search("anon|анон", text)


def test_the_module_of_the_sector_is_offered(monkeypatch, pages, client):
    monkeypatch.setattr(providers, "_doors", [])
    providers.register_doors(
        lambda language: [
            Door("kwekers", "Growers", "", f"/{language}/modules/y/", 4, 12, "kas"),
            Door("terminal", "Terminal", "", f"/{language}/modules/z/", 4, 12, "kraan"),
        ]
    )
    cache.clear()
    body = visible(sectors("en").get(audience="kwekers"), client)
    assert 'href="/en/modules/y/"' in body
    assert "/en/modules/z/" not in body


def test_a_draft_sector_is_not_in_the_list(pages, client, django_capture_on_commit_callbacks):
    page = sectors("en").get(audience="terminal")
    index = SignalsIndexPage.objects.get(locale__language_code="en")
    assert page.url in visible(index, client)
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    assert page.url not in visible(index, client)
    assert client.get(page.url).status_code == 404


def test_more_cards_cost_no_more_queries(pages, client):
    page = sectors("en").get(audience="terminal")

    def cost():
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get(page.url)
        return len(queries)

    cost()
    before = cost()
    page.cards = [("card", card) for card in values(page.cards)] * 10
    page.save_revision().publish()
    assert cost() == before


def test_a_translation_that_nobody_checked_says_so(pages, client):
    for page in [*SignalsIndexPage.objects.select_related("locale"), *SignalsPage.objects.select_related("locale")]:
        marked = page.locale.language_code not in ("nl", "en")
        assert page.translation_to_check is marked
        assert ("tocheck" in visible(page, client)) is marked


@pytest.mark.parametrize("language", settings.OFFERED_LANGUAGES)
def test_production_keeps_the_same_cards_for_an_editor_in_each_language(language):
    """What the Dutch file marks as unchecked is unchecked in every language."""
    own, dutch = tree.read("signals", language), tree.read("signals", "nl")
    for row, other in zip(own["sectors"], dutch["sectors"], strict=True):
        assert row["key"] == other["key"]
        assert row["live"] == other["live"]
        assert [card.get("unchecked") for card in row["cards"]] == [card.get("unchecked") for card in other["cards"]]
