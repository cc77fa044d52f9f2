"""What every part of the starter content uses: its readable files, its keys, and putting a page in the tree.

A page that exists is left alone, whoever changed it. In production only what the files mark as live is
published; the demo publishes all.
"""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from wagtail.models import Locale, Page

from cms.pages.models import (
    HomePage,
    KnowledgeIndexPage,
    PartnerIndexPage,
    RegionIndexPage,
    RegionLink,
    RegionPage,
    SignalsIndexPage,
    ThemeLink,
    ThemePage,
)

CONTENT = Path(__file__).parent.parent / "content"
#: Dutch first: other languages are translations of it.
LANGUAGES = ("nl", "en", "pl", "ro", "de", "uk")
#: The parts of the site that stand in the menu from the start; editors change it as they like.
IN_MENU = (RegionIndexPage, SignalsIndexPage, PartnerIndexPage, KnowledgeIndexPage)


def key(name: str) -> UUID:
    """The translation key of the starter page of this name: the same in every language and on every machine."""
    return uuid5(NAMESPACE_URL, f"weerbaar:pages:{name}")


def read(part: str, language: str) -> dict[str, Any] | None:
    """The content file of a part of the site in a language, or None when there is none."""
    path = CONTENT / f"{part}.{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def homes() -> list[HomePage]:
    """The home page of every language that has one, Dutch first."""
    found = {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}
    return [found[language] for language in LANGUAGES if language in found]


def find(model: type[Any], name: str, locale: Locale) -> Any:
    """The starter page of this name in this language, or None."""
    return model.objects.filter(locale=locale, translation_key=key(name)).first()


def put(model: type[Any], name: str, parent: Page, *, live: bool, **fields: Any) -> Any:
    """The starter page of this name below `parent`, in its language: the one that is there, else a new one with
    these fields and a first revision. Lists of `RegionLink` and `ThemeLink` may be among the fields."""
    existing = find(model, name, parent.locale)
    if existing is not None:
        return existing
    fields.setdefault("show_in_menus", model in IN_MENU)
    return add(model(locale=parent.locale, translation_key=key(name), **fields), parent, live=live)


def add(page: Any, parent: Page, *, live: bool) -> Any:
    """Puts a page under its parent, with a first revision."""
    page.live = live
    page.has_unpublished_changes = not live
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    return type(page).objects.get(pk=page.pk)


def reference(name: str, locale: Locale) -> int | None:
    """The id of the starter page of this name in this language, else in Dutch; None when it isn't there."""
    found = Page.objects.filter(translation_key=key(name)).select_related("locale")
    by_language = {page.locale.language_code: page.pk for page in found}
    return by_language.get(locale.language_code) or by_language.get(LANGUAGES[0])


def region_links(names: Iterable[str]) -> list[RegionLink]:
    """Links to the areas of these names, by their Dutch pages."""
    keys = [key(name) for name in names]
    found = {page.translation_key: page for page in RegionPage.objects.filter(**_dutch(keys))}
    return [RegionLink(region=found[each]) for each in keys]


def theme_links(names: Iterable[str]) -> list[ThemeLink]:
    """Links to the themes of these names, by their Dutch pages."""
    keys = [key(name) for name in names]
    found = {page.translation_key: page for page in ThemePage.objects.filter(**_dutch(keys))}
    return [ThemeLink(theme=found[each]) for each in keys]


def _dutch(keys: list[UUID]) -> dict[str, Any]:
    return {"translation_key__in": keys, "locale__language_code": LANGUAGES[0]}


def body(blocks: Iterable[dict[str, Any]]) -> list[tuple[str, Any]]:
    """The blocks of a standard body (`PageBody`) as a file writes them: `type`, and `html` or the block's fields."""
    return [_block(dict(block)) for block in blocks]


def _block(block: dict[str, Any]) -> tuple[str, Any]:
    kind = block.pop("type")
    return kind, block["html"].strip() if kind == "text" else block


def stream(kind: str, rows: Iterable[dict[str, Any]]) -> list[tuple[str, Any]]:
    """Rows of a file as blocks of one kind."""
    return [(kind, dict(row)) for row in rows]
