"""Programmes, their themes with goals and intended results, and the international approach."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Page
from wagtail.search import index

from cms.pages.blocks import PageBody
from cms.pages.data import (
    CountriesBlock,
    FundingsBlock,
    GoalsBlock,
    InternationalBlock,
    PartnersBlock,
    PointsBlock,
    ProjectsBlock,
    RelatedBlock,
)
from cms.pages.models.frame import SOURCE_PANEL, LocalisedContext, Sourced
from cms.pages.sanitise import CleanStreamField


class ProgrammePage(LocalisedContext, Sourced, Page):
    """A programme in an area. Its themes are the pages below it; its partners are those of its partnership."""

    intro = models.TextField(_("introduction"), max_length=600)
    period = models.CharField(_("period"), max_length=60, blank=True, help_text=_("As the source says: since 2022."))
    area = models.TextField(_("the area"), max_length=1000, blank=True, help_text=_("Where it is and why there."))
    body = CleanStreamField(PageBody(), verbose_name=_("content"), blank=True)
    partnership = models.ForeignKey(
        "pages.PartnershipPage",
        verbose_name=_("partnership"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="programmes",
        help_text=_("Its members are shown as the partners of this programme."),
    )
    funding = CleanStreamField(FundingsBlock(), verbose_name=_("funding"), blank=True)
    projects = CleanStreamField(ProjectsBlock(), verbose_name=_("other projects"), blank=True)
    related = CleanStreamField(RelatedBlock(), verbose_name=_("read more"), blank=True)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("period"),
        FieldPanel("area"),
        FieldPanel("body"),
        PageChooserPanel("partnership", "pages.PartnershipPage"),
        FieldPanel("funding"),
        FieldPanel("projects"),
        FieldPanel("related"),
        SOURCE_PANEL,
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("intro"),
        index.SearchField("area"),
        index.SearchField("body"),
        index.SearchField("projects"),
    ]
    parent_page_types: ClassVar = ["pages.RegionPage"]
    subpage_types: ClassVar = ["pages.ThemePage", "pages.ContentPage"]
    template = "pages/programme.html"

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")


class ThemePage(LocalisedContext, Sourced, Page):
    """A theme (pijler) of a programme or of a sector's approach. Measures, research and modules that belong to it
    point at it (`ThemeLink`) or are chosen under "read more"."""

    intro = models.TextField(_("introduction"), max_length=600)
    body = CleanStreamField(PageBody(), verbose_name=_("content"), blank=True)
    goals = CleanStreamField(GoalsBlock(), verbose_name=_("goals"), blank=True)
    results = CleanStreamField(GoalsBlock(), verbose_name=_("intended results"), blank=True)
    related = CleanStreamField(RelatedBlock(), verbose_name=_("read more"), blank=True)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("body"),
        FieldPanel("goals"),
        FieldPanel("results"),
        FieldPanel("related"),
        SOURCE_PANEL,
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
        index.SearchField("goals"),
        index.SearchField("results"),
    ]
    parent_page_types: ClassVar = ["pages.ProgrammePage", "pages.RegionPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/theme.html"

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class InternationalPage(LocalisedContext, Sourced, Page):
    """The international approach: what it focuses on, how countries work together, who takes part."""

    intro = models.TextField(_("introduction"), max_length=600)
    body = CleanStreamField(PageBody(), verbose_name=_("content"), blank=True)
    focus = CleanStreamField(PointsBlock(), verbose_name=_("focus points"), blank=True)
    forms = CleanStreamField(PointsBlock(), verbose_name=_("forms of cooperation"), blank=True)
    declarations = CleanStreamField(InternationalBlock(), verbose_name=_("declarations"), blank=True)
    countries = CleanStreamField(CountriesBlock(), verbose_name=_("countries and regions"), blank=True)
    national = CleanStreamField(PartnersBlock(), verbose_name=_("Dutch organisations"), blank=True)
    organisations = CleanStreamField(PartnersBlock(), verbose_name=_("international organisations"), blank=True)
    related = CleanStreamField(RelatedBlock(), verbose_name=_("read more"), blank=True)

    content_panels: ClassVar = [
        *Page.content_panels,
        *(
            FieldPanel(name)
            for name in (
                "intro",
                "body",
                "focus",
                "forms",
                "declarations",
                "countries",
                "national",
                "organisations",
                "related",
            )
        ),
        SOURCE_PANEL,
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        *(index.SearchField(name) for name in ("intro", "body", "focus", "forms", "declarations", "countries")),
    ]
    parent_page_types: ClassVar = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/international.html"

    class Meta:
        verbose_name = _("international approach")
