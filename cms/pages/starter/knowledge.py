"""Knowledge: publications, the glossary, and questions with answers.

Words and answers that rest on general knowledge (`unchecked`) are shown in the demo only. In production they stand in
the draft of a page whose other ones are live, until an editor has read them.
"""

from typing import Any

from wagtail.models import Locale

from cms.pages.models import FaqPage, GlossaryPage, KnowledgeIndexPage, PublicationPage
from cms.pages.starter import tree
from cms.pages.starter.tree import add, find, homes, key, put, reference

INDEX = "knowledge"


def load(demo: bool) -> None:
    """Makes this part of the site in every language that has a file. It comes after areas and themes, which
    publications point at."""
    for home in homes():
        content = tree.read("knowledge", home.locale.language_code)
        if content is None:
            continue
        index = put(KnowledgeIndexPage, INDEX, home, live=True, **content["index"])
        for row in content["publications"]:
            if find(PublicationPage, row["key"], home.locale) is None:
                _publication(row, index, demo=demo)
        for model, name in ((GlossaryPage, "glossary"), (FaqPage, "faq")):
            if find(model, content[name]["key"], home.locale) is None:
                _list(model, dict(content[name]), index, demo=demo)


def link(demo: bool) -> None:
    """Points each publication at those to read on, once all are there. What an editor changed is left alone."""
    for home in homes():
        for row in (tree.read("knowledge", home.locale.language_code) or {"publications": []})["publications"]:
            page = find(PublicationPage, row["key"], home.locale)
            if page is not None and "related" in row and page.revisions.count() == 1:
                _relate(page, row["related"], home.locale)


def _relate(page: Any, names: list[str], locale: Locale) -> None:
    pages = [(name, pk) for name in names if (pk := reference(name, locale))]
    page.related = [
        {"type": "page", "value": pk, "id": str(key(f"{page.translation_key}:{name}"))} for name, pk in pages
    ]
    revision = page.save_revision()
    if page.live:
        revision.publish()


def _publication(row: dict[str, Any], index: KnowledgeIndexPage, *, demo: bool) -> None:
    fields = {name: row.get(name, "") for name in ("kind", "when", "title", "slug", "intro", "source")}
    text = {"type": "text", "value": row["html"].strip(), "id": str(key(f"{row['key']}:text"))}
    page: Any = PublicationPage(locale=index.locale, translation_key=key(row["key"]), body=[text], **fields)
    page.region_links = tree.region_links(row["regions"])
    page.theme_links = tree.theme_links(row["themes"])
    add(page, index, live=demo or row["live"])


def _list(model: type[GlossaryPage | FaqPage], row: dict[str, Any], index: KnowledgeIndexPage, *, demo: bool) -> None:
    """The glossary or the questions, with what may be shown, and all of it in the draft."""
    name = "terms" if model is GlossaryPage else "answers"
    items = row.pop(name)
    live, page_key = row.pop("live"), row.pop("key")
    blocks = [_block(item, f"{page_key}:{number}") for number, item in enumerate(items)]
    shown = [block for block, item in zip(blocks, items, strict=True) if demo or not item.get("unchecked")]
    page = model(locale=index.locale, translation_key=key(page_key), **{name: shown}, **row)
    page = add(page, index, live=demo or live)
    if len(shown) < len(blocks):
        setattr(page, name, blocks)
        page.save_revision()


def _block(item: dict[str, Any], name: str) -> dict[str, Any]:
    """A word, a question or a heading as a stored block."""
    value = {field: text for field, text in item.items() if field != "unchecked"}
    block_id = str(key(name))
    if "heading" in value:
        return {"type": "heading", "value": value["heading"], "id": block_id}
    return {"type": "term" if "term" in value else "answer", "value": value, "id": block_id}
