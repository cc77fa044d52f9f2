"""The home page of every language and the standard pages."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Locale, Page, Site

from cms.pages.models import ContentPage, HomePage
from cms.pages.starter.tree import LANGUAGES, add, body, key, put, read, stream


def load(demo: bool) -> None:
    """Makes the languages, a home page in each that has a file, and the standard pages. Wagtail's welcome page
    goes."""
    for language in LANGUAGES:
        content = read("pages", language)
        if content is None:
            continue
        locale, _created = Locale.objects.get_or_create(language_code=language)
        home = _home(content, locale, demo=demo)
        if language == LANGUAGES[0]:
            _point_site_at(home)
        for row in content["pages"]:
            fields = {name: row[name] for name in ("title", "slug", "intro", "in_footer", "source")}
            fields["translation_to_check"] = row.get("translation_to_check", False)
            put(ContentPage, row["key"], home, live=demo or row["live"], body=body(row["body"]), **fields)


def _home(content: dict[str, Any], locale: Locale, *, demo: bool) -> HomePage:
    existing = HomePage.objects.filter(locale=locale).first()
    if existing is not None:
        return existing
    values = {**content["home"], **(content.get("home_unchecked", {}) if demo else {})}
    streams = {
        "facts": stream("fact", values.pop("facts")),
        "results": stream("result", values.pop("results", [])),
    }
    home = HomePage(slug=locale.language_code, locale=locale, translation_key=key("home"), **streams, **values)
    return add(home, _root(locale), live=True)


def _root(locale: Locale) -> Page:
    """The root of the page tree; Wagtail's first migration makes it, and a database that was emptied lacks it."""
    root = Page.get_first_root_node()
    return root if root is not None else Page.add_root(instance=Page(title="Root", slug="root", locale=locale))


def _point_site_at(home: HomePage) -> None:
    """Makes the Dutch home page the root of the default site, and removes Wagtail's welcome page. A site
    that an administrator pointed elsewhere keeps its root."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        address = urlsplit(settings.BASE_URL)
        Site.objects.create(
            hostname=address.hostname or "localhost",
            port=address.port or (443 if address.scheme == "https" else 80),
            site_name=settings.WAGTAIL_SITE_NAME,
            root_page=home,
            is_default_site=True,
        )
        return
    welcome = site.root_page.specific
    if type(welcome) is not Page:
        return
    address = urlsplit(settings.BASE_URL)
    site.root_page = home
    site.site_name = settings.WAGTAIL_SITE_NAME
    site.hostname = address.hostname or site.hostname
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.save()
    if welcome.depth == 2 and not welcome.get_children().exists():
        welcome.delete()
