"""Knowledge: publications with their versions, words that need explaining, questions that people ask."""

from itertools import groupby
from typing import Any, ClassVar
from unicodedata import normalize

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Page
from wagtail.search import index

from cms.pages import library
from cms.pages.belonging import chosen
from cms.pages.blocks import PageBody
from cms.pages.data import AnswersBlock, RelatedBlock, TermsBlock, VersionsBlock
from cms.pages.languages import in_language
from cms.pages.models.frame import LINKS_PANEL, SOURCE_PANEL, LocalisedContext, Sourced
from cms.pages.sanitise import CleanStreamField


class KnowledgeIndexPage(LocalisedContext, Page):
    """Knowledge and research, at `/nl/kennis/`."""

    intro = models.TextField(_("introduction"), max_length=400)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar = ["pages.HomePage"]
    subpage_types: ClassVar = ["pages.PublicationPage", "pages.GlossaryPage", "pages.FaqPage", "pages.ContentPage"]
    max_count_per_parent = 1
    template = "pages/knowledge_index.html"

    class Meta:
        verbose_name = _("knowledge")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the publications that were asked for, a page of them, and the other pages of this part of the site."""
        context = super().get_context(request, *args, **kwargs)
        publications = PublicationPage.objects.child_of(self).live().public().order_by("path")
        context.update(library.listed(publications, self.locale, request.GET))
        others = self.get_children().live().public().not_type(PublicationPage)
        context["others"] = list(others.order_by("path").select_related("locale").specific())
        return context


class PublicationPage(LocalisedContext, Sourced, Page):
    """Research, a publication or a best practice, with its document in versions or a link to where it stands."""

    class Kind(models.TextChoices):
        RESEARCH = "research", _("research")
        PUBLICATION = "publication", _("publication")
        PRACTICE = "practice", _("best practice")
        INSTRUMENT = "instrument", _("instrument")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    makers = models.CharField(_("who made it"), max_length=200, blank=True)
    when = models.CharField(_("when"), max_length=60, blank=True, help_text=_("A year or a date, as the source says."))
    intro = models.TextField(_("introduction"), max_length=600)
    body = CleanStreamField(PageBody(), verbose_name=_("content"), blank=True)
    versions = CleanStreamField(
        VersionsBlock(), verbose_name=_("versions"), blank=True, help_text=_("The newest first.")
    )
    link = models.URLField(_("where it stands"), blank=True, help_text=_("For what others published: link only."))
    related = CleanStreamField(RelatedBlock(), verbose_name=_("read more"), blank=True)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("when")]),
        FieldPanel("makers"),
        FieldPanel("intro"),
        FieldPanel("body"),
        FieldPanel("versions"),
        FieldPanel("link"),
        FieldPanel("related"),
        LINKS_PANEL,
        SOURCE_PANEL,
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
        index.SearchField("makers"),
        index.FilterField("kind"),
    ]
    parent_page_types: ClassVar = ["pages.KnowledgeIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/publication.html"

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the versions of its document, the newest first, the areas and themes it belongs to, and the pages to
        read on, in this language."""
        context = super().get_context(request, *args, **kwargs)
        areas = [link.region for link in self.region_links.select_related("region")]
        themes = [link.theme for link in self.theme_links.select_related("theme")]
        context["versions"] = library.versions(self.versions)
        context["belongs_to"] = in_language([*areas, *themes], self.locale)
        context["related"] = chosen(self.related, self.locale)
        return context


class GlossaryPage(LocalisedContext, Sourced, Page):
    """Words of the field, each explained."""

    intro = models.TextField(_("introduction"), max_length=400)
    terms = CleanStreamField(TermsBlock(), verbose_name=_("words"))

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro"), FieldPanel("terms"), SOURCE_PANEL]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("intro"), index.SearchField("terms")]
    parent_page_types: ClassVar = ["pages.KnowledgeIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/glossary.html"

    class Meta:
        verbose_name = _("glossary")
        verbose_name_plural = _("glossaries")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the words in the order of the alphabet, and the letters they begin with."""
        context = super().get_context(request, *args, **kwargs)
        terms = sorted((child.value for child in self.terms), key=lambda value: _alphabetic(value["term"]))
        letters = {letter: [*group] for letter, group in groupby(terms, lambda value: _alphabetic(value["term"])[:1])}
        context["letters"] = [(letter.upper(), group) for letter, group in letters.items()]
        return context


def _alphabetic(word: str) -> str:
    """The word as it stands in the alphabet: without capitals and accents."""
    letters = normalize("NFKD", word.lower())
    return "".join(letter for letter in letters if letter.isalnum() or letter == " ").strip()


class FaqPage(LocalisedContext, Sourced, Page):
    """Questions that people ask, with answers."""

    intro = models.TextField(_("introduction"), max_length=400)
    answers = CleanStreamField(AnswersBlock(), verbose_name=_("questions and answers"))

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro"), FieldPanel("answers"), SOURCE_PANEL]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("intro"), index.SearchField("answers")]
    parent_page_types: ClassVar = ["pages.KnowledgeIndexPage", "pages.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/faq.html"

    class Meta:
        verbose_name = _("questions and answers")
        verbose_name_plural = _("questions and answers")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the questions under their headings."""
        context = super().get_context(request, *args, **kwargs)
        groups: list[dict[str, Any]] = []
        for block in self.answers:
            if block.block_type == "heading":
                groups.append({"id": f"part-{len(groups)}", "label": block.value, "answers": []})
                continue
            if not groups:
                groups.append({"id": "part-0", "label": "", "answers": []})
            groups[-1]["answers"].append(block.value)
        context["groups"] = groups
        return context
