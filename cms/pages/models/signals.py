"""What you can notice (signals), and what you can do (measures, self-check)."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from cms.pages import belonging, providers
from cms.pages.audiences import Audience
from cms.pages.blocks import PageBody
from cms.pages.data import PointsBlock, RelatedBlock, SelfCheckBlock, SignalCardsBlock
from cms.pages.languages import in_language
from cms.pages.models.frame import LINKS_PANEL, SOURCE_PANEL, LocalisedContext, Sourced
from cms.pages.sanitise import CleanStreamField
from cms.reporting.channels import for_block


class SignalsIndexPage(LocalisedContext, Sourced, Page):
    """Recognise: the sectors, at `/<language>/signalen/`."""

    intro = models.TextField(_("introduction"), max_length=400)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro"), SOURCE_PANEL]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("intro")]
    parent_page_types: ClassVar = ["pages.HomePage"]
    subpage_types: ClassVar = ["pages.SignalsPage"]
    max_count_per_parent = 1
    template = "pages/signals_index.html"

    class Meta:
        verbose_name = _("list of signals")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the sectors, in the order of the page tree, and M.'s number."""
        context = super().get_context(request, *args, **kwargs)
        context["sectors"] = list(SignalsPage.objects.live().public().child_of(self).order_by("path"))
        context["channel"] = for_block("m", self.locale.language_code)
        return context


class SignalsPage(LocalisedContext, Sourced, Page):
    """The signals of one sector, as cards that can be printed."""

    audience = models.CharField(_("audience"), max_length=20, choices=Audience.choices)
    intro = models.TextField(_("introduction"), max_length=400)
    cards = CleanStreamField(SignalCardsBlock(), verbose_name=_("signals"))
    related = CleanStreamField(RelatedBlock(), verbose_name=_("read more"), blank=True)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("audience"),
        FieldPanel("intro"),
        FieldPanel("cards"),
        FieldPanel("related"),
        SOURCE_PANEL,
    ]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("intro"), index.SearchField("cards")]
    parent_page_types: ClassVar = ["pages.SignalsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/signals.html"

    class Meta:
        verbose_name = _("signals of a sector")
        verbose_name_plural = _("signals of sectors")

    @property
    def drawing(self) -> str:
        """The drawing on this sector's door."""
        return Audience(self.audience).drawing.value

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds this sector's modules, the numbers for the sheet, and the pages to read on."""
        context = super().get_context(request, *args, **kwargs)
        language = self.locale.language_code
        context["doors"] = [door for door in providers.doors(language) if door.audience == self.audience]
        context["channel"] = for_block("m", language)
        context["danger"] = for_block("noodgeval", language)
        context["related"] = belonging.chosen(self.related, self.locale)
        return context


class MeasureIndexPage(LocalisedContext, Sourced, Page):
    """What you can do: the measures, and a self-check whose answers stay in the browser."""

    intro = models.TextField(_("introduction"), max_length=400)
    check_heading = models.CharField(_("heading of the self-check"), max_length=120, blank=True)
    check_intro = models.TextField(_("introduction of the self-check"), max_length=400, blank=True)
    check_questions = CleanStreamField(
        SelfCheckBlock(), verbose_name=_("questions of the self-check"), blank=True, help_text=_("At most ten.")
    )

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("intro"),
        MultiFieldPanel(
            [FieldPanel("check_heading"), FieldPanel("check_intro"), FieldPanel("check_questions")],
            heading=_("Self-check"),
        ),
        SOURCE_PANEL,
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("intro"),
        index.SearchField("check_questions"),
    ]
    parent_page_types: ClassVar = ["pages.HomePage"]
    subpage_types: ClassVar = ["pages.MeasurePage", "pages.ContentPage"]
    max_count_per_parent = 1
    template = "pages/measure_index.html"

    class Meta:
        verbose_name = _("list of measures")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the measures by kind, each with its areas, and the questions of the self-check."""
        context = super().get_context(request, *args, **kwargs)
        measures = list(MeasurePage.objects.live().public().child_of(self).order_by("path").select_related("locale"))
        areas = belonging.areas_of(measures, self.locale)
        context["kinds"] = [
            (kind, [(page, areas[page.pk]) for page in measures if page.kind == kind]) for kind in MeasurePage.Kind
        ]
        values = [block.value for block in self.check_questions]
        pages = {page.translation_key: page for page in in_language((v["page"] for v in values), self.locale)}
        context["questions"] = [(v, pages.get(v["page"].translation_key) if v["page"] else None) for v in values]
        return context


class MeasurePage(LocalisedContext, Sourced, Page):
    """One measure: a barrier of your own, or what government and business do together."""

    class Kind(models.TextChoices):
        OWN = "own", _("what you can do yourself")
        TOGETHER = "together", _("what government and business do together")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    intro = models.TextField(_("introduction"), max_length=600)
    steps = CleanStreamField(PointsBlock(), verbose_name=_("how it works"), blank=True)
    body = CleanStreamField(PageBody(), verbose_name=_("content"), blank=True)
    related = CleanStreamField(RelatedBlock(), verbose_name=_("read more"), blank=True)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("kind"),
        FieldPanel("intro"),
        FieldPanel("steps"),
        FieldPanel("body"),
        FieldPanel("related"),
        LINKS_PANEL,
        SOURCE_PANEL,
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("intro"),
        index.SearchField("steps"),
        index.SearchField("body"),
        index.FilterField("kind"),
    ]
    parent_page_types: ClassVar = ["pages.MeasureIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/measure.html"

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds its kind, the areas and themes it belongs to, and the pages to read on."""
        context = super().get_context(request, *args, **kwargs)
        context["kind"] = capfirst(self.get_kind_display())
        context["related"] = belonging.chosen(self.related, self.locale)
        return {**context, **belonging.of_page(self)}
