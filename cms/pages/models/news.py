"""News and events."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Page
from wagtail.search import index

from cms.pages.blocks import PageBody
from cms.pages.languages import in_language
from cms.pages.models.frame import LINKS_PANEL, SOURCE_PANEL, LocalisedContext, Sourced
from cms.pages.sanitise import CleanStreamField

PER_PAGE = 10
#: Events that were: the latest of them.
PAST_SHOWN = 20


class NewsIndexPage(LocalisedContext, Page):
    """All news, newest first, at `/nl/nieuws/`; also as RSS at `/<language>/nieuws/rss.xml`."""

    intro = models.TextField(_("introduction"), max_length=400, blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar = ["pages.HomePage"]
    subpage_types: ClassVar = ["pages.NewsPage"]
    max_count_per_parent = 1
    template = "pages/news_index.html"

    class Meta:
        verbose_name = _("news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds a page of the news, the newest first."""
        context = super().get_context(request, *args, **kwargs)
        news = NewsPage.objects.child_of(self).live().public().order_by("-date", "-pk").select_related("locale")
        context["page_obj"] = Paginator(news, PER_PAGE).get_page(request.GET.get("pagina"))
        return context


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

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the areas and themes it belongs to, in this language."""
        context = super().get_context(request, *args, **kwargs)
        context["belongs_to"] = _belongs_to(self)
        return context


class EventIndexPage(LocalisedContext, Page):
    """Events to come, and those that were, at `/nl/agenda/`."""

    intro = models.TextField(_("introduction"), max_length=400, blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar = ["pages.HomePage"]
    subpage_types: ClassVar = ["pages.EventPage"]
    max_count_per_parent = 1
    template = "pages/event_index.html"

    class Meta:
        verbose_name = _("events")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the events to come, the first one first, and the latest that were."""
        context = super().get_context(request, *args, **kwargs)
        now = timezone.now()
        events = EventPage.objects.child_of(self).live().public().select_related("locale")
        context["coming"] = list(events.filter(ends_at__gte=now).order_by("starts_at", "pk"))
        context["past"] = list(events.filter(ends_at__lt=now).order_by("-starts_at", "-pk")[:PAST_SHOWN])
        return context


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
        FieldPanel(
            "register_link", help_text=_("The address of the organiser's own page. Nobody registers on this site.")
        ),
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

    @property
    def is_past(self) -> bool:
        """Whether it is over."""
        return self.ends_at < timezone.now()

    @property
    def ends_on_its_day(self) -> bool:
        """Whether it ends on the day it begins, in Europe/Amsterdam."""
        return timezone.localdate(self.starts_at) == timezone.localdate(self.ends_at)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the areas and themes it belongs to, in this language, and the address of its calendar file."""
        context = super().get_context(request, *args, **kwargs)
        context["belongs_to"] = _belongs_to(self)
        context["calendar"] = reverse("event_calendar", args=(self.slug,))
        return context

    def clean(self) -> None:
        """An event ends after it begins."""
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("An event ends after it begins.")})


def _belongs_to(page: Any) -> list[Any]:
    """The areas and themes of a page, in its language."""
    areas = [link.region for link in page.region_links.select_related("region")]
    themes = [link.theme for link in page.theme_links.select_related("theme")]
    return in_language([*areas, *themes], page.locale)
