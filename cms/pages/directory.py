"""The directory of partners: what a visitor can filter by, who is shown, and where each takes part.

The number of queries doesn't depend on the number of partners. A partner is known by the translation key of its
page, so that a link made in one language holds in all.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Lower
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from cms.pages.belonging import areas_of
from cms.pages.models.frame import RegionLink, ThemeLink
from cms.pages.models.partners import Member, PartnerPage, PartnershipPage, memberships
from cms.pages.models.programmes import ThemePage
from cms.pages.models.regions import RegionPage

PER_PAGE = 20
#: What the filter calls a partnership, beside the kinds of partners.
PARTNERSHIP = "partnership"
MAX_WORDS = 5


class DirectoryFilter(forms.Form):
    """What can be asked of the directory. Areas and themes are chosen by the slug they have in this language."""

    q = forms.CharField(label=_("Name"), max_length=100, required=False, widget=forms.TextInput({"type": "search"}))
    kind = forms.MultipleChoiceField(label=_("Kind"), required=False, widget=forms.CheckboxSelectMultiple)
    region = forms.ChoiceField(label=_("Area"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)

    def __init__(self, asked: QueryDict, locale: Locale) -> None:
        super().__init__(asked)
        self.asked = asked
        self.regions = _by_slug(RegionPage, locale)
        self.themes = _by_slug(ThemePage, locale)
        kinds = [*PartnerPage.Kind.choices, (PARTNERSHIP, _("partnership"))]
        self.fields["kind"].choices = [(value, capfirst(label)) for value, label in kinds]  # type: ignore[attr-defined]
        self.fields["region"].choices = [("", _("All areas")), *_titles(self.regions)]  # type: ignore[attr-defined]
        self.fields["theme"].choices = [("", _("All themes")), *_titles(self.themes)]  # type: ignore[attr-defined]
        self.fields["region"].error_messages["invalid_choice"] = _("We do not know this area. Choose one of the list.")
        self.fields["theme"].error_messages["invalid_choice"] = _("We do not know this theme. Choose one of the list.")
        self.fields["kind"].error_messages["invalid_choice"] = _("We do not know this kind. Choose one of the list.")

    def narrow(self, pages: QuerySet[Page], locale: Locale) -> QuerySet[Page]:
        """Those that fit what was asked. What couldn't be understood narrows nothing; the form says so."""
        self.is_valid()
        asked = self.cleaned_data
        for word in asked.get("q", "").split()[:MAX_WORDS]:
            pages = pages.filter(
                Q(title__icontains=word)
                | Q(partnerpage__short_name__icontains=word)
                | Q(partnershippage__short_name__icontains=word)
            )
        if kinds := asked.get("kind"):
            pages = pages.filter(kind__in=kinds)
        if region := asked.get("region"):
            pages = pages.filter(_belongs(RegionLink, "region", self.regions[region], locale))
        if theme := asked.get("theme"):
            pages = pages.filter(_belongs(ThemeLink, "theme", self.themes[theme], locale))
        return pages

    @property
    def is_used(self) -> bool:
        """Whether anything was asked at all."""
        return any(self.asked.getlist(name) not in ([], [""]) for name in self.fields)


@dataclass(frozen=True)
class Entry:
    """A line of the directory. `places` and `partnerships` are names, the short ones where there are any."""

    page: Any
    kind: str
    places: list[str]
    partnerships: list[str]


def page_of(index: Page, form: DirectoryFilter, number: str | None) -> PaginatorPage[Any]:
    """The entries of this page of the directory; a number that isn't there gives the first or the last."""
    locale = index.locale
    pages = Page.objects.live().public().child_of(index).type(PartnerPage, PartnershipPage)
    pages = pages.annotate(kind=Coalesce("partnerpage__kind", Value(PARTNERSHIP), output_field=CharField()))
    pages = pages.select_related("locale", "partnerpage").order_by(Lower("title"), "pk")
    found = Paginator(form.narrow(pages, locale), PER_PAGE).get_page(number)
    found.object_list = entries(list(found.object_list), locale)
    return found


def entries(pages: list[Any], locale: Locale) -> list[Entry]:
    """These pages, with where they belong and what they take part in. Three queries."""
    labels = {**dict(PartnerPage.Kind.choices), PARTNERSHIP: _("partnership")}
    places = areas_of(pages, locale)
    parts = memberships([page.translation_key for page in pages], locale)
    return [
        Entry(
            page=page,
            kind=capfirst(str(labels[page.kind])),
            places=[gettext("Whole country"), *places[page.pk]] if _is_national(page) else places[page.pk],
            partnerships=[
                member.partnership.short_name or member.partnership.title for member in parts[page.translation_key]
            ],
        )
        for page in pages
    ]


def _is_national(page: Any) -> bool:
    return page.kind != PARTNERSHIP and page.partnerpage.national


def _belongs(link: type[Any], field: str, pages: list[Any], locale: Locale) -> Exists | Q:
    """Belongs to one of these areas or themes: by its own link, or by that of a partnership it takes part in."""
    keys = [page.translation_key for page in pages]
    own = Exists(link.objects.filter(page=OuterRef("pk"), **{f"{field}__translation_key__in": keys}))
    shown = PartnershipPage.objects.live().public().filter(locale=locale)
    linked = link.objects.filter(page__in=shown, **{f"{field}__translation_key__in": keys}).values("page")
    through = Member.objects.filter(partner__translation_key=OuterRef("translation_key"), partnership__in=linked)
    return Q(own) | Q(Exists(through))


def _by_slug(model: type[Any], locale: Locale) -> dict[str, list[Any]]:
    """The live pages of this type in this language by slug; two parents may each have a child of the same slug."""
    found: dict[str, list[Any]] = {}
    for page in model.objects.live().public().filter(locale=locale).order_by("path"):
        found.setdefault(page.slug, []).append(page)
    return found


def _titles(pages: dict[str, list[Any]]) -> list[tuple[str, str]]:
    return [(slug, same[0].title) for slug, same in pages.items()]
