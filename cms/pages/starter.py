"""Starter content of the public pages, from the readable files in `content/`."""

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from cms.pages.models import ContentPage, HomePage

CONTENT = Path(__file__).parent / "content"
#: Dutch first: other languages are translations of it.
LANGUAGES = ("nl", "en")


@transaction.atomic
def load(demo: bool) -> None:
    """Makes the languages, a home page in each and the standard pages: what isn't there yet.

    A page that exists is left alone, whoever changed it. In production only what the files mark as live
    is published; the demo publishes all. Wagtail's welcome page goes.
    """
    for language in LANGUAGES:
        content = tomllib.loads((CONTENT / f"pages.{language}.toml").read_text(encoding="utf-8"))
        locale, _created = Locale.objects.get_or_create(language_code=language)
        home = _home(content, locale, demo=demo)
        if language == LANGUAGES[0]:
            _point_site_at(home)
        for row in content["pages"]:
            _page(row, home, demo=demo)


def _key(name: str) -> UUID:
    """The same in every language and on every machine."""
    return uuid5(NAMESPACE_URL, f"weerbaar:pages:{name}")


def _home(content: dict[str, Any], locale: Locale, *, demo: bool) -> HomePage:
    existing = HomePage.objects.filter(locale=locale).first()
    if existing is not None:
        return existing
    values = {**content["home"], **(content["home_unchecked"] if demo else {})}
    facts = [("fact", fact) for fact in values.pop("facts")]
    regions = [("region", region) for region in values.pop("regions")]
    home = HomePage(
        slug=locale.language_code,
        locale=locale,
        translation_key=_key("home"),
        facts=facts,
        regions=regions,
        **values,
    )
    return _add(home, _root(locale), live=True)


def _root(locale: Locale) -> Page:
    """The root of the page tree; Wagtail's first migration makes it, and a database that was emptied lacks it."""
    root = Page.get_first_root_node()
    return root if root is not None else Page.add_root(instance=Page(title="Root", slug="root", locale=locale))


def _page(row: dict[str, Any], home: HomePage, *, demo: bool) -> None:
    if ContentPage.objects.filter(locale=home.locale, translation_key=_key(row["key"])).exists():
        return
    page = ContentPage(
        title=row["title"],
        slug=row["slug"],
        intro=row["intro"],
        in_footer=row["in_footer"],
        source=row["source"],
        locale=home.locale,
        translation_key=_key(row["key"]),
        body=[_block(dict(block)) for block in row["body"]],
    )
    _add(page, HomePage.objects.get(pk=home.pk), live=demo or row["live"])


def _block(block: dict[str, Any]) -> tuple[str, Any]:
    kind = block.pop("type")
    return kind, block["html"].strip() if kind == "text" else block


def _add(page: Any, parent: Page, *, live: bool) -> Any:
    """Puts a page under its parent, with a first revision."""
    page.live = live
    page.has_unpublished_changes = not live
    parent.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    return type(page).objects.get(pk=page.pk)


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
