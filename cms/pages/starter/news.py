"""News and events. No source names a date, so a production starts with two empty lists; the demo gets a few items
about the site itself, and one event that says it is an example."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from cms.pages.models import EventIndexPage, EventPage, NewsIndexPage, NewsPage
from cms.pages.starter import tree
from cms.pages.starter.tree import add, find, homes, key, put

NEWS, EVENTS = "news", "events"


def load(demo: bool) -> None:
    """Makes the lists in every language that has a file, and in the demo what stands in them, dated by today."""
    today = timezone.localdate()
    for home in homes():
        content = tree.read("news", home.locale.language_code)
        if content is None:
            continue
        news = put(NewsIndexPage, NEWS, home, live=True, **content["news"])
        events = put(EventIndexPage, EVENTS, home, live=True, **content["events"])
        if not demo:
            continue
        for row in content["items"]:
            if find(NewsPage, row["key"], home.locale) is None:
                page: Any = NewsPage(date=today - timedelta(days=row["days"]), **_fields(row, news))
                page.region_links = tree.region_links(row.get("regions", []))
                add(page, news, live=True)
        for row in content["examples"]:
            if find(EventPage, row["key"], home.locale) is None:
                add(_event(row, events, today + timedelta(days=row["days"])), events, live=True)


def _event(row: dict[str, Any], index: EventIndexPage, day: date) -> EventPage:
    """An event of that day; its hours are those of Europe/Amsterdam."""
    starts, ends = (
        timezone.make_aware(datetime.combine(day, time.fromisoformat(row[hour]))) for hour in ("from", "until")
    )
    return EventPage(
        starts_at=starts, ends_at=ends, place=row["place"], for_whom=row["for_whom"], **_fields(row, index)
    )


def _fields(row: dict[str, Any], index: NewsIndexPage | EventIndexPage) -> dict[str, Any]:
    """What news and events share."""
    text = {"type": "text", "value": row["html"].strip(), "id": str(key(f"{row['key']}:text"))}
    fields = {name: row[name] for name in ("title", "slug", "intro", "source")}
    return {"locale": index.locale, "translation_key": key(row["key"]), "body": [text], **fields}
