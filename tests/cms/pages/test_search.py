"""Searching: public pages of one language, forgiving, and forgotten at once."""

import logging
from datetime import date

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from cms.pages import search, search_index
from cms.pages.models import (
    HomePage,
    KnowledgeIndexPage,
    NewsIndexPage,
    NewsPage,
    PartnerIndexPage,
    PartnerPage,
    PublicationPage,
    RegionIndexPage,
    RegionLink,
    RegionPage,
)
from cms.pages.starter import home
from config import queue

CANARY = "quetzalcoatlus"


def child(parent, model, title, slug, **fields):
    page = model(title=title, slug=slug, locale=parent.locale, **fields)
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    return page


def up_to_date():
    """The worker does what waits for it: the index follows the pages."""
    while queue.run_next("test"):
        pass


@pytest.fixture
def site(db, reporting_dir):
    """A small site in two languages, and its index as the worker keeps it."""
    home.load(demo=True)
    dutch, english = (HomePage.objects.get(locale__language_code=code) for code in ("nl", "en"))
    regions = child(dutch, RegionIndexPage, "Regio’s", "regios", intro="x")
    port = child(regions, RegionPage, "Haven van Proef", "proefhaven", kind="port", summary="x", intro="Kranen.")
    partners = child(dutch, PartnerIndexPage, "Partners", "partners", intro="x")
    child(partners, PartnerPage, "Fiscale inlichtingen", "fiod", kind="government", short_name="FIOD", intro="Speurt.")
    linked = PartnerPage(
        title="Havenbedrijf", slug="havenbedrijf", kind="business", intro="Beheert kades.", locale=dutch.locale
    )
    linked.region_links = [RegionLink(region=port)]
    partners.add_child(instance=linked)
    news = child(dutch, NewsIndexPage, "Nieuws", "nieuws")
    child(news, NewsPage, "Uithalers gezien", "uithalers", date=date(2026, 1, 5), intro="Op de kade, bij de kranen.")
    english_news = child(english, NewsIndexPage, "News", "nieuws")
    child(english_news, NewsPage, "Kranen in English", "cranes", date=date(2026, 1, 5), intro="On the quay.")
    up_to_date()
    return dutch


def titles(response):
    return [hit.title for hit in response.context["page_obj"].object_list]


def test_pages_that_hold_all_words_are_found(site, client):
    response = client.get("/nl/zoeken/", {"q": "kade kranen"})
    assert titles(response) == ["Uithalers gezien"]
    assert response.context["page_obj"].paginator.count == 1
    assert b'role="status"' in response.content


def test_what_was_searched_is_marked_in_the_text(site, client):
    body = client.get("/nl/zoeken/", {"q": "kranen"}).content.decode()
    assert "<mark>kranen</mark>" in body


def test_other_forms_and_longer_words_are_found(site, client):
    assert "Uithalers gezien" in titles(client.get("/nl/zoeken/", {"q": "uithaler"}))
    assert "Havenbedrijf" in titles(client.get("/nl/zoeken/", {"q": "havens"}))


def test_a_title_counts_for_more_than_the_text(site, client):
    news = NewsIndexPage.objects.get(locale=site.locale)
    child(news, NewsPage, "Iets anders", "iets-anders", date=date(2026, 1, 6), intro="Over uithalers en meer.")
    up_to_date()
    assert titles(client.get("/nl/zoeken/", {"q": "uithalers"})) == ["Uithalers gezien", "Iets anders"]


def test_only_pages_of_the_language_of_the_address_are_found(site, client):
    assert titles(client.get("/en/zoeken/", {"q": "kranen"})) == ["Kranen in English"]
    assert "Kranen in English" not in titles(client.get("/nl/zoeken/", {"q": "kranen"}))


def test_a_page_taken_down_is_gone_before_the_worker_comes_by(site, client):
    NewsPage.objects.get(slug="uithalers").unpublish()
    assert titles(client.get("/nl/zoeken/", {"q": "uithalers gezien"})) == []


def test_a_draft_is_never_found(site, client):
    news = NewsIndexPage.objects.get(locale=site.locale)
    child(news, NewsPage, f"Concept {CANARY}", "concept", date=date(2026, 1, 6), intro=CANARY, live=False)
    page = NewsPage.objects.get(slug="uithalers")
    page.intro = f"{CANARY} in een concept"
    page.save_revision()
    up_to_date()
    response = client.get("/nl/zoeken/", {"q": CANARY})
    assert titles(response) == []
    assert "concept" not in response.content.decode().lower()


def test_a_restricted_page_is_never_found_nor_one_below_it(site, client):
    partners = PartnerIndexPage.objects.get(locale=site.locale)
    PageViewRestriction.objects.create(page=partners, restriction_type=PageViewRestriction.LOGIN)
    hidden = set(partners.get_descendants(inclusive=True).values_list("title", flat=True))
    for asked in ("fiod", "partners", "havenbedrijf", "fiscale"):
        assert not hidden & set(titles(client.get("/nl/zoeken/", {"q": asked})))


def test_nothing_is_suggested_from_what_is_not_public(site, client):
    news = NewsIndexPage.objects.get(locale=site.locale)
    child(news, NewsPage, f"Concept {CANARY}", "concept", date=date(2026, 1, 6), intro="x", live=False)
    up_to_date()
    body = client.get("/nl/zoeken/", {"q": CANARY.replace("tz", "ts")}).content.decode()
    assert CANARY not in body


@pytest.mark.parametrize(("filters", "expected"), [
    ({"soort": "partner"}, ["Havenbedrijf"]),
    ({"soort": "news"}, []),
    ({"regio": "proefhaven"}, ["Haven van Proef", "Havenbedrijf"]),
])  # fmt: skip
def test_filters_by_kind_and_area(site, client, filters, expected):
    assert sorted(titles(client.get("/nl/zoeken/", {"q": "haven", **filters}))) == expected


def test_a_filter_that_does_not_exist_is_named_and_left_out(site, client):
    response = client.get("/nl/zoeken/", {"q": "haven", "soort": "nergens", "regio": "nergens"})
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"soort", "regio"}
    assert "Havenbedrijf" in titles(response)


def test_results_are_paged_and_the_filters_stay(site, client):
    news = NewsIndexPage.objects.get(locale=site.locale)
    for number in range(12):
        child(news, NewsPage, f"Sluiswachter {number}", f"sluis-{number}", date=date(2026, 1, 6), intro="x")
    up_to_date()
    first = client.get("/nl/zoeken/", {"q": "sluiswachter", "soort": "news"})
    assert len(titles(first)) == search.PER_PAGE
    assert "q=sluiswachter&amp;soort=news&amp;pagina=2" in first.content.decode()
    second = client.get("/nl/zoeken/", {"q": "sluiswachter", "soort": "news", "pagina": "2"})
    assert len(titles(second)) == 2
    assert not set(titles(first)) & set(titles(second))
    assert client.get("/nl/zoeken/", {"q": "sluiswachter", "pagina": "x9"}).status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_results(site, client):
    client.get("/nl/zoeken/", {"q": "haven"})
    with CaptureQueriesContext(connection) as few:
        client.get("/nl/zoeken/", {"q": "haven"})
    news = NewsIndexPage.objects.get(locale=site.locale)
    for number in range(30):
        child(news, NewsPage, f"Haven {number}", f"haven-{number}", date=date(2026, 1, 6), intro="x")
    up_to_date()
    with CaptureQueriesContext(connection) as many:
        client.get("/nl/zoeken/", {"q": "haven"})
    assert len(many) == len(few) <= 25


@pytest.mark.parametrize("typed", ["uithallers", "uitalers", "Uithalrs"])
def test_a_mistyped_word_is_forgiven(site, client, typed):
    response = client.get("/nl/zoeken/", {"q": typed})
    assert titles(response) == ["Uithalers gezien"]
    assert response.context["found"].instead == "uithalers"


def test_a_correction_does_not_tell_which_words_stand_in_a_draft(site, client):
    news = NewsIndexPage.objects.get(locale=site.locale)
    child(news, NewsPage, "Concept", "concept", date=date(2026, 1, 6), intro="uithalersch", live=False)
    up_to_date()
    for typed in ("uithalersch", "uithalersck"):  # in the draft, and nowhere
        assert client.get("/nl/zoeken/", {"q": typed}).context["found"].instead == "uithalers"


def test_what_is_found_is_not_corrected(site, client):
    assert client.get("/nl/zoeken/", {"q": "kranen"}).context["found"].instead == ""


def test_when_nothing_is_found_the_page_helps_on(site, client):
    response = client.get("/nl/zoeken/", {"q": "xqzjwv"})
    assert response.status_code == 200
    assert response.context["page_obj"].paginator.count == 0
    body = response.content.decode()
    assert 'class="empty' in body


# What is kept of a question: nothing ---------------------------------------------------------------------------------


def everything_stored():
    """All text in every table of the database."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_a_question_is_stored_nowhere(site, client, capfd, caplog, sam, monkeypatch):
    cached = []
    keep = cache.set
    monkeypatch.setattr(cache, "set", lambda *args, **options: (cached.append(str(args)), keep(*args, **options)))
    with caplog.at_level(logging.DEBUG):
        for address in ("/nl/zoeken/", "/en/zoeken/"):
            response = client.get(address, {"q": f"{CANARY} haven", "regio": CANARY, "pagina": CANARY})
            assert response.status_code == 200
        client.force_login(sam, backend="cms.accounts.backends.PasswordBackend")
        client.get("/nl/zoeken/", {"q": CANARY})
    up_to_date()
    assert "Haven van Proef" in everything_stored()
    assert CANARY not in everything_stored()
    logged = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert CANARY not in "\n".join(logged)
    captured = capfd.readouterr()
    assert CANARY not in captured.out + captured.err
    assert CANARY not in "".join(cached)


def test_nobody_else_keeps_the_address_of_a_question(site, client):
    response = client.get("/nl/zoeken/", {"q": "haven"})
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in response.headers["Cache-Control"]
    assert "private" in response.headers["Cache-Control"]
    assert not response.cookies
    assert '<meta name="robots" content="noindex">' in response.content.decode()


# Anything may be typed -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "\x00",
        "haven\x00kade",
        "a" * 10_000,
        "haven " * 2_000,
        '"',
        '"haven" OR "x" NEAR/2 -- *',
        "title:haven AND NOT body:(x)",
        "' ; DROP TABLE x; --",
        "% _ \\ %s %(a)s {0}",
        "<script>alert(1)</script>",
        "&|!():*<->",
        "' \\' '' :*",
        "___",
        "½ ² Ⅷ ⁵",
        "\ud7ff\ufffd\u202e\u200d",
        "😀 🇳🇱 👩‍🚒",
        "漢字 かな עברית العربية ไทย",
        "10.000 3,5 1.2.3",
        "e-mail l’eau d'or",
    ],
)
@pytest.mark.parametrize("more", [{}, {"soort": "document"}, {"regio": "\x00", "thema": "'", "pagina": "-1"}])
def test_whatever_is_typed_there_is_a_page(site, client, typed, more):
    response = client.get("/nl/zoeken/", {"q": typed, **more})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_no_text_breaks_the_index(site, text):
    page_types = {ContentType.objects.get_for_model(NewsPage).pk}
    search_index.ranked(search_index.words_of(text), "nl", page_types)
    assert "".join(part for part, _asked in search.excerpt(text, search_index.words_of(text))) or not text.strip()


def test_only_reading_is_allowed(site, client):
    assert client.post("/nl/zoeken/", {"q": "haven"}).status_code == 405


# Documents -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def offered(site):
    """A live publication that offers a document."""

    def offer(title, *, live=True, collection=None):
        document = get_document_model()(
            title=title,
            file=ContentFile(b"%PDF-1.7 x", name="x.pdf"),
            collection=collection or Collection.get_first_root_node(),
        )
        document.save()
        index = KnowledgeIndexPage.objects.filter(locale=site.locale).first() or child(
            site, KnowledgeIndexPage, "Kennis", "kennis", intro="x"
        )
        version = {"number": "1.0", "date": "2026-01-05", "document": document.pk, "changes": ""}
        page = PublicationPage(
            title="Een onderzoek", slug=f"p-{document.pk}", kind="research", intro="x", locale=site.locale, live=live
        )
        page.versions = [("version", page.versions.stream_block.child_blocks["version"].to_python(version))]
        Page.objects.get(pk=index.pk).add_child(instance=page)
        up_to_date()
        return document

    return offer


def test_a_document_that_a_public_page_offers_is_found(site, client, offered):
    document = offered(f"Rapport {CANARY}")
    response = client.get("/nl/zoeken/", {"q": CANARY})
    assert titles(response) == [f"Rapport {CANARY}"]
    assert document.url in response.content.decode()
    assert titles(client.get("/en/zoeken/", {"q": CANARY})) == []
    assert titles(client.get("/nl/zoeken/", {"q": CANARY, "soort": "partner"})) == []


def test_a_document_of_a_draft_is_not_found(site, client, offered):
    offered(f"Rapport {CANARY}", live=False)
    assert titles(client.get("/nl/zoeken/", {"q": CANARY})) == []


def test_a_document_in_a_restricted_collection_is_not_found_nor_one_below_it(site, client, offered):
    closed = Collection.get_first_root_node().add_child(name="Besloten")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type=CollectionViewRestriction.LOGIN)
    below = closed.add_child(name="Daaronder")
    offered(f"Rapport {CANARY}", collection=closed)
    offered(f"Ander {CANARY}", collection=below)
    assert titles(client.get("/nl/zoeken/", {"q": CANARY})) == []


def test_a_page_of_no_known_kind_is_not_found(site, client):
    """Each type of page is either among the kinds that visitors find, or left out on purpose."""
    from cms.pages import public_pages

    known = {label.lower() for kind in public_pages.kinds() for label in kind.models}
    left_out = {model._meta.label_lower for model in apps.get_models() if issubclass(model, Page)} - known
    assert left_out <= {"wagtailcore.page", "professionals.restrictedpage"}


def test_an_excerpt_reads_as_sentences():
    parts = search.excerpt("Wat het is, Een maatregel., Hoe het werkt: goed", ["maatregel"])
    assert "".join(text for text, _asked in parts) == "Wat het is, Een maatregel. Hoe het werkt: goed"
