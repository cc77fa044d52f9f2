"""The front page of a language."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from cms.pages import providers
from cms.pages.data import FactsBlock, StatedResultsBlock
from cms.pages.models.frame import SOURCE_PANEL, LocalisedContext, Sourced
from cms.pages.models.news import EventIndexPage, NewsIndexPage, NewsPage
from cms.pages.models.programmes import InternationalPage
from cms.pages.models.regions import RegionPage
from cms.pages.models.signals import MeasureIndexPage, SignalsIndexPage
from cms.pages.sanitise import CleanStreamField
from cms.reporting.channels import for_block


class HomePage(LocalisedContext, Sourced, Page):
    """The front page of one language: the doors, the number to call, the facts, the areas."""

    hero_title = models.CharField(_("heading"), max_length=60, help_text=_("A short question. It is shown very large."))
    hero_text = models.TextField(_("introduction"), max_length=400, help_text=_("What this is, in two sentences."))
    report_heading = models.CharField(_("heading above the number"), max_length=60)
    report_text = models.CharField(
        _("text beside the number"),
        max_length=200,
        blank=True,
        help_text=_("What M. promises comes from the reporting channels and is added by itself."),
    )
    facts_heading = models.CharField(_("heading above the facts"), max_length=80, blank=True)
    facts = CleanStreamField(FactsBlock(), verbose_name=_("facts"), blank=True, help_text=_("At most three."))
    regions_heading = models.CharField(_("heading above the areas"), max_length=80, blank=True)
    regions_text = models.TextField(_("text above the areas"), max_length=300, blank=True)
    results_heading = models.CharField(_("heading above the results"), max_length=80, blank=True)
    results = CleanStreamField(
        StatedResultsBlock(), verbose_name=_("results"), blank=True, help_text=_("What was done, as its source says.")
    )

    search_fields: ClassVar = [*Page.search_fields, index.SearchField("hero_text")]
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    template = "pages/home.html"

    content_panels: ClassVar = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("hero_title"), FieldPanel("hero_text")], heading=_("Top")),
        MultiFieldPanel([FieldPanel("report_heading"), FieldPanel("report_text")], heading=_("The number to call")),
        MultiFieldPanel([FieldPanel("facts_heading"), FieldPanel("facts")], heading=_("Facts")),
        MultiFieldPanel([FieldPanel("regions_heading"), FieldPanel("regions_text")], heading=_("Areas")),
        MultiFieldPanel([FieldPanel("results_heading"), FieldPanel("results")], heading=_("Results")),
        SOURCE_PANEL,
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the doors and the campaign that other rooms offer in this language, M.'s number, and what is live in
        this language: `areas`, `shown_results`, `signals`, `measures`, `international`, `news`, and the lists of all
        news and events. The number of queries is the same however many there are."""
        context = super().get_context(request, *args, **kwargs)
        language = self.locale.language_code
        areas = list(RegionPage.objects.live().public().filter(locale=self.locale).order_by("path"))
        return {
            **context,
            "doors": providers.doors(language),
            "campaign": providers.latest_campaign(language),
            "channel": for_block("m", language),
            "areas": areas,
            "shown_results": _with_areas(self.results, areas) or _of_areas(areas),
            "signals": self._first(SignalsIndexPage),
            "measures": self._first(MeasureIndexPage),
            "international": self._first(InternationalPage),
            "news_index": self._first(NewsIndexPage),
            "events": self._first(EventIndexPage),
            "news": list(NewsPage.objects.live().public().filter(locale=self.locale).order_by("-date", "-pk")[:3]),
        }

    def _first(self, model: type[Any]) -> Any:
        """The page of this kind in this language, or None."""
        return model.objects.live().public().filter(locale=self.locale).first()


def _of_areas(areas: list[RegionPage]) -> list[tuple[Any, RegionPage]]:
    """The first two results of each area: what stands there when the editor chose none for the front page."""
    return [(result.value, area) for area in areas for result in list(area.results)[:2]]


def _with_areas(results: Any, areas: list[RegionPage]) -> list[tuple[Any, RegionPage | None]]:
    """Each result with its area in this language; the editor may have chosen the area's page in another one."""
    by_key = {area.translation_key: area for area in areas}
    return [
        (result.value, by_key.get(region.translation_key) if (region := result.value["region"]) else None)
        for result in results
    ]
