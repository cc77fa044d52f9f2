"""Knowledge: publications with their versions, words that need explaining, questions that people ask."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Page
from wagtail.search import index

from cms.pages.blocks import PageBody
from cms.pages.data import AnswersBlock, RelatedBlock, TermsBlock, VersionsBlock
from cms.pages.models.frame import LINKS_PANEL, SOURCE_PANEL, LocalisedContext, Sourced
from cms.pages.sanitise import CleanStreamField


class KnowledgeIndexPage(LocalisedContext, Page):
    """Knowledge and research, at `/<language>/kennis/`."""

    intro = models.TextField(_("introduction"), max_length=400)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar = ["pages.HomePage"]
    subpage_types: ClassVar = ["pages.PublicationPage", "pages.GlossaryPage", "pages.FaqPage", "pages.ContentPage"]
    max_count_per_parent = 1
    template = "pages/knowledge_index.html"

    class Meta:
        verbose_name = _("knowledge")


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
