"""Areas, the programme, the themes and the international approach, as their starter content and editors fill them."""

import datetime as dt
import re
import tomllib

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Locale, PageViewRestriction

from cms.pages import providers, starter
from cms.pages.audiences import Drawing, Place
from cms.pages.models import (
    ContentPage,
    EventIndexPage,
    EventPage,
    HomePage,
    InternationalPage,
    MeasureIndexPage,
    MeasurePage,
    Member,
    NewsIndexPage,
    NewsPage,
    PartnerIndexPage,
    PartnerPage,
    PartnershipPage,
    ProgrammePage,
    RegionIndexPage,
    RegionLink,
    RegionPage,
    ThemeLink,
    ThemePage,
)
from cms.pages.providers import Door
from cms.pages.starter.tree import CONTENT, find
from scripts import area_drawings

LANGUAGES = ("nl", "en")


def content(language):
    return tomllib.loads((CONTENT / f"areas.{language}.toml").read_text(encoding="utf-8"))


def the(model, name, language="nl"):
    return find(model, name, Locale.objects.get(language_code=language))


def body_of(page):
    """The page as an anonymous visitor gets it, past the cache."""
    response = Client().get(f"{page.url}?vers")
    assert response.status_code == 200, page.url
    html = response.content.decode()
    return html[html.index("<main") : html.index("</main>")]


def home(language):
    return HomePage.objects.get(locale__language_code=language)


def under(index, language, title):
    """The list page of this kind in this language, made if the starter content has none."""
    found = index.objects.filter(locale__language_code=language).first()
    if found is not None:
        return found
    fields = {"intro": "x"} if index is not MeasureIndexPage else {"intro": "x", "check_heading": "x"}
    parent = home(language)
    return parent.add_child(instance=index(title=title, slug=title.lower(), locale=parent.locale, **fields))


def make_partner(title, language="nl", *, live=True, translation_key=None, **links):
    parent = under(PartnerIndexPage, language, "Directory")
    page = PartnerPage(title=title, kind="government", intro="x", locale=parent.locale, live=live, **links)
    if translation_key:
        page.translation_key = translation_key
    return parent.add_child(instance=page)


def make_partnership(title, partners, language="nl", *, live=True, **fields):
    parent = under(PartnerIndexPage, language, "Directory")
    page = PartnershipPage(title=title, goal="Samen sterk", locale=parent.locale, live=live, **fields)
    parent.add_child(instance=page)
    for partner in partners:
        Member.objects.create(partnership=page, partner=partner, part=f"rol van {partner.title}", locale=page.locale)
    return page


def queries(page):
    Client().get(f"{page.url}?warm")
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(f"{page.url}?vers").status_code == 200
    return len(captured)


# What the sources say ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_area_shows_all_that_its_source_says(pages, language):
    for row in content(language)["regions"]:
        body = body_of(the(RegionPage, row["key"], language))
        said = [row["title"], row["intro"], row["source"], row["contact_text"]]
        said += [result["text"] for result in row.get("results", [])]
        said += [check[name] for check in row.get("checks", []) for name in ("subject", "text")]
        said += [point["title"] for point in row.get("focus", [])]
        missing = [text for text in said if escape(text) not in body and text not in body]
        assert missing == [], row["key"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_theme_shows_all_its_goals_and_results_with_status_period_and_owner(pages, language):
    themes = content(language)["themes"]
    assert len(themes) == 7
    for row in themes:
        body = body_of(the(ThemePage, row["key"], language))
        rows = row["goals"] + row["results"]
        assert body.count("<tr>") == len(rows) + 2
        assert body.count('data-label="') == 3 * len(rows)
        for aim in rows:
            assert escape(aim["text"]) in body
            assert escape(aim.get("period", "")) in body
            assert escape(aim.get("owner", "")[1:]) in body
        shapes = {"unknown": "is-open", "planned": "is-planned", "done": "is-done"}
        for status, shape in shapes.items():
            number = sum(aim["status"] == status for aim in rows)
            # Once a row, and once in the summary.
            assert body.count(f'class="badge {shape}') == number + bool(number)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_programme_shows_its_three_themes_with_everything_they_want(pages, language):
    programme = the(ProgrammePage, "programme-nzkg", language)
    themes = [row for row in content(language)["themes"] if row["parent"] == "programme-nzkg"]
    body = body_of(programme)
    assert body.count('<article class="theme') == len(themes) == 3
    for row in themes:
        assert f'href="{the(ThemePage, row["key"], language).url}"' in body
        for aim in row["goals"] + row["results"]:
            assert escape(aim["text"]) in body
    said = content(language)["programme"]
    for text in (said["intro"], said["area"], said["source"], *(each["title"] for each in said["projects"])):
        assert escape(text) in body


def test_the_programme_shows_its_funding_and_no_amount_that_no_source_names(pages):
    programme = the(ProgrammePage, "programme-nzkg", "en")
    body = body_of(programme)
    for line in content("en")["programme"]["funding"]:
        assert escape(line["funder"]) in body
        assert escape(line["purpose"]) in body
    assert body.count("The source names no amount") == 2
    assert "€" not in body
    programme.funding = [
        ("funding", {"year": 2024, "until": 2025, "amount": 1250000, "funder": "F", "purpose": "P", "source": "S"})
    ]
    programme.save_revision().publish()
    body = body_of(programme)
    assert "2024–2025" in body
    assert "€ 1,250,000" in body
    assert "names no amount" not in body


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_international_page_shows_every_point_declaration_and_country(pages, language):
    said = content(language)["international"]
    assert (len(said["focus"]), len(said["forms"])) == (4, 5)
    body = body_of(the(InternationalPage, "international", language))
    texts = [row["title"] for name in ("focus", "forms", "declarations") for row in said[name]]
    texts += [row[name] for row in said["declarations"] for name in ("countries", "text")]
    texts += [row[name] for row in said["countries"] for name in ("name", "part")]
    assert [text for text in texts if escape(text) not in body] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_areas_shows_each_area_once(pages, language):
    index = RegionIndexPage.objects.get(locale__language_code=language)
    body = body_of(index)
    rows = content(language)["regions"]
    assert body.count('<li class="card') == len(rows) == 5
    for row in rows:
        assert body.count(f'href="{the(RegionPage, row["key"], language).url}"') == 1
        assert escape(row["summary"]) in body


def test_the_drawings_of_the_list_are_those_of_the_pages():
    assert {*Drawing.values, *Place.values} == set(area_drawings.NAMES)
    assert (area_drawings.IMAGES / "areas.svg").read_text(encoding="utf-8") == area_drawings.sprite()


def test_the_list_of_areas_asks_for_one_file_of_drawings(pages):
    body = body_of(RegionIndexPage.objects.get(locale__language_code="nl"))
    assert "<img" not in body
    assert set(re.findall(r'href="([^"#]+)#\w+"', body)) == {"/static/img/areas.svg"}


def test_every_page_of_this_part_says_where_its_facts_come_from(pages):
    for model in (RegionPage, ProgrammePage, ThemePage, InternationalPage):
        assert model.objects.exists()
        for page in model.objects.all():
            assert page.source
            assert page.get_translations().count() == 1


# Loading -----------------------------------------------------------------------------------------------------


def test_what_an_editor_changed_in_programme_and_international_page_stays(pages):
    programme, international = the(ProgrammePage, "programme-nzkg"), the(InternationalPage, "international")
    programme.partnership, programme.projects = None, []
    international.organisations = []
    for page in (programme, international):
        page.save_revision().publish()
    starter.load(demo=True)
    programme.refresh_from_db()
    international.refresh_from_db()
    assert programme.partnership is None
    assert len(programme.projects) == 0
    assert len(international.organisations) == 0


def test_links_made_after_loading_are_in_the_latest_revision_too(pages):
    for page in (the(ProgrammePage, "programme-nzkg"), the(InternationalPage, "international")):
        latest = page.get_latest_revision_as_object()
        assert page.has_unpublished_changes is False
        if isinstance(page, ProgrammePage):
            assert len(latest.projects) == len(page.projects) == 3
            assert latest.partnership_id == page.partnership_id
        else:
            assert len(latest.organisations) == len(page.organisations)


# Partners: named by the directory only -----------------------------------------------------------------------


def test_the_programme_names_each_member_of_its_partnership_once(pages):
    one, two = make_partner("Bond van Bakkers"), make_partner("Raad van Rozen")
    programme = the(ProgrammePage, "programme-nzkg")
    programme.partnership = make_partnership("Programma Proef", [one, two], more_members="en vele anderen")
    programme.save_revision().publish()
    body = body_of(programme)
    for partner in (one, two):
        assert body.count(f">{partner.title}<") == 1
        assert f'href="{partner.url}"' in body
        assert f"rol van {partner.title}" in body
    assert "en vele anderen" in body
    two.title = "Raad van Tulpen"
    two.save_revision().publish()
    assert ">Raad van Tulpen<" in body_of(programme)


def test_a_draft_or_restricted_partner_is_named_nowhere(pages):
    draft, closed = make_partner("Draft Bond", live=False), make_partner("Besloten Bond")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    programme = the(ProgrammePage, "programme-nzkg")
    programme.partnership = make_partnership("Programma Proef", [draft, closed])
    programme.save_revision().publish()
    area, theme = the(RegionPage, "region-nzkg"), the(ThemePage, "theme-kennis-intelligence")
    international = the(InternationalPage, "international")
    international.organisations = [("partner", draft), ("partner", closed)]
    international.save_revision().publish()
    for partner in (draft, closed):
        RegionLink.objects.create(page=partner, region=area)
        ThemeLink.objects.create(page=partner, theme=theme)
    for page in (programme, area, theme, international):
        body = body_of(page)
        assert "Programma Proef" in body or page != programme
        assert "Draft Bond" not in body
        assert "Besloten Bond" not in body


def test_a_draft_partnership_is_not_shown_by_its_programme(pages):
    programme = the(ProgrammePage, "programme-nzkg")
    programme.partnership = make_partnership("Nog Geheim Verbond", [make_partner("Bond van Bakkers")], live=False)
    programme.save_revision().publish()
    body = body_of(programme)
    assert "Nog Geheim Verbond" not in body
    assert "Bond van Bakkers" not in body


def test_an_english_page_names_partners_by_their_english_pages(pages):
    dutch = make_partner("Bond van Bakkers")
    english = make_partner("Union of Bakers", "en", translation_key=dutch.translation_key)
    make_partner("Alleen Nederlands")
    international = the(InternationalPage, "international", "en")
    international.organisations = [("partner", dutch), ("partner", PartnerPage.objects.get(title="Alleen Nederlands"))]
    international.save_revision().publish()
    RegionLink.objects.create(page=english, region=the(RegionPage, "region-schiphol", "nl"))
    body = body_of(international)
    assert f'href="{english.url}"' in body
    assert "Bond van Bakkers" not in body
    assert "Alleen Nederlands" not in body
    # A link to the Dutch page of the area is a link to the area.
    assert "Union of Bakers" in body_of(the(RegionPage, "region-schiphol", "en"))


# What belongs to an area or theme ----------------------------------------------------------------------------


def test_a_theme_gathers_measures_news_and_events_that_point_at_it(pages):
    theme = the(ThemePage, "theme-barrierevorming")
    dutch = theme.locale
    measures = under(MeasureIndexPage, "nl", "Maatregelenlijst")
    news = under(NewsIndexPage, "nl", "Nieuwslijst")
    events = under(EventIndexPage, "nl", "Agendalijst")
    now = timezone.now()
    made = [
        measures.add_child(instance=MeasurePage(title="Hek om de kas", kind="own", intro="x", locale=dutch)),
        news.add_child(instance=NewsPage(title="Eerste hek staat", date=dt.date(2026, 1, 2), intro="x", locale=dutch)),
    ]
    for title, days in (("Dag van het hek", 9), ("Dag die al was", -9)):
        begin = now + dt.timedelta(days=days)
        end = begin + dt.timedelta(hours=2)
        event = EventPage(title=title, starts_at=begin, ends_at=end, place="Hal", intro="x", locale=dutch)
        made.append(events.add_child(instance=event))
    for page in made:
        ThemeLink.objects.create(page=page, theme=theme)
    body = body_of(theme)
    for page in made[:3]:
        assert f'href="{page.url}"' in body
    assert "Dag die al was" not in body
    assert "Hek om de kas" not in body_of(the(ThemePage, "theme-communicatie"))


def test_a_theme_to_which_nothing_belongs_says_what_will_come(pages):
    theme = the(ThemePage, "theme-communicatie", "en")
    ThemeLink.objects.all().delete()
    theme.related = []
    theme.save_revision().publish()
    assert "Nothing to read here yet" in body_of(theme)


def test_a_draft_theme_is_not_named_by_its_programme_or_neighbours(pages):
    theme = the(ThemePage, "theme-kennis-intelligence")
    theme.unpublish()
    for page in (the(ProgrammePage, "programme-nzkg"), the(ThemePage, "theme-aanpakken-afpakken")):
        assert escape(theme.title) not in body_of(page)


def test_a_restricted_page_of_an_area_is_listed_to_nobody(pages):
    area = the(RegionPage, "region-sierteelt")
    open_page, closed = (
        area.add_child(instance=ContentPage(title=title, intro="x", locale=area.locale))
        for title in ("Voor iedereen", "Voor professionals")
    )
    assert "Voor professionals" in body_of(area)
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    body = body_of(area)
    assert open_page.title in body
    assert "Voor professionals" not in body


def test_an_area_offers_the_modules_of_who_works_there(pages, monkeypatch):
    doors = [
        Door(audience, audience, "", f"/nl/modules/{audience}/", 1, 8, "kas")
        for audience in ("chauffeurs", "kwekers", "terminal", "ambtenaren")
    ]
    monkeypatch.setattr(providers, "_doors", [lambda language: doors])
    port, sector = body_of(the(RegionPage, "region-rotterdam")), body_of(the(RegionPage, "region-sierteelt"))
    assert "/nl/modules/terminal/" in port
    assert "/nl/modules/kwekers/" not in port
    assert "/nl/modules/kwekers/" in sector
    assert "/nl/modules/terminal/" not in sector


# Asking for an account, contact, documents -------------------------------------------------------------------


def test_asking_for_an_account_is_offered_only_where_the_area_takes_requests(pages, monkeypatch):
    monkeypatch.setattr(providers, "_account_requests", [lambda area, language: f"/{language}/vraag/{area.slug}/"])
    rotterdam, schiphol = the(RegionPage, "region-rotterdam"), the(RegionPage, "region-schiphol")
    assert 'href="/nl/vraag/rotterdamse-haven/"' in body_of(rotterdam)
    assert "/nl/vraag/" not in body_of(schiphol)


def test_without_the_room_for_accounts_no_request_is_offered(pages, monkeypatch):
    monkeypatch.setattr(providers, "_account_requests", [])
    assert "Request an account" not in body_of(the(RegionPage, "region-rotterdam", "en"))


def test_an_area_without_documents_says_so_and_leads_to_the_search(pages):
    body = body_of(the(RegionPage, "region-rotterdam", "en"))
    assert "No documents yet" in body
    assert 'href="/en/zoeken/"' in body


def test_a_document_in_a_restricted_collection_is_not_named(pages):
    closed = Collection.get_first_root_node().add_child(name="Besloten")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    model = get_document_model()
    area = the(RegionPage, "region-rotterdam", "en")
    files = [
        model.objects.create(title=title, file=ContentFile(b"%PDF-1.7", name=f"{title}.pdf"), collection=collection)
        for title, collection in (("open", Collection.get_first_root_node()), ("dicht", closed))
    ]
    area.documents = [("document", {"document": file, "title": f"Paper {file.title}", "date": None}) for file in files]
    area.save_revision().publish()
    body = body_of(area)
    assert "Paper open" in body
    assert "Paper dicht" not in body
    assert "No documents yet" not in body


def test_an_area_without_an_address_says_that_an_editor_fills_it_in(pages):
    area = the(RegionPage, "region-rotterdam", "en")
    assert "still has to fill in" in body_of(area)
    area.contact_name, area.contact_email = "Team Port", "port@example.org"
    area.save_revision().publish()
    body = body_of(area)
    assert "mailto:port@example.org" in body
    assert "still has to fill in" not in body


def test_an_area_without_results_plans_or_checks_says_so(pages):
    body = body_of(the(RegionPage, "region-zeeland-brabant", "en"))
    for text in ("no results for this area", "no plans for this area", "no checks for this area"):
        assert text in body


# One number on a page, and a constant number of queries -------------------------------------------------------


def test_a_page_of_this_part_shows_one_number_besides_the_footer(pages):
    area = the(RegionPage, "region-rotterdam")
    assert body_of(area).count('class="callout') == 1
    area.body = [("callout", {"heading": "Bel", "text": "", "channel": "m"})]
    area.save_revision().publish()
    assert body_of(area).count('class="callout') == 1


def test_the_number_of_queries_does_not_grow_with_partners_news_or_themes(pages):
    area, theme = the(RegionPage, "region-nzkg"), the(ThemePage, "theme-weerbaarheid-barrieres")
    programme, international = the(ProgrammePage, "programme-nzkg"), the(InternationalPage, "international")
    news = under(NewsIndexPage, "nl", "Nieuwslijst")

    def add(number):
        partners = [make_partner(f"Partner {number}.{each}") for each in range(number)]
        partnership = make_partnership(f"Verbond {number}", partners)
        programme.partnership = partnership
        international.organisations = [("partner", partner) for partner in partners]
        items = [
            news.add_child(
                instance=NewsPage(title=f"N {number}.{each}", date=dt.date(2026, 1, 1), intro="x", locale=area.locale)
            )
            for each in range(number)
        ]
        for page in (*partners, partnership, *items):
            RegionLink.objects.create(page=page, region=area)
            ThemeLink.objects.create(page=page, theme=theme)
        for page in (programme, international):
            page.save_revision().publish()
        for each in range(number):
            extra = ThemePage(title=f"Thema {number}.{each}", intro="x", locale=area.locale)
            programme.add_child(instance=extra)
        programme.refresh_from_db()

    watched = (area, theme, programme, international, area.get_parent())
    add(2)
    few = [queries(page) for page in watched]
    add(20)
    assert [queries(page) for page in watched] == few
    assert "Partner 20.19" in body_of(programme)
