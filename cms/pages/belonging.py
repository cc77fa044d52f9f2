"""What belongs to an area or a theme: the pages that point at it, and the modules for who works there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page

from cms.pages import providers
from cms.pages.languages import in_language
from cms.pages.models.frame import RegionLink
from cms.pages.providers import Door

#: The newest news of an area or theme; the rest stands on the page of news.
NEWS_SHOWN = 5


@dataclass(frozen=True)
class Belonging:
    """Live public pages in one language, by kind. Partners and measures by name, news with the newest first."""

    measures: list[Any]
    knowledge: list[Any]
    news: list[Any]
    events: list[Any]
    partnerships: list[Any]
    partners: list[Any]

    @property
    def is_empty_but_partners(self) -> bool:
        """Whether no measure, knowledge, news or event belongs here."""
        return not (self.measures or self.knowledge or self.news or self.events)


def to_area(area: Page, locale: Locale) -> Belonging:
    """What points at this area, whatever the language of the area's page it chose."""
    return _found(locale, region_links__region__translation_key=area.translation_key)


def to_theme(theme: Page, locale: Locale) -> Belonging:
    """What points at this theme, whatever the language of the theme's page it chose."""
    return _found(locale, theme_links__theme__translation_key=theme.translation_key)


def of_page(page: Any) -> dict[str, list[Any]]:
    """The `regions` and `themes` that a page points at, in the page's language, in the editor's order."""
    regions = page.region_links.select_related("region")
    themes = page.theme_links.select_related("theme")
    return {
        "regions": in_language((link.region for link in regions), page.locale),
        "themes": in_language((link.theme for link in themes), page.locale),
    }


def areas_of(pages: list[Any], locale: Locale) -> defaultdict[int, list[str]]:
    """By id of the page: the names of its areas in this language. Two queries, however many pages."""
    links = list(RegionLink.objects.filter(page__in=[page.pk for page in pages]).select_related("region"))
    titles = {area.translation_key: area.title for area in in_language((link.region for link in links), locale)}
    found: defaultdict[int, list[str]] = defaultdict(list)
    for link in links:
        if link.region.translation_key in titles:
            found[link.page_id].append(titles[link.region.translation_key])
    return found


def _found(locale: Locale, **target: Any) -> Belonging:
    """One query for the pages and one for each kind that is among them, however many there are."""
    pages = Page.objects.live().public().filter(locale=locale, **target).distinct().order_by("title").specific()
    by_kind: dict[str, list[Any]] = {}
    for page in pages:
        by_kind.setdefault(page._meta.model_name, []).append(page)
    news = sorted(by_kind.get("newspage", []), key=lambda page: page.date, reverse=True)
    now = timezone.now()
    events = [page for page in by_kind.get("eventpage", []) if page.ends_at >= now]
    return Belonging(
        measures=by_kind.get("measurepage", []),
        knowledge=by_kind.get("publicationpage", []),
        news=news[:NEWS_SHOWN],
        events=sorted(events, key=lambda page: page.starts_at),
        partnerships=by_kind.get("partnershippage", []),
        partners=by_kind.get("partnerpage", []),
    )


def chosen(stream: Any, locale: Locale) -> list[Any]:
    """The pages that an editor chose in a stream of page choosers, in this language."""
    return in_language([child.value for child in stream], locale)


def modules_for(audiences: Iterable[str], language: str) -> list[Door]:
    """The modules on offer for these audiences, in the order of the doors on the home page."""
    wanted = set(audiences)
    return [door for door in providers.doors(language) if door.audience in wanted]
