"""Looking something up: knowledge, words, questions, news, events and search, with and without a script."""

import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Collection, Page

from cms.pages.models import (
    EventIndexPage,
    EventPage,
    FaqPage,
    GlossaryPage,
    KnowledgeIndexPage,
    NewsIndexPage,
    NewsPage,
    PublicationPage,
)
from cms.reporting import build
from config import queue
from tests.journeys.conftest import DESK, PHONE, assert_accessible, picture
from tests.journeys.content import load_pages
from tests.snapshots import loaded

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 320, "height": 700}


@pytest.fixture
def site(transactional_db, tmp_path, settings):
    """The demo's pages, with a document in two versions and an event that is over; the index is up to date."""
    settings.REPORTING_DIR = tmp_path / "reporting"
    loaded("knowledge, news and search", fill)
    build.rebuild()


def fill():
    load_pages()
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    paper = get_document_model()(title="Rapport", file=ContentFile(b"%PDF-1.7 x", name="r.pdf"), collection=root)
    paper.save()
    publication = PublicationPage.objects.filter(locale__language_code="nl", kind="research").first()
    same = {"document": paper.pk, "changes": "Nieuw hoofdstuk."}
    publication.versions = [
        {"type": "version", "value": {"number": number, "date": day, **same}}
        for number, day in (("2.0", "2026-02-01"), ("1.0", "2025-02-01"))
    ]
    publication.save_revision().publish()
    events = EventIndexPage.objects.get(locale__language_code="nl")
    past = timezone.now() - timedelta(days=40)
    texts = {"title": "Voorbeeld: voorbij", "slug": "voorbij", "place": "Voorbeeldplaats", "intro": "x"}
    events.add_child(instance=EventPage(starts_at=past, ends_at=past, locale=events.locale, **texts))
    while queue.run_next("test"):
        pass


def addresses(language):
    """A page of every kind, in each of its states."""
    of = {"locale__language_code": language}
    knowledge = KnowledgeIndexPage.objects.get(**of).url
    search = f"/{language}/zoeken/"
    with_document = next((page for page in PublicationPage.objects.filter(**of) if page.versions), None)
    return [
        knowledge,
        f"{knowledge}?soort=practice",
        f"{knowledge}?soort=publication&regio=nergens",
        *(page.url for page in PublicationPage.objects.filter(**of, kind="research")[:1]),
        *([with_document.url] if with_document else []),
        GlossaryPage.objects.get(**of).url,
        FaqPage.objects.get(**of).url,
        NewsIndexPage.objects.get(**of).url,
        NewsPage.objects.filter(**of).first().url,
        EventIndexPage.objects.get(**of).url,
        *(page.url for page in EventPage.objects.filter(**of)),
        *(page.url for page in Page.objects.filter(slug="cookies", **of)),
        search,
        f"{search}?q=haven",
        f"{search}?q=uithallers",
        f"{search}?q=xqzjwv",
    ]


@pytest.mark.parametrize(
    ("language", "viewport"),
    [("nl", PHONE), ("nl", DESK), ("nl", NARROW), ("en", PHONE), ("en", DESK)],
    ids=["nl-360", "nl-1280", "nl-320", "en-360", "en-1280"],
)
def test_every_kind_of_page_is_accessible(site, open_context, language, viewport):
    page = open_context(viewport).new_page()
    for number, address in enumerate(addresses(language)):
        page.goto(address)
        assert page.locator("h1").count() == 1
        assert_accessible(page)
        name = re.sub(r"\W+", "-", address).strip("-")
        picture(page, f"{viewport['width']}-{number:02}-{name}")


@pytest.mark.parametrize("javascript", [True, False])
def test_somebody_searches_narrows_it_down_and_reads(site, open_context, javascript):
    context = open_context(PHONE, javascript=javascript)
    page = context.new_page()
    referrers = []
    page.on("request", lambda request: referrers.append(request.headers.get("referer", "")))
    page.goto("/nl/zoeken/")
    page.locator("main input[type=search]").fill("dwangsom")
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/zoeken/?q=dwangsom**")
    assert page.locator("main [role=status]").inner_text().split()[0].isdigit()
    assert page.locator("main mark").first.inner_text().lower().startswith("dwangsom")
    page.locator("main select[name=soort]").select_option("knowledge")
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**soort=knowledge**")
    page.locator("main .entries h3 a").first.click()
    page.wait_for_load_state()
    assert "/kennis/" in page.url
    assert not any("q=" in referrer for referrer in referrers)
    assert context.cookies() == []


def test_older_versions_open_without_a_script(site, open_context):
    page = open_context(PHONE, javascript=False).new_page()
    page.goto(next(each for each in PublicationPage.objects.all() if each.versions).url)
    older = page.locator("main details")
    assert older.locator("li").first.is_hidden()
    older.locator("summary").click()
    assert older.locator("li").first.is_visible()
