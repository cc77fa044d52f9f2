"""Which pages the public sees, and of which kind each is. Search, sitemap and feeds ask here; a page of no kind is in
none of them."""

from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.pages import providers
from cms.pages.providers import PageKind

_OWN = (
    PageKind("region", _("Areas"), ("pages.RegionPage", "pages.RegionIndexPage")),
    PageKind("programme", _("Programmes and themes"), tuple(f"pages.{name}Page" for name in ("Programme", "Theme"))),
    PageKind("partner", _("Partners"), ("pages.PartnerPage", "pages.PartnerIndexPage")),
    PageKind("partnership", _("Partnerships"), ("pages.PartnershipPage", "pages.InternationalPage")),
    PageKind("signal", _("Signals"), ("pages.SignalsPage", "pages.SignalsIndexPage")),
    PageKind("measure", _("What you can do"), ("pages.MeasurePage", "pages.MeasureIndexPage")),
    PageKind(
        "knowledge",
        _("Knowledge"),
        tuple(f"pages.{name}Page" for name in ("Publication", "KnowledgeIndex", "Glossary", "Faq")),
    ),
    PageKind("news", _("News"), ("pages.NewsPage", "pages.NewsIndexPage")),
    PageKind("event", _("Events"), ("pages.EventPage", "pages.EventIndexPage")),
)
_ABOUT = PageKind("about", _("About this site"), ("pages.ContentPage", "pages.HomePage"))


def kinds() -> list[PageKind]:
    """Every kind of page that visitors find, those of the rooms above included."""
    return [*_OWN, *providers.kinds(), _ABOUT]


def types_of(kind: PageKind) -> list[int]:
    """The ids of the content types of this kind's models."""
    return [ContentType.objects.get_for_model(apps.get_model(label)).pk for label in kind.models]


def shown(language: str) -> Any:
    """The pages of this language that anybody may see: live, in no restricted part of the tree, of a known kind."""
    of_a_kind = reduce(or_, (Q(content_type__in=types_of(kind)) & kind.shown(language) for kind in kinds()))
    return Page.objects.live().public().filter(of_a_kind, locale__language_code=language)
