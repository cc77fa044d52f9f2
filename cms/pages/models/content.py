"""Standard pages: about, privacy, accessibility, contact."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from cms.pages import navigation
from cms.pages.blocks import PageBody
from cms.pages.models.frame import SOURCE_PANEL, LocalisedContext, Sourced
from cms.pages.sanitise import CleanStreamField


class ContentPage(LocalisedContext, Sourced, Page):
    """A standard page: about, privacy, accessibility, contact."""

    intro = models.TextField(_("introduction"), max_length=400)
    body = CleanStreamField(PageBody(), verbose_name=_("content"), blank=True)
    in_footer = models.BooleanField(_("link in the footer"), default=False)

    search_fields: ClassVar = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]
    parent_page_types: ClassVar = [
        "pages.HomePage",
        "pages.ContentPage",
        "pages.RegionPage",
        "pages.ProgrammePage",
        "pages.MeasureIndexPage",
        "pages.KnowledgeIndexPage",
    ]
    subpage_types: ClassVar = ["pages.ContentPage"]
    template = "pages/content.html"

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("body"),
        SOURCE_PANEL,
    ]
    promote_panels: ClassVar = [
        *Page.promote_panels,
        FieldPanel("in_footer", help_text=_("Ticked: a link at the foot of every page in this language.")),
    ]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")


def footer_links(language: str) -> list[dict[str, str]]:
    """The standard pages that an editor put in the footer, in the order of the page tree, as
    `templates/components/footer.html` shows them."""
    pages = ContentPage.objects.live().public().filter(in_footer=True, locale__language_code=language)
    return navigation.links(pages.order_by("path").select_related("locale"))
