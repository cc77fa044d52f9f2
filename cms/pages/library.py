"""The list of publications: which of them somebody asked for, and the documents of one in their versions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from cms.pages import downloads
from cms.pages.models.frame import RegionLink, ThemeLink
from cms.pages.models.programmes import ThemePage
from cms.pages.models.regions import RegionPage

PER_PAGE = 20


class PublicationFilter(forms.Form):
    """Which publications to show; areas and themes by the last part of their address."""

    soort = forms.ChoiceField(label=_("Kind"), required=False)
    thema = forms.ChoiceField(label=_("Theme"), required=False)
    regio = forms.ChoiceField(label=_("Area"), required=False)

    def __init__(self, data: QueryDict, kinds: Iterable[tuple[str, Any]], themes: Any, regions: Any) -> None:
        super().__init__({name: data.get(name, "") for name in ("soort", "thema", "regio")}, auto_id="filter-%s")
        choices = {
            "soort": [("", _("All kinds")), *kinds],
            "thema": [("", _("All themes")), *((page.slug, page.title) for page in themes)],
            "regio": [("", _("All areas")), *((page.slug, page.title) for page in regions)],
        }
        for name, values in choices.items():
            field: Any = self.fields[name]
            field.choices = values


def listed(publications: Any, locale: Locale, data: QueryDict) -> dict[str, Any]:
    """What the list shows: `form`, `page_obj` (a page of these publications), `querystring` and `filtered`. A filter
    offers only what some publication belongs to."""
    themes = _linked(
        ThemePage, ThemeLink.objects.filter(page__in=publications).values("theme__translation_key"), locale
    )
    regions = _linked(
        RegionPage, RegionLink.objects.filter(page__in=publications).values("region__translation_key"), locale
    )
    form = PublicationFilter(data, publications.model.Kind.choices, themes, regions)
    form.is_valid()
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    found = publications
    if "soort" in asked:
        found = found.filter(kind=asked["soort"])
    if theme := _of_slug(themes, asked.get("thema")):
        found = found.filter(theme_links__theme__translation_key=theme.translation_key)
    if region := _of_slug(regions, asked.get("regio")):
        found = found.filter(region_links__region__translation_key=region.translation_key)
    return {
        "form": form,
        "page_obj": Paginator(found.distinct(), PER_PAGE).get_page(data.get("pagina")),
        "querystring": urlencode(asked),
        "filtered": bool(asked),
    }


def _linked(model: Any, keys: Any, locale: Locale) -> list[Any]:
    return list(model.objects.live().public().filter(locale=locale, translation_key__in=keys).order_by("title"))


def _of_slug(pages: list[Any], slug: str | None) -> Any:
    return next((page for page in pages if page.slug == slug), None)


@dataclass(frozen=True)
class Version:
    """One version of a document: where it is, how large (bytes), and what changed in it."""

    number: str
    date: date
    url: str
    kind: str
    size: int
    changes: str


def versions(stream: Any) -> list[Version]:
    """The versions that anybody may read, the newest first."""
    values = sorted(downloads.for_everyone(stream), key=lambda value: value["date"], reverse=True)
    return [
        Version(
            number=value["number"],
            date=value["date"],
            url=value["document"].url,
            kind=value["document"].file_extension.upper(),
            size=value["document"].get_file_size() or 0,
            changes=value["changes"],
        )
        for value in values
    ]
