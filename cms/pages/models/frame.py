"""What every public page has: its frame, who says so, and the areas and themes it belongs to."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable
from wagtail_localize.fields import BaseTranslatableField

from cms.pages import navigation
from cms.pages.plain_panel import PlainLanguagePanel


class OwnOfLanguage(BaseTranslatableField):
    """A field that each language has for itself: neither translated nor copied."""


class LocalisedContext:
    """What `templates/base.html` needs to know of a page: its other languages and the footer's links."""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds `translations`, `alternates` and `canonical`."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        context.update(navigation.for_page(self))
        return context


class Sourced(models.Model):
    """Where the facts of a page come from, and when somebody looks at them again."""

    source = models.TextField(
        _("source"), blank=True, help_text=_("Where the facts come from. Say so when something must still be checked.")
    )
    checked_on = models.DateField(_("checked on"), null=True, blank=True, help_text=_("The day you read it through."))
    review_on = models.DateField(
        _("check again before"), null=True, blank=True, help_text=_("After this day the page is in the list to check.")
    )
    translation_to_check = models.BooleanField(
        _("translation still to be checked"),
        default=False,
        help_text=_("Ticked: the page says that a translator has yet to check this text. Untick it after the check."),
    )

    class Meta:
        abstract = True

    override_translatable_fields: ClassVar = [
        OwnOfLanguage(name) for name in ("checked_on", "review_on", "translation_to_check")
    ]


SOURCE_PANEL = MultiFieldPanel(
    [
        FieldPanel("source"),
        FieldRowPanel([FieldPanel("checked_on"), FieldPanel("review_on")]),
        FieldPanel("translation_to_check"),
        PlainLanguagePanel(heading=_("Plain language")),
    ],
    heading=_("Who says so"),
)


class RegionLink(Orderable):
    """A page belongs to an area. It points at the page of the area in any language: what is shown is looked up by
    translation key (`cms.pages.languages`)."""

    page = ParentalKey("wagtailcore.Page", related_name="region_links", on_delete=models.CASCADE)
    region = models.ForeignKey(
        "pages.RegionPage", verbose_name=_("area"), related_name="linked_from", on_delete=models.CASCADE
    )

    panels: ClassVar = [PageChooserPanel("region")]

    class Meta(Orderable.Meta):
        verbose_name = _("area")
        constraints: ClassVar = [models.UniqueConstraint(fields=["page", "region"], name="page_in_an_area_once")]


class ThemeLink(Orderable):
    """A page belongs to a theme; like `RegionLink`."""

    page = ParentalKey("wagtailcore.Page", related_name="theme_links", on_delete=models.CASCADE)
    theme = models.ForeignKey(
        "pages.ThemePage", verbose_name=_("theme"), related_name="linked_from", on_delete=models.CASCADE
    )

    panels: ClassVar = [PageChooserPanel("theme")]

    class Meta(Orderable.Meta):
        verbose_name = _("theme")
        constraints: ClassVar = [models.UniqueConstraint(fields=["page", "theme"], name="page_in_a_theme_once")]


LINKS_PANEL = MultiFieldPanel(
    [
        InlinePanel("region_links", label=_("area"), heading=_("Areas")),
        InlinePanel("theme_links", label=_("theme"), heading=_("Themes")),
    ],
    heading=_("Where it belongs"),
)
