"""Areas, the programme, the themes and the international approach."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Locale, Page

from cms.pages.models import (
    HomePage,
    InternationalPage,
    PartnershipPage,
    ProgrammePage,
    RegionIndexPage,
    RegionPage,
    ThemePage,
)
from cms.pages.starter.tree import body, find, homes, key, put, read, reference

_HEAD = ("slug", "title", "intro", "source")


def load(demo: bool) -> None:
    """Makes the areas, below them the programme and the themes, and the page of the international approach."""
    for home in homes():
        content = read("areas", home.locale.language_code)
        if content is not None:
            _areas(home, content, demo=demo)
            _international(home, content["international"], demo=demo)


def link(demo: bool) -> None:
    """Ties what these pages show of others, once those are there: the programme's partnership and projects, and the
    organisations of the international approach. What an editor filled in stays."""
    for home in homes():
        content = read("areas", home.locale.language_code)
        if content is not None:
            _tie_programme(content["programme"], home.locale)
            _tie_international(content["international"], home.locale)


def _areas(home: HomePage, content: dict[str, Any], *, demo: bool) -> None:
    index = put(RegionIndexPage, "regions", home, live=True, **content["index"])
    parents = {row["key"]: _area(index, row, demo=demo) for row in content["regions"]}
    programme = content["programme"]
    parents[programme["key"]] = put(
        ProgrammePage,
        programme["key"],
        parents[programme["region"]],
        live=demo or programme["live"],
        **{name: programme[name] for name in (*_HEAD, "period", "area")},
        body=body(programme["body"]),
        funding=_rows("funding", programme["key"], programme["funding"]),
    )
    for row in content["themes"]:
        put(
            ThemePage,
            row["key"],
            parents[row["parent"]],
            live=demo or row["live"],
            **{name: row[name] for name in _HEAD},
            body=body(row["body"]),
            goals=_rows("goal", row["key"], row["goals"]),
            results=_rows("goal", f"{row['key']}:results", row["results"]),
        )


def _area(index: RegionIndexPage, row: dict[str, Any], *, demo: bool) -> RegionPage:
    page: RegionPage = put(
        RegionPage,
        row["key"],
        index,
        live=demo or row["live"],
        **{name: row[name] for name in (*_HEAD, "kind", "drawing", "summary", "contact_text")},
        takes_requests=row["takes_requests"] or (demo and row.get("takes_requests_in_demo", False)),
        body=body(row["body"]),
        results=_rows("result", row["key"], row.get("results", [])),
        checks=_rows("check_item", row["key"], row.get("checks", [])),
        focus=_rows("point", row["key"], row.get("focus", [])),
    )
    return page


def _international(home: HomePage, row: dict[str, Any], *, demo: bool) -> None:
    put(
        InternationalPage,
        row["key"],
        home,
        live=demo or row["live"],
        **{name: row[name] for name in _HEAD},
        body=body(row["body"]),
        focus=_rows("point", f"{row['key']}:focus", row["focus"]),
        forms=_rows("point", f"{row['key']}:forms", row["forms"]),
        declarations=_rows("declaration", row["key"], row["declarations"]),
        countries=_rows("country", row["key"], row["countries"]),
    )


def _tie_programme(row: dict[str, Any], locale: Locale) -> None:
    page = find(ProgrammePage, row["key"], locale)
    if page is None or not _as_loaded(page):
        return
    page.partnership = find(PartnershipPage, row["partnership"], locale)
    projects = [{**project, "page": reference(project["page"], locale)} for project in row["projects"]]
    page.projects = _rows("project", row["key"], projects)
    _save(page)


def _tie_international(row: dict[str, Any], locale: Locale) -> None:
    page = find(InternationalPage, row["key"], locale)
    if page is None or not _as_loaded(page):
        return
    for name in ("national", "organisations"):
        partners = [found for each in row[name] if (found := reference(each, locale))]
        setattr(page, name, _rows("partner", name, partners))
    _save(page)


def _rows(kind: str, name: str, rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Rows of a file as blocks, each with the same id in every language."""
    return [{"type": kind, "value": row, "id": str(key(f"{name}:{kind}:{number}"))} for number, row in enumerate(rows)]


def _as_loaded(page: Page) -> bool:
    """Whether nothing was changed since the page was made, by an editor or by `link`."""
    return page.revisions.count() == 1


def _save(page: Page) -> None:
    """A revision of the page as it is now, published if the page is."""
    revision = page.save_revision()
    if page.live:
        revision.publish()
