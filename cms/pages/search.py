"""Searching the site: public pages of one language, and the public documents that they offer.

What somebody searches is stored nowhere: no table, no counter, no cache, no log line. The answer is made from the
question in the address and forgotten.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.pages import documents, navigation, public_pages, search_index
from cms.pages.models import (
    GlossaryPage,
    KnowledgeIndexPage,
    MeasureIndexPage,
    PartnerPage,
    PartnershipPage,
    RegionPage,
    SignalsIndexPage,
    ThemePage,
)

LONGEST = 100
PER_PAGE = 10
DOCUMENT = "document"
#: Letters of an excerpt, and how many of them before the first word that was found.
EXCERPT, BEFORE = 220, 60
#: Words that are looked up when nothing was found; each costs a query.
MOST_CORRECTED = 4


class SearchForm(forms.Form):
    """What is searched for. Areas and themes are those of this language, by the last part of their address."""

    q = forms.CharField(label=_("What are you looking for?"), required=False, max_length=LONGEST)
    soort = forms.ChoiceField(label=_("Kind"), required=False)
    regio = forms.ChoiceField(label=_("Area"), required=False)
    thema = forms.ChoiceField(label=_("Theme"), required=False)

    def __init__(self, data: QueryDict, regions: Sequence[Any], themes: Sequence[Any]) -> None:
        asked = {name: data.get(name, "") for name in ("soort", "regio", "thema")}
        super().__init__({**asked, "q": cleaned(data.get("q", ""))}, auto_id="search-%s")
        self.fields["q"].widget = forms.TextInput({"type": "search", "maxlength": LONGEST})
        kinds = [(kind.key, kind.label) for kind in public_pages.kinds()]
        self._choices("soort", [*kinds, (DOCUMENT, _("Documents"))], _("Everything"))
        self._choices("regio", [(page.slug, page.title) for page in regions], _("All areas"))
        self._choices("thema", [(page.slug, page.title) for page in themes], _("All themes"))

    def _choices(self, name: str, choices: list[tuple[str, Any]], everything: Any) -> None:
        choice: Any = self.fields[name]
        choice.choices = [("", everything), *choices]


@dataclass(frozen=True)
class Hit:
    """One result: `parts` is the excerpt, cut into (text, whether it was searched for)."""

    title: str
    url: str
    kind: Any
    parts: list[tuple[str, bool]]
    meta: str = ""


@dataclass
class Found:
    """Everything that matches, in order. Slicing it reads the hits of that slice; counting reads nothing more."""

    words: list[str]
    pages: list[int]
    documents: list[int]
    #: The words that were searched instead, when nothing held the words that were asked for.
    instead: str = ""
    kinds: dict[int, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.pages) + len(self.documents)

    def __getitem__(self, part: slice) -> list[Hit]:
        start, stop, _step = part.indices(len(self))
        split = len(self.pages)
        return [*_page_hits(self, self.pages[start:stop]), *_document_hits(self, start - split, stop - split)]


def cleaned(text: str) -> str:
    """The question without signs that no form can hold, and not longer than one."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text[: LONGEST * 4]).split())[:LONGEST]


def regions(language: str) -> list[Any]:
    """The areas that can be chosen."""
    return list(public_pages.shown(language).type(RegionPage).order_by("path"))


def themes(language: str) -> list[Any]:
    """The themes that can be chosen."""
    return list(public_pages.shown(language).type(ThemePage).order_by("title"))


def elsewhere(language: str) -> list[Any]:
    """Where to look when nothing was found: signals, what you can do, knowledge."""
    lists = public_pages.shown(language).type((SignalsIndexPage, MeasureIndexPage, KnowledgeIndexPage))
    return list(lists.order_by("path").select_related("locale"))


def find(text: str, language: str, *, kind: str = "", region: Any = None, theme: Any = None) -> Found:
    """What holds all words of the question in this language. Mistyped words are forgiven: when nothing was found,
    the nearest words that titles, short names and the glossary know are searched instead."""
    words = search_index.words_of(text)
    allowed = _allowed(language, region, theme)
    found = _find(words, language, kind, allowed)
    if words and not found and (meant := _meant(words, language)) != words:
        corrected = _find(meant, language, kind, allowed)
        if corrected:
            corrected.instead = " ".join(meant)
            return corrected
    return found


def _allowed(language: str, region: Any, theme: Any) -> dict[int, int]:
    """Pages that may be shown in this area and theme: content type by id."""
    pages = public_pages.shown(language)
    for filtered, link in ((region, "region_links__region"), (theme, "theme_links__theme")):
        if filtered is not None:
            same = Q(**{f"{link}__translation_key": filtered.translation_key})
            pages = pages.filter(same | Q(path__startswith=filtered.path))
    return dict(pages.values_list("pk", "content_type_id"))


def _find(words: list[str], language: str, kind: str, allowed: dict[int, int]) -> Found:
    labels = {pk: each.label for each in public_pages.kinds() for pk in public_pages.types_of(each)}
    wanted = {pk for each in public_pages.kinds() if kind in ("", each.key) for pk in public_pages.types_of(each)}
    document = documents.content_type().pk
    if kind in ("", DOCUMENT):
        wanted.add(document)
    matches = search_index.ranked(words, language, wanted)
    pages = [int(pk) for content_type, pk in matches if content_type != document and int(pk) in allowed]
    papers = [int(pk) for content_type, pk in matches if content_type == document]
    return Found(words, pages, documents.offered_by(allowed, papers), kinds=labels)


def _meant(words: list[str], language: str) -> list[str]:
    """The words with each that is on no public page replaced by the nearest known word. Drafts don't count: a word
    that is left as it is would tell that it stands in one."""
    known: set[str] | None = None
    meant = []
    types = {pk for kind in public_pages.kinds() for pk in public_pages.types_of(kind)}
    shown = _allowed(language, None, None)
    for position, word in enumerate(words):
        if position < MOST_CORRECTED and not _is_on(shown, search_index.ranked([word], language, types)):
            known = _known_words(language) if known is None else known
            word = search_index.nearest(word, known) or word
        meant.append(word)
    return meant


def _is_on(shown: dict[int, int], matches: list[tuple[int, str]]) -> bool:
    return any(int(pk) in shown for _content_type, pk in matches)


def _known_words(language: str) -> set[str]:
    """The words in titles, in short names and in the glossary of this language."""
    shown = public_pages.shown(language)
    texts = list(shown.values_list("title", flat=True))
    for model in (PartnerPage, PartnershipPage):
        texts += model.objects.filter(pk__in=shown.values("pk")).values_list("short_name", flat=True)
    for glossary in GlossaryPage.objects.filter(pk__in=shown.values("pk")):
        texts += [child.value["term"] for child in glossary.terms]
    return {word for text in texts for word in search_index.words_of(text) if len(word) > 2}


def _page_hits(found: Found, ids: list[int]) -> Iterator[Hit]:
    pages = Page.objects.select_related("locale").in_bulk(ids)
    texts = search_index.texts(ids, found.kinds)
    for pk in ids:
        if page := pages.get(pk):
            parts = excerpt(texts.get(pk, ""), found.words)
            yield Hit(page.title, navigation.address_of(page), found.kinds.get(page.content_type_id, ""), parts)


def _document_hits(found: Found, start: int, stop: int) -> Iterator[Hit]:
    ids = found.documents[max(start, 0) : max(stop, 0)]
    for document in documents.in_order(ids):
        size = filesizeformat(document.get_file_size() or 0)
        yield Hit(document.title, document.url, _("Documents"), [], f"{document.file_extension.upper()}, {size}")


def excerpt(text: str, words: list[str]) -> list[tuple[str, bool]]:
    """A piece of the text around the first of these words, cut where a searched word begins or ends."""
    # Wagtail puts a comma between the parts of a block, sentences too.
    text = re.sub(r"([.!?:]), ", r"\1 ", " ".join(text.split()))
    if not words:
        return [(text[:EXCERPT], False)] if text else []
    looked_for = re.compile(rf"\b(?:{'|'.join(re.escape(search_index.beginning(word)) for word in words)})\w*", re.I)
    first = looked_for.search(text)
    start = text.rfind(" ", 0, first.start() - BEFORE) + 1 if first and first.start() > BEFORE else 0
    stop = len(text) if len(text) <= start + EXCERPT else text.rfind(" ", start, start + EXCERPT)
    stop = stop if stop > start else start + EXCERPT
    piece = f"{'… ' if start else ''}{text[start:stop]}{' …' if stop < len(text) else ''}"
    parts: list[tuple[str, bool]] = []
    position = 0
    for hit in looked_for.finditer(piece):
        parts += [(piece[position : hit.start()], False), (hit.group(), True)]
        position = hit.end()
    return [part for part in (*parts, (piece[position:], False)) if part[0]]
