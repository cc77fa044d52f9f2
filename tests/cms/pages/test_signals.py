"""Signals: cards per sector, with their source; what nobody checked is shown in the demo only."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from cms.pages import providers
from cms.pages.audiences import Audience, Scene
from cms.pages.data import values
from cms.pages.models import HomePage, PartnerPage, SignalsIndexPage, SignalsPage
from cms.pages.providers import Door
from cms.pages.starter import signals, tree
from cms.reporting.models import ReportingChannel


def sectors(language):
    return SignalsPage.objects.filter(locale__language_code=language)


def visible(page, client):
    return client.get(page.url).content.decode()


@pytest.mark.parametrize("language", ["nl", "en"])
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


def test_cards_are_the_same_in_each_language(pages):
    for page in sectors("nl"):
        other = sectors("en").get(audience=page.audience)
        assert other.translation_key == page.translation_key
        assert [(card.id, card.value["drawing"]) for card in other.cards] == [
            (card.id, card.value["drawing"]) for card in page.cards
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
            assert "anoniem" not in text
            assert "anonym" not in text


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


def test_any_language_with_a_file_and_a_home_page_gets_its_cards(pages, client, tmp_path, monkeypatch):
    """A translation says that it must be checked when its file says so."""
    text = (tree.CONTENT / "signals.en.toml").read_text(encoding="utf-8")
    (tmp_path / "signals.pl.toml").write_text(
        text.replace("translation_to_check = false", "translation_to_check = true"), encoding="utf-8"
    )
    monkeypatch.setattr(tree, "CONTENT", tmp_path)
    locale = Locale.objects.get_or_create(language_code="pl")[0]
    root = HomePage.objects.first().get_parent()
    SignalsPage.objects.filter(locale=locale).delete()
    if not HomePage.objects.filter(locale=locale).exists():
        texts = dict.fromkeys(("hero_title", "hero_text", "report_heading"), "x")
        root.add_child(
            instance=HomePage(title="Weerbaar", slug="pl", locale=locale, translation_key=tree.key("home"), **texts)
        )
    SignalsIndexPage.objects.filter(locale=locale).delete()
    signals.load(demo=True)
    page = sectors("pl").get(audience="chauffeurs")
    assert page.translation_to_check
    assert client.get(page.url).status_code == 200
    assert not PartnerPage.objects.filter(locale=locale).exists()
