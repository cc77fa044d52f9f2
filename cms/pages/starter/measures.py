"""What you can do: the measures, then the self-check, whose questions point at them."""

from typing import Any

from wagtail.models import Locale

from cms.pages.models import HomePage, MeasureIndexPage, MeasurePage
from cms.pages.starter.tree import find, homes, key, put, read, reference, region_links, theme_links

INDEX = "measures"


def load(demo: bool) -> None:
    """Makes the list of measures in every language that has a file. What the measures point at must be there."""
    for home in homes():
        content = read("measures", home.locale.language_code)
        if content is None:
            continue
        is_new = find(MeasureIndexPage, INDEX, home.locale) is None
        index = _index(content, home, demo=demo)
        for row in content["measures"]:
            if find(MeasurePage, row["key"], home.locale) is None:
                _measure(row, index, demo=demo, to_check=content["translation_to_check"])
        if is_new:
            _add_check(content["check"], find(MeasureIndexPage, INDEX, home.locale), demo=demo)


def _index(content: dict[str, Any], home: HomePage, *, demo: bool) -> MeasureIndexPage:
    row = content["index"]
    fields = {name: row[name] for name in ("title", "slug", "intro", "source")}
    to_check = content["translation_to_check"]
    page: MeasureIndexPage = put(
        MeasureIndexPage, INDEX, home, live=demo or row["live"], translation_to_check=to_check, **fields
    )
    return page


def _measure(row: dict[str, Any], index: MeasureIndexPage, *, demo: bool, to_check: bool) -> None:
    locale = index.locale
    put(
        MeasurePage,
        row["key"],
        index,
        live=demo or row["live"],
        translation_to_check=to_check,
        **{name: row[name] for name in ("title", "slug", "kind", "intro", "source")},
        steps=[_block("point", f"{row['key']}:step:{number}", step) for number, step in enumerate(row["steps"])],
        related=[_block("page", f"{row['key']}:{name}", reference(name, locale)) for name in row["related"]],
        region_links=region_links(row["regions"]),
        theme_links=theme_links(row["themes"]),
    )


def _add_check(row: dict[str, Any], index: Any, *, demo: bool) -> None:
    """The self-check, in a revision of its own: it stays the draft of the list until somebody has read it. `index`
    is fresh: publishing writes how many children it knows of."""
    index.check_heading, index.check_intro = row["heading"], row["intro"]
    index.check_questions = [
        _block("question", f"check:{number}", _question(each, index.locale))
        for number, each in enumerate(row["questions"])
    ]
    index.source = f"{index.source}. {row['source']}"
    revision = index.save_revision()
    if index.live and (demo or row["live"]):
        revision.publish()


def _question(row: dict[str, str], locale: Locale) -> dict[str, Any]:
    return {**row, "page": reference(row["page"], locale)}


def _block(kind: str, name: str, value: Any) -> dict[str, Any]:
    """A stored block, with the same id in every language."""
    return {"type": kind, "value": value, "id": str(key(name))}
