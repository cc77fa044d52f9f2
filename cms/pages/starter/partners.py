"""The directory: partners first, then the partnerships they take part in."""

from typing import Any

from wagtail.models import Locale

from cms.pages.models import Member, PartnerIndexPage, PartnerPage, PartnershipPage
from cms.pages.starter.tree import find, homes, put, read, region_links, theme_links

INDEX = "partners"


def load(demo: bool) -> None:
    """Makes the directory in every language that has a file. Areas and themes must be there already."""
    for home in homes():
        content = read("partners", home.locale.language_code)
        if content is None:
            continue
        shared = {"translation_to_check": content["translation_to_check"]}
        index = put(PartnerIndexPage, INDEX, home, live=True, **content["index"])
        for row in content["partners"]:
            _put(PartnerPage, row, index, demo, **shared, kind=row["kind"], national=row.get("national", False))
        for row in content["partnerships"]:
            if find(PartnershipPage, row["key"], home.locale) is None:
                _put(PartnershipPage, row, index, demo, **shared, members=_members(row["members"], home.locale))


def _put(model: type[Any], row: dict[str, Any], index: PartnerIndexPage, demo: bool, **fields: Any) -> None:
    """A partner or a partnership with its areas and themes."""
    known = ("title", "slug", "short_name", "intro", "goal", "more_members", "website", "source")
    fields.update({name: row[name] for name in known if name in row})
    fields.update(region_links=region_links(row["regions"]), theme_links=theme_links(row["themes"]))
    put(model, row["key"], index, live=demo or row["live"], **fields)


def _members(rows: list[dict[str, str]], locale: Locale) -> list[Member]:
    """Who takes part; their pages were made just before."""
    return [
        Member(partner=find(PartnerPage, row["partner"], locale), part=row.get("part", ""), locale=locale, sort_order=i)
        for i, row in enumerate(rows)
    ]
