import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from cms.pages import providers
from cms.pages.models import HomePage, RegionIndexPage, RegionPage
from cms.pages.providers import CampaignTeaser, Door
from cms.reporting.models import ReportingChannel


@pytest.fixture
def rooms_above(monkeypatch):
    """Two providers, as the rooms above register them."""
    monkeypatch.setattr(providers, "_doors", [])
    monkeypatch.setattr(providers, "_campaigns", [])

    def doors(language):
        name = {"nl": "Chauffeurs", "en": "Drivers"}[language]
        return [
            Door("chauffeurs", name, "Klopt je rit niet?", f"/{language}/modules/x/", 4, 10, "truck"),
            Door("kwekers", "Kwekers", "", f"/{language}/modules/y/", 1, 12, "kas"),
        ]

    def campaign(language):
        if language == "en":
            return None
        return CampaignTeaser("/nl/campagnes/pas/", "Jouw pas, jouw code.", "Geef niets weg.", "terminal", "kraan")

    providers.register_doors(doors)
    providers.register_doors(doors)
    providers.register_latest_campaign(campaign)


def test_the_home_page_shows_the_doors_and_campaign_of_other_rooms(rooms_above, pages, client):
    body = client.get("/nl/").content.decode()
    assert body.count('class="door ') == 2
    assert 'href="/nl/modules/x/"' in body
    assert "Jouw pas, jouw code." in body
    assert 'href="/nl/campagnes/pas/"' in body


def test_each_language_asks_for_its_own_doors(rooms_above, pages, client):
    body = client.get("/en/").content.decode()
    assert "Drivers" in body
    assert "4 lessons, 10 minutes" in body
    assert "1 lesson, 12 minutes" in body
    assert "Jouw pas" not in body


def test_without_other_rooms_the_page_still_stands(monkeypatch, pages, client):
    monkeypatch.setattr(providers, "_doors", [])
    monkeypatch.setattr(providers, "_campaigns", [])
    body = client.get("/nl/").content.decode()
    assert "door__text" not in body
    assert "0800-7000" in body


def test_every_fact_and_area_has_its_source(pages, client):
    for home in HomePage.objects.all():
        assert 2 <= len(home.facts) <= 3
        assert all(fact.value["source"] for fact in home.facts)


def test_the_call_out_goes_when_its_channel_is_a_draft(pages, client, django_capture_on_commit_callbacks):
    assert 'class="callout callout--wide' in client.get("/nl/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        ReportingChannel.objects.get(key="m", locale__language_code="nl").unpublish()
    assert 'class="callout callout--wide' not in client.get("/nl/").content.decode()


def test_the_english_call_out_promises_no_anonymity(pages, client):
    body = client.get("/en/").content.decode().lower()
    main = body[body.index("<main") : body.index("</main>")]
    assert "0800-7000" in main
    assert "anonym" not in main
    assert "anoniem" not in main.replace("meld misdaad anoniem", "")


def body_of(client, address="/en/"):
    body = client.get(address).content.decode()
    return body[body.index("<main") : body.index("</main>")]


def test_the_home_page_names_every_area_of_its_language_with_its_page(pages, client):
    areas = RegionPage.objects.live().filter(locale__language_code="en")
    assert areas
    shown = body_of(client)
    for area in areas:
        assert f'href="{area.get_url()}"' in shown
        assert escape(area.summary) in shown


def test_a_result_stands_with_its_source_and_leads_to_its_area(pages, client):
    area = RegionPage.objects.live().filter(locale__language_code="nl").first()
    home = HomePage.objects.get(locale__language_code="en")
    home.results = [("result", {"text": "Something was done.", "region": area, "source": "Who said so"})]
    home.save_revision().publish()
    shown = body_of(client, "/en/?x")
    assert "Something was done." in shown
    assert "Who said so" in shown
    english = area.get_translations().get(locale__language_code="en")
    assert f'<a href="{english.get_url()}">{escape(english.title)}</a>' in shown


def test_without_results_of_its_own_the_home_page_shows_those_of_the_areas(pages, client):
    area = RegionPage.objects.live().filter(locale__language_code="en").first()
    area.results = [("result", {"text": "Done here.", "region": None, "source": "Who said so"})]
    area.save_revision().publish()
    HomePage.objects.filter(locale__language_code="en").update(results="[]")
    assert "Done here." in body_of(client, "/en/?x")


def test_the_home_page_costs_the_same_however_much_there_is(pages, client):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get("/en/?x")
        return len(asked)

    queries()
    before = queries()
    home = HomePage.objects.get(locale__language_code="en")
    index = RegionIndexPage.objects.get(locale=home.locale)
    for number in range(5):
        index.add_child(
            instance=RegionPage(
                title=f"Area {number}", slug=f"area-{number}", kind="port", summary="s", intro="i", locale=home.locale
            )
        )
    assert queries() == before
