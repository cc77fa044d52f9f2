"""The public pages an editor writes: the home page and standard pages."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page

from cms.pages import navigation, providers
from cms.pages.blocks import PageBody
from cms.pages.sanitise import CleanRichTextBlock, CleanStreamField
from cms.reporting.channels import for_block


class FactBlock(blocks.StructBlock):
    """A figure that somebody published, with who and when."""

    figure = blocks.CharBlock(label=_("figure"), max_length=20, help_text=_("Short: it is shown very large."))
    text = blocks.CharBlock(label=_("what it means"), max_length=160)
    source = blocks.CharBlock(label=_("source"), max_length=200, help_text=_("Who published it, and when."))

    class Meta:
        label = _("fact")


class FactsBlock(blocks.StreamBlock):
    """The facts of the home page."""

    fact = FactBlock()

    class Meta:
        max_num = 3


class RegionBlock(blocks.StructBlock):
    """An area and what happens there."""

    name = blocks.CharBlock(label=_("area"), max_length=80)
    text = CleanRichTextBlock(label=_("what happens there"))
    source = blocks.CharBlock(label=_("source"), max_length=200)

    class Meta:
        label = _("area")


class RegionsBlock(blocks.StreamBlock):
    """The areas of the home page."""

    region = RegionBlock()


class LocalisedContext:
    """What `templates/base.html` needs to know of a page: its other languages and the footer's links."""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds `translations`, `alternates`, `canonical` and `footer_links`."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        context.update(navigation.for_page(self))
        context["footer_links"] = footer_links(self.locale.language_code)  # type: ignore[attr-defined]
        return context


class HomePage(LocalisedContext, Page):
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
    regions = CleanStreamField(RegionsBlock(), verbose_name=_("areas"), blank=True)

    parent_page_types: ClassVar = ["wagtailcore.Page"]
    template = "pages/home.html"

    content_panels: ClassVar = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("hero_title"), FieldPanel("hero_text")], heading=_("Top")),
        MultiFieldPanel([FieldPanel("report_heading"), FieldPanel("report_text")], heading=_("The number to call")),
        MultiFieldPanel([FieldPanel("facts_heading"), FieldPanel("facts")], heading=_("Facts")),
        MultiFieldPanel(
            [FieldPanel("regions_heading"), FieldPanel("regions_text"), FieldPanel("regions")], heading=_("Areas")
        ),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the doors and the campaign that other rooms offer in this language, and M.'s number."""
        context = super().get_context(request, *args, **kwargs)
        language = self.locale.language_code
        context["doors"] = providers.doors(language)
        context["campaign"] = providers.latest_campaign(language)
        context["channel"] = for_block("m", language)
        return context


class ContentPage(LocalisedContext, Page):
    """A standard page: about, privacy, accessibility, contact."""

    intro = models.TextField(_("introduction"), max_length=400)
    body = CleanStreamField(PageBody(), verbose_name=_("content"), blank=True)
    source = models.TextField(
        _("source"), blank=True, help_text=_("Where the facts come from. Say so when something must still be checked.")
    )
    checked_on = models.DateField(_("checked on"), null=True, blank=True, help_text=_("The day you read it through."))
    review_on = models.DateField(_("check again before"), null=True, blank=True)
    in_footer = models.BooleanField(_("link in the footer"), default=False)

    parent_page_types: ClassVar = ["pages.HomePage", "pages.ContentPage"]
    subpage_types: ClassVar = ["pages.ContentPage"]
    template = "pages/content.html"

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("source"), FieldRowPanel([FieldPanel("checked_on"), FieldPanel("review_on")])],
            heading=_("Who says so"),
        ),
    ]
    promote_panels: ClassVar = [*Page.promote_panels, FieldPanel("in_footer")]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")


def footer_links(language: str) -> list[dict[str, str]]:
    """The standard pages that an editor put in the footer, in the order of the page tree, as
    `templates/components/footer.html` shows them."""
    pages = ContentPage.objects.live().public().filter(in_footer=True, locale__language_code=language)
    return navigation.links(pages.order_by("path").select_related("locale"))
