"""Where a page stands: its address, the way back up, and its other languages."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, Site

from cms.accounts.languages import own_name
from cms.pages.remembered import remembered

#: Language and country, as Open Graph writes them.
OG_LOCALES = {"nl": "nl_NL", "en": "en_GB", "pl": "pl_PL", "ro": "ro_RO", "de": "de_DE", "uk": "uk_UA"}
#: Where a page says in a sentence what it is, the first that has one.
_SUMMARIES = ("search_description", "hero_text", "intro", "summary", "goal", "lead")
#: Depth of the front pages in the page tree.
FRONT = 2


@dataclass(frozen=True)
class FrontPage:
    """The front page of a language; `pk` is its id in the page tree."""

    code: str
    label: str
    url: str
    pk: int


def address_of(page: Any) -> str:
    """The page's path in its own language."""
    with translation.override(page.locale.language_code):
        return page.get_url() or f"/{page.locale.language_code}/"


def front_pages() -> list[FrontPage]:
    """The front page of every offered language that has one, Dutch first; no query while nothing changes."""
    return remembered("front-pages", _front_pages)


def _front_pages() -> list[FrontPage]:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return []
    pages = site.root_page.get_translations(inclusive=True).live().public().filter(depth=FRONT)
    by_code = {page.locale.language_code: page for page in pages.select_related("locale")}
    return [
        FrontPage(code, own_name(code), f"/{code}/", by_code[code].pk)
        for code in settings.OFFERED_LANGUAGES
        if code in by_code
    ]


def not_yet(page: Page, language: str) -> str:
    """The address that says in this language that the page isn't there in it."""
    with translation.override(language):
        return reverse("pages_not_yet", args=(page.pk,))


def for_page(page: Any) -> dict[str, Any]:
    """What the frame shows of a page: `translations` (for the switch: each offered language that has a front page),
    `alternates` and `canonical` (whole addresses, for search engines), `breadcrumbs`, `description` and `og_locale`."""
    live = addresses(_readable(page))
    own = page.locale.language_code
    alternates = [
        {"code": code, "url": settings.BASE_URL + live[code]} for code in settings.OFFERED_LANGUAGES if code in live
    ]
    if alternates:
        chooser = f"{settings.BASE_URL}/" if page.depth == FRONT else alternates[0]["url"]
        alternates.append({"code": "x-default", "url": chooser})
    return {
        "translations": switch(page, live, own),
        "alternates": alternates,
        "canonical": settings.BASE_URL + address_of(page),
        "breadcrumbs": breadcrumbs(page),
        "description": next((text for name in _SUMMARIES if (text := getattr(page, name, ""))), ""),
        "og_locale": OG_LOCALES.get(own, own),
    }


def _readable(page: Any) -> Any:
    """The page in each language that its reader may read too: a public page names no translation that only some
    people may see; a page for some people names all of its own."""
    translations = page.get_translations(inclusive=True).live()
    return translations if page.get_view_restrictions().exists() else translations.public()


def addresses(pages: Any) -> dict[str, str]:
    """The address of each page by its language."""
    return {page.locale.language_code: address_of(page) for page in pages.select_related("locale")}


def switch(page: Any, live: dict[str, str], own: str) -> list[dict[str, str]]:
    """Where the language switch leads: to the page in every other language that has a front page, and where it isn't
    there, to the page that says so. Nobody is told that a draft or a page for some people isn't there."""
    others = [front for front in front_pages() if front.code != own]
    may_tell = all(front.code in live for front in others) or (page.live and not page.get_view_restrictions().exists())
    return [
        {"code": front.code, "label": front.label, "url": live.get(front.code) or not_yet(page, front.code)}
        for front in others
        if may_tell or front.code in live
    ]


def breadcrumbs(page: Any) -> list[dict[str, str]]:
    """The way down from the front page to this page; nothing on a front page. The last is the page itself, without
    an address."""
    if not page.depth or page.depth <= FRONT:
        return []
    above = page.get_ancestors().filter(depth__gt=FRONT).select_related("locale").order_by("path")
    return [
        *({"label": step.title, "url": address_of(step) if step.live else ""} for step in above),
        {"label": page.title, "url": ""},
    ]


def links(pages: Iterable[Any]) -> list[dict[str, str]]:
    """Address and title of each page, as the menu and the footer show them."""
    return [{"url": address_of(page), "label": page.title} for page in pages]
