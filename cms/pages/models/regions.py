"""Areas: ports, the airport, regions and a sector, each with what is done there."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from cms.pages import belonging, downloads, providers
from cms.pages.audiences import Audience, Drawing, Place
from cms.pages.blocks import PageBody, number_below
from cms.pages.data import ChecksBlock, DocumentsBlock, PointsBlock, RelatedBlock, StatedResultsBlock
from cms.pages.models.frame import SOURCE_PANEL, LocalisedContext, Sourced
from cms.pages.sanitise import CleanStreamField


class RegionIndexPage(LocalisedContext, Page):
    """All areas, at `/<language>/regios/`."""

    intro = models.TextField(_("introduction"), max_length=400)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar = ["pages.HomePage"]
    subpage_types: ClassVar = ["pages.RegionPage"]
    max_count_per_parent = 1
    template = "pages/region_index.html"

    class Meta:
        verbose_name = _("list of areas")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the areas that everyone may read, in the editors' order."""
        context = super().get_context(request, *args, **kwargs)
        context["areas"] = RegionPage.objects.child_of(self).live().public().order_by("path")
        return context


class RegionPage(LocalisedContext, Sourced, Page):
    """One area: what we do here, what is checked, what comes next, documents, contact, asking for an account."""

    class Kind(models.TextChoices):
        PORT = "port", _("seaport")
        AIRPORT = "airport", _("airport")
        AREA = "area", _("port area")
        SECTOR = "sector", _("sector")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    summary = models.CharField(_("in one sentence"), max_length=200, help_text=_("Shown in lists of areas."))
    drawing = models.CharField(
        _("drawing"), max_length=10, choices=[*Drawing.choices, *Place.choices], default=Drawing.KRAAN
    )
    intro = models.TextField(_("introduction"), max_length=600)
    body = CleanStreamField(PageBody(), verbose_name=_("what we do here"), blank=True)
    results = CleanStreamField(StatedResultsBlock(), verbose_name=_("what was done"), blank=True)
    checks = CleanStreamField(ChecksBlock(), verbose_name=_("objects and checks"), blank=True)
    focus = CleanStreamField(PointsBlock(), verbose_name=_("focus of the coming period"), blank=True)
    documents = CleanStreamField(DocumentsBlock(), verbose_name=_("documents"), blank=True)
    related = CleanStreamField(RelatedBlock(), verbose_name=_("read more"), blank=True)
    contact_name = models.CharField(_("contact: name or team"), max_length=120, blank=True)
    contact_email = models.EmailField(_("contact: e-mail"), blank=True)
    contact_phone = models.CharField(_("contact: telephone"), max_length=40, blank=True)
    contact_text = models.CharField(_("contact: what for"), max_length=240, blank=True)
    takes_requests = models.BooleanField(
        _("safety professionals can ask for an account here"), default=False, help_text=_("The editors judge them.")
    )
    answer_days = models.PositiveSmallIntegerField(
        _("working days until an answer"), default=5, help_text=_("People who ask for an account are told this term.")
    )

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldRowPanel(
            [
                FieldPanel("kind"),
                FieldPanel(
                    "drawing",
                    help_text=_("Stands beside the title. It is decoration: nobody needs it to understand the page."),
                ),
            ]
        ),
        FieldPanel("summary"),
        FieldPanel("intro"),
        FieldPanel("body"),
        FieldPanel("results"),
        FieldPanel("checks"),
        FieldPanel("focus"),
        FieldPanel(
            "documents", help_text=_("Public: everyone can download them. Restricted documents go under Requests.")
        ),
        FieldPanel(
            "related", help_text=_("A few pages that fit. They show in the reader's language, where they exist.")
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("contact_name"),
                        FieldPanel(
                            "contact_email",
                            help_text=_("A team's address. It is public: use no address of one person."),
                        ),
                        FieldPanel(
                            "contact_phone",
                            help_text=_("A team's number. For reporting there is the block “number to call”."),
                        ),
                    ]
                ),
                FieldPanel("contact_text", help_text=_("In one sentence: what people can ask this team.")),
            ],
            heading=_("Contact"),
        ),
        MultiFieldPanel([FieldPanel("takes_requests"), FieldPanel("answer_days")], heading=_("Safety professionals")),
        SOURCE_PANEL,
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("intro"),
        index.SearchField("body"),
        index.SearchField("checks"),
        index.SearchField("focus"),
    ]
    parent_page_types: ClassVar = ["pages.RegionIndexPage"]
    template = "pages/region.html"

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")

    @property
    def audiences(self) -> tuple[Audience, ...]:
        """Who works here: their modules are offered on the pages of this area."""
        return AUDIENCES[self.Kind(self.kind)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds what stands below this area, what belongs to it, and where to ask for an account. Only what
        everyone may read is named."""
        context = super().get_context(request, *args, **kwargs)
        language = self.locale.language_code
        below: dict[str, list[Any]] = {}
        for page in self.get_children().live().public().specific():
            below.setdefault(page._meta.model_name, []).append(page)
        context |= {
            "programmes": below.get("programmepage", []),
            "themes": below.get("themepage", []),
            "more_pages": below.get("contentpage", []),
            "belonging": belonging.to_area(self, self.locale),
            "public_documents": downloads.for_everyone(self.documents),
            "related": belonging.chosen(self.related, self.locale),
            "modules": belonging.modules_for(self.audiences, language),
            "account_request": providers.account_request(self, language) if self.takes_requests else None,
            "channel": number_below(self.body, language),
        }
        return context


#: Who works in an area of this kind.
AUDIENCES = {
    RegionPage.Kind.PORT: (Audience.TERMINAL, Audience.CHAUFFEURS, Audience.AMBTENAREN),
    RegionPage.Kind.AIRPORT: (Audience.TERMINAL, Audience.CHAUFFEURS, Audience.AMBTENAREN),
    RegionPage.Kind.AREA: (Audience.TERMINAL, Audience.CHAUFFEURS, Audience.AMBTENAREN),
    RegionPage.Kind.SECTOR: (Audience.KWEKERS, Audience.CHAUFFEURS, Audience.AMBTENAREN),
}
