"""News, its feed, events and their calendar files."""

from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from cms.pages import feeds
from cms.pages.models import EventIndexPage, EventPage, NewsIndexPage, NewsPage
from cms.pages.models.news import PER_PAGE


@pytest.fixture
def news(pages):
    return NewsIndexPage.objects.get(locale__language_code="nl")


@pytest.fixture
def events(pages):
    return EventIndexPage.objects.get(locale__language_code="nl")


def add_news(index, slug, **fields):
    page = NewsPage(
        **{"title": slug, "slug": slug, "date": date(2030, 1, 1), "intro": "x", "locale": index.locale} | fields
    )
    Page.objects.get(pk=index.pk).add_child(instance=page)
    return page


def add_event(index, slug, starts, ends, **fields):
    page = EventPage(
        **{"title": slug, "slug": slug, "starts_at": starts, "ends_at": ends, "place": "Kade", "intro": "x"} | fields,
        locale=index.locale,
    )
    Page.objects.get(pk=index.pk).add_child(instance=page)
    return page


def shown(response):
    return [page.slug for page in response.context["page_obj"].object_list]


def test_the_newest_news_comes_first_and_the_rest_on_pages(news, client):
    for day in range(1, 13):
        add_news(news, f"bericht-{day}", date=date(2030, 1, day))
    first = client.get(news.url)
    assert shown(first)[:2] == ["bericht-12", "bericht-11"]
    assert len(shown(first)) == PER_PAGE
    second = client.get(f"{news.url}?pagina=2")
    assert "bericht-1" in shown(second)
    assert client.get(f"{news.url}?pagina=nergens").status_code == 200


def test_the_list_of_news_costs_the_same_however_much_there_is(news, client):
    add_news(news, "een")
    client.get(f"{news.url}?pagina=1")
    with CaptureQueriesContext(connection) as few:
        client.get(f"{news.url}?pagina=1")
    for number in range(8):
        add_news(news, f"bericht-{number}")
    with CaptureQueriesContext(connection) as many:
        client.get(f"{news.url}?pagina=1")
    assert len(many) == len(few)


def feed(client, language="nl"):
    response = client.get(f"/{language}/nieuws/rss.xml")
    assert response.headers["Content-Type"].startswith("application/rss+xml")
    assert not response.cookies
    return ElementTree.fromstring(response.content)


def test_the_feed_holds_public_news_of_its_language(news, client):
    add_news(news, "zichtbaar", title="Zichtbaar & wel", intro="Een <b>bericht</b>")
    add_news(news, "concept", title="Concept", live=False)
    found = feed(client)
    titles = [item.findtext("title") for item in found.iter("item")]
    assert titles[0] == "Zichtbaar & wel"
    assert "Concept" not in titles
    first = next(found.iter("item"))
    assert first.findtext("link") == f"http://localhost:8000{news.url}zichtbaar/"
    assert first.findtext("description") == "Een <b>bericht</b>"
    assert found.findtext("channel/language") == "nl"
    english = [item.findtext("link") for item in feed(client, "en").iter("item")]
    assert english
    assert all("/en/" in link for link in english)


def test_restricted_news_is_in_no_feed(news, client):
    page = add_news(news, "besloten")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert "besloten" not in [item.findtext("title") for item in feed(client).iter("item")]
    PageViewRestriction.objects.create(page=news, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/nl/nieuws/rss.xml").status_code == 404


def test_an_item_keeps_its_name_in_the_feed_when_the_page_moves(news, client):
    page = add_news(news, "oud")
    before = next(feed(client).iter("item")).findtext("guid")
    page.slug = "nieuw"
    page.save_revision().publish()
    assert next(feed(client).iter("item")).findtext("guid") == before


def test_the_page_of_news_names_its_feed(news, client):
    assert '<link rel="alternate" type="application/rss+xml"' in client.get(news.url).content.decode()


def test_the_event_of_the_demo_says_that_it_is_an_example(pages):
    for event in EventPage.objects.all():
        assert event.title.startswith(("Voorbeeld", "Example"))


def test_events_to_come_stand_first_and_past_ones_apart(events, client):
    with time_machine.travel("2030-06-01 12:00:00+00:00", tick=False):
        now = timezone.now()
        hour = timedelta(hours=1)
        add_event(events, "later", now + 50 * hour, now + 51 * hour)
        add_event(events, "eerder", now + 3 * hour, now + 4 * hour)
        add_event(events, "bezig", now - hour, now + hour)
        add_event(events, "voorbij", now - 3 * hour, now - 2 * hour)
        add_event(events, "lang-voorbij", now - 99 * hour, now - 98 * hour)
        add_event(events, "concept", now + hour, now + 2 * hour, live=False)
        context = client.get(events.url).context
    assert [event.slug for event in context["coming"]] == ["bezig", "eerder", "later"]
    assert [event.slug for event in context["past"]][:2] == ["voorbij", "lang-voorbij"]


@pytest.mark.parametrize(("starts", "hour"), [
    (datetime(2030, 1, 10, 13, tzinfo=UTC), "14:00"),
    (datetime(2030, 7, 10, 13, tzinfo=UTC), "15:00"),
])  # fmt: skip
def test_times_are_shown_in_amsterdam_summer_and_winter(events, client, starts, hour):
    page = add_event(events, "overleg", starts, starts + timedelta(hours=2))
    assert f", {hour}</time>" in client.get(page.url).content.decode()


def test_an_event_ends_after_it_begins(events):
    now = timezone.now()
    with pytest.raises(ValidationError) as refused:
        EventPage(title="x", slug="x", starts_at=now, ends_at=now - timedelta(hours=1)).clean()
    assert "ends_at" in refused.value.message_dict


def unfolded(content):
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_an_event_can_be_put_in_a_calendar(events, client):
    starts = datetime(2030, 7, 10, 13, tzinfo=UTC)
    page = add_event(
        events,
        "overleg",
        starts,
        starts + timedelta(hours=2),
        title="Overleg; één, twee \\ drie",
        place="Kade 1, Rotterdam",
    )
    response = client.get(client.get(page.url).context["calendar"])
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert 'filename="overleg.ics"' in response.headers["Content-Disposition"]
    lines = unfolded(response.content)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert "DTSTART:20300710T130000Z" in lines
    assert "DTEND:20300710T150000Z" in lines
    assert "SUMMARY:Overleg\\; één\\, twee \\\\ drie" in lines
    assert "LOCATION:Kade 1\\, Rotterdam" in lines
    assert all(len(line) <= feeds.LINE + 1 for line in response.content.split(b"\r\n"))


def test_a_long_text_in_a_calendar_file_is_folded_and_whole(events, client):
    now = timezone.now()
    page = add_event(events, "lang", now, now, intro="é" * 200 + "\nregel twee")
    content = client.get(f"/nl/agenda/{page.slug}.ics").content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert f"DESCRIPTION:{'é' * 200}\\nregel twee" in unfolded(content)


def test_a_draft_has_no_calendar_file_nor_has_another_language(events, client):
    now = timezone.now()
    add_event(events, "concept", now, now, live=False)
    add_event(events, "alleen-hier", now, now)
    assert client.get("/nl/agenda/concept.ics").status_code == 404
    assert client.get("/nl/agenda/alleen-hier.ics").status_code == 200
    assert client.get("/en/agenda/alleen-hier.ics").status_code == 404
