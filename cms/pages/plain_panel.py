"""The panel on an edit screen that shows how plain the page's text is, sentence by sentence."""

from collections.abc import Iterator
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import Panel
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import RichText

from cms.pages import readability
from cms.pages.readability import Fault, Reading

#: Fields that are no running text for readers.
_LEFT_OUT = frozenset({"source", "slug", "search_description", "seo_title", "url_path", "draft_title"})
_LEFT_OUT_BLOCKS = frozenset({"source", "key", "lesson", "number"})
_HEADINGS = ("</h2>", "</h3>", "</h4>")
_LINE_ENDS = ("</p>", "</li>", "<br>", "<br/>", *_HEADINGS)
#: Sentences shown at most.
MOST = 40

SAY = {
    Fault.LONG: _("Long: more than 15 words. Make two sentences of it."),
    Fault.CLAUSES: _("More than one subordinate clause. Give each thought a sentence."),
    Fault.PASSIVE: _("Passive. Say who does it."),
    Fault.LONG_WORD: _("A long word that the glossary doesn't explain. Use a shorter one, or explain it."),
    Fault.STIFF: _("A stiff word. Use the everyday one."),
}


def passages_of(page: Any) -> list[str]:
    """The running text of a page, cut at its headings."""
    texts = [text for field in _text_fields(page) for text in _field_texts(page, field)]
    return [part for text in texts for part in _cut(text) if part.strip()]


def reading_of(page: Any) -> Reading:
    """What there is to say about a page's text, with the words that the glossaries of its language explain."""
    return readability.read(passages_of(page), explained=_explained(page.locale.language_code))


def _explained(language: str) -> list[str]:
    from cms.pages.models import GlossaryPage  # noqa: PLC0415  the models use this panel

    pages = GlossaryPage.objects.live().filter(locale__language_code=language)
    return [term.value["term"] for page in pages for term in page.terms]


def _text_fields(page: Any) -> list[Any]:
    kinds = ("TextField", "CharField")
    return [
        field
        for field in page._meta.get_fields()
        if getattr(field, "model", None) is type(page)
        and field.name not in _LEFT_OUT
        and (isinstance(field, StreamField) or field.get_internal_type() in kinds)
        and not getattr(field, "choices", None)
    ]


def _field_texts(page: Any, field: Any) -> Iterator[str]:
    value = getattr(page, field.name)
    if isinstance(field, StreamField):
        for child in value:
            yield from _block_texts(child.block, child.value)
    elif isinstance(field, RichTextField) or isinstance(value, str):
        yield value or ""


def _block_texts(block: Any, value: Any) -> Iterator[str]:
    if isinstance(value, RichText):
        yield value.source
    elif isinstance(block, blocks.StructBlock) and value:
        for name, child in block.child_blocks.items():
            if name not in _LEFT_OUT_BLOCKS:
                yield from _block_texts(child, value.get(name))
    elif isinstance(block, blocks.StreamBlock) and value:
        for child in value:
            yield from _block_texts(child.block, child.value)
    elif isinstance(block, blocks.ListBlock) and value:
        for item in value:
            yield from _block_texts(block.child_block, item)
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock) and isinstance(value, str):
        yield value


def _cut(html: str) -> list[str]:
    """A text without its marks: a line a paragraph, a part a heading."""
    for mark in _LINE_ENDS:
        html = html.replace(mark, f"{mark}\n")
    for mark in _HEADINGS:
        html = html.replace(mark, f"{mark}\x1f")
    return [strip_tags(part) for part in html.split("\x1f")]


class PlainLanguagePanel(Panel):
    """Shows the B1 warnings on the text as it was last saved. Dutch pages only: the rules are of Dutch."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "pages/admin/plain_panel.html"

        def is_shown(self) -> bool:
            """On saved Dutch pages."""
            page = self.instance
            return bool(super().is_shown() and page.pk and page.locale.language_code == "nl")

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Adds the reading, and each finding with its sentence in marked pieces."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            reading = reading_of(self.instance)
            context["reading"] = reading
            context["findings"] = [
                {
                    "say": SAY[finding.fault],
                    "pieces": readability.marked(finding.sentence, finding.words),
                    "instead": [
                        (word, readability.INSTEAD[word]) for word in finding.words if word in readability.INSTEAD
                    ],
                }
                for finding in reading.findings[:MOST]
            ]
            context["more"] = max(0, len(reading.findings) - MOST)
            return context
