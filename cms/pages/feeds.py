"""News as RSS, and an event as a file for one's own calendar (RFC 5545)."""

from datetime import UTC, datetime, time
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.pages import navigation, public_pages
from cms.pages.models import EventPage, NewsIndexPage, NewsPage

#: How many news items the feed holds.
ITEMS = 20
#: Octets of a line in a calendar file.
LINE = 75


class NewsFeed(Feed[NewsPage, NewsIndexPage]):
    """The latest news of the language of the address. Whoever reads it is not known."""

    feed_type = Rss201rev2Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> NewsIndexPage:
        """The page of news in this language; raises `Http404` when there is none."""
        index = public_pages.shown(get_language() or "").type(NewsIndexPage).select_related("locale").first()
        if index is None:
            raise Http404
        return index.specific

    def title(self, index: NewsIndexPage) -> str:
        return f"{index.title} - {settings.WAGTAIL_SITE_NAME}"

    def link(self, index: NewsIndexPage) -> str:
        return settings.BASE_URL + navigation.address_of(index)

    def feed_url(self, index: NewsIndexPage) -> str:
        return f"{settings.BASE_URL}/{index.locale.language_code}/nieuws/rss.xml"

    def description(self, index: NewsIndexPage) -> str:
        return index.intro or _("The latest news.")

    def items(self, index: NewsIndexPage) -> list[NewsPage]:
        news = NewsPage.objects.child_of(index).live().public().select_related("locale")
        return list(news.order_by("-date", "-pk")[:ITEMS])

    def item_title(self, item: NewsPage) -> str:
        return item.title

    def item_description(self, item: NewsPage) -> str:
        return item.intro

    def item_link(self, item: NewsPage) -> str:
        return settings.BASE_URL + navigation.address_of(item)

    def item_guid(self, item: NewsPage) -> str:
        """Stays the same when the page moves."""
        return f"urn:uuid:{item.translation_key}:{item.locale.language_code}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: NewsPage) -> datetime:
        return timezone.make_aware(datetime.combine(item.date, time(9)))


@require_safe
def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """A file that puts this event in somebody's calendar."""
    shown = public_pages.shown(get_language() or "").type(EventPage)
    event: EventPage = get_object_or_404(
        EventPage.objects.select_related("locale"), pk__in=shown.values("pk"), slug=slug
    )
    response = HttpResponse(calendar_file(event), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return response


def calendar_file(event: EventPage) -> bytes:
    """The event as iCalendar, with its times in UTC: each calendar shows them in its own time."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Weerbaar//NL",
        "BEGIN:VEVENT",
        f"UID:{event.translation_key}",
        f"DTSTAMP:{_moment(event.last_published_at or event.starts_at)}",
        f"DTSTART:{_moment(event.starts_at)}",
        f"DTEND:{_moment(event.ends_at)}",
        f"SUMMARY:{_text(event.title)}",
        f"LOCATION:{_text(event.place)}",
        f"DESCRIPTION:{_text(event.intro)}",
        f"URL:{settings.BASE_URL}{navigation.address_of(event)}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """Text with the signs escaped that mean something in a calendar file."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, "\\" + sign)
    return "\\n".join(text.splitlines())


def _folded(line: str) -> bytes:
    """The line, broken after at most 75 octets and never inside a letter."""
    folded, now = b"", b""
    for letter in line:
        octets = letter.encode()
        if len(now) + len(octets) > LINE:
            folded, now = folded + now + b"\r\n", b" "
        now += octets
    return folded + now + b"\r\n"
