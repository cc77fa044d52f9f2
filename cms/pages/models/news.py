"""News and events."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Page
from wagtail.search import index

from cms.pages.blocks import PageBody
from cms.pages.models.frame import LINKS_PANEL, SOURCE_PANEL, LocalisedContext, Sourced
from cms.pages.sanitise import CleanStreamField


class NewsIndexPage(LocalisedContext, Page):
    """All news, newest first, at `/<language>/nieuws/`; also as RSS."""

    intro = models.TextField(_("introduction"), max_length=400, blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar = ["pages.HomePage"]
    subpage_types: ClassVar = ["pages.NewsPage"]
    max_count_per_parent = 1
    template = "pages/news_index.html"

    class Meta:
        verbose_name = _("news")


class NewsPage(LocalisedContext, Sourced, Page):
    """One news item."""

    date = models.DateField(_("date"))
    intro = models.TextField(_("introduction"), max_length=400)
    body = CleanStreamField(PageBody(), verbose_name=_("content"), blank=True)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("date"),
        FieldPanel("intro"),
        FieldPanel("body"),
        LINKS_PANEL,
        SOURCE_PANEL,
    ]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]
    parent_page_types: ClassVar = ["pages.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/news.html"

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")


class EventIndexPage(LocalisedContext, Page):
    """Events to come, and those that were, at `/<language>/agenda/`."""

    intro = models.TextField(_("introduction"), max_length=400, blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar = ["pages.HomePage"]
    subpage_types: ClassVar = ["pages.EventPage"]
    max_count_per_parent = 1
    template = "pages/event_index.html"

    class Meta:
        verbose_name = _("events")


class EventPage(LocalisedContext, Sourced, Page):
    """One event. Times are stored in UTC and shown in Europe/Amsterdam."""

    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=160)
    for_whom = models.CharField(_("for whom"), max_length=160, blank=True)
    intro = models.TextField(_("introduction"), max_length=400)
    body = CleanStreamField(PageBody(), verbose_name=_("content"), blank=True)
    register_link = models.URLField(_("where to register"), blank=True)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldRowPanel([FieldPanel("place"), FieldPanel("for_whom")]),
        FieldPanel("intro"),
        FieldPanel("body"),
        FieldPanel("register_link"),
        LINKS_PANEL,
        SOURCE_PANEL,
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("intro"),
        index.SearchField("place"),
        index.SearchField("body"),
    ]
    parent_page_types: ClassVar = ["pages.EventIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/event.html"

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gte=models.F("starts_at")), name="event_ends_after_it_begins"
            )
        ]

    def clean(self) -> None:
        """An event ends after it begins."""
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("An event ends after it begins.")})
