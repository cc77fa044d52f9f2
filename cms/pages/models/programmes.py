"""Programmes, their themes with goals and intended results, and the international approach."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Page
from wagtail.search import index

from cms.pages import belonging
from cms.pages.blocks import PageBody, number_below
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
from cms.pages.languages import in_language
from cms.pages.models.content import ContentPage
from cms.pages.models.frame import SOURCE_PANEL, LocalisedContext, Sourced
from cms.pages.models.partners import PartnerPage, PartnershipPage
from cms.pages.models.regions import RegionPage
from cms.pages.progress import Aim, Count, aims, counted
from cms.pages.sanitise import CleanStreamField


@dataclass(frozen=True)
class ThemeSummary:
    """A theme as its programme shows it: the page, what it wants, and how far that is."""

    page: "ThemePage"
    goals: list[Aim]
    results: list[Aim]

    @property
    def counts(self) -> list[Count]:
        """How many of its goals and results stand where."""
        return counted(self.goals, self.results)


@dataclass(frozen=True)
class Participant:
    """A partner as the programme shows it, with its part in the partnership."""

    page: PartnerPage
    part: str


@dataclass(frozen=True)
class Project:
    """Another project, with its own page if it has one in this language."""

    title: str
    text: str
    source: str
    page: Page | None


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

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the themes with their goals, how far all goals are, the partners and the other projects."""
        context = super().get_context(request, *args, **kwargs)
        themes = [
            ThemeSummary(theme, aims(theme.goals), aims(theme.results))
            for theme in ThemePage.objects.child_of(self).live().public().order_by("path")
        ]
        partnership = self._partnership()
        context |= {
            "area": self.get_ancestors().type(RegionPage).specific().last(),
            "themes": themes,
            "counts": counted(*(theme.goals for theme in themes), *(theme.results for theme in themes)),
            "partnership": partnership,
            "participants": self._participants(partnership),
            "projects": self._projects(),
            "related": belonging.chosen(self.related, self.locale),
            "more_pages": self.get_children().live().public().exact_type(ContentPage),
            "channel": number_below(self.body, self.locale.language_code),
        }
        return context

    def _partnership(self) -> PartnershipPage | None:
        found = in_language([self.partnership], self.locale, model=PartnershipPage)
        return found[0] if found else None

    def _participants(self, partnership: PartnershipPage | None) -> list[Participant]:
        """The members that the directory shows in this language: their names stand there and nowhere else."""
        if partnership is None:
            return []
        members = list(partnership.members.select_related("partner"))
        parts = {member.partner.translation_key: member.part for member in members}
        partners = in_language([member.partner for member in members], self.locale, model=PartnerPage)
        return [Participant(partner, parts[partner.translation_key]) for partner in partners]

    def _projects(self) -> list[Project]:
        rows = [child.value for child in self.projects]
        pages = in_language([row["page"] for row in rows], self.locale)
        by_key = {page.translation_key: page for page in pages}
        return [
            Project(
                title=row["title"],
                text=row["text"],
                source=row["source"],
                page=by_key.get(row["page"].translation_key) if row["page"] else None,
            )
            for row in rows
        ]


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

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds goals and results as rows, how far they are, what belongs to this theme, and its neighbours."""
        context = super().get_context(request, *args, **kwargs)
        goals, results = aims(self.goals), aims(self.results)
        parent = self.get_parent()
        area = self.get_ancestors().type(RegionPage).specific().last()
        context |= {
            "area": area,
            "modules": belonging.modules_for(area.audiences, self.locale.language_code) if area else [],
            "goals": goals,
            "intended": results,
            "counts": counted(goals, results),
            "parent": parent,
            "others": ThemePage.objects.child_of(parent).live().public().exclude(pk=self.pk).order_by("path"),
            "belonging": belonging.to_theme(self, self.locale),
            "related": belonging.chosen(self.related, self.locale),
            "channel": number_below(self.body, self.locale.language_code),
        }
        return context


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

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the organisations, named as the directory names them in this language."""
        context = super().get_context(request, *args, **kwargs)
        context |= {
            "dutch": in_language([child.value for child in self.national], self.locale, model=PartnerPage),
            "foreign": in_language([child.value for child in self.organisations], self.locale, model=PartnerPage),
            "related": belonging.chosen(self.related, self.locale),
            "channel": number_below(self.body, self.locale.language_code),
        }
        return context
