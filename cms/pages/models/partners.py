"""The directory: partners, and the partnerships in which they work together. A partner is named here and nowhere
else; every other page looks its name up."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PageChooserPanel
from wagtail.images import get_image_model_string
from wagtail.models import Locale, Orderable, Page, TranslatableMixin
from wagtail.search import index

from cms.pages import belonging
from cms.pages.blocks import PageBody
from cms.pages.languages import in_language
from cms.pages.models.frame import LINKS_PANEL, SOURCE_PANEL, LocalisedContext, Sourced
from cms.pages.sanitise import CleanStreamField


class PartnerPage(LocalisedContext, Sourced, Page):
    """One organisation."""

    class Kind(models.TextChoices):
        GOVERNMENT = "government", _("government")
        RIEC = "riec", _("RIEC")
        BUSINESS = "business", _("business")
        SUPPORT = "support", _("support")
        INTERNATIONAL = "international", _("international")

    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices)
    short_name = models.CharField(_("short name"), max_length=40, blank=True, help_text=_("OM, FIOD, KMar."))
    national = models.BooleanField(_("works in the whole country"), default=False)
    intro = models.TextField(_("introduction"), max_length=600, help_text=_("What it is, and its part."))
    body = CleanStreamField(PageBody(), verbose_name=_("content"), blank=True)
    website = models.URLField(_("website"), blank=True)
    logo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Only with the partner's permission. It stands on this page only."),
    )

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("short_name"), FieldPanel("national")]),
        FieldPanel("intro"),
        FieldPanel("body"),
        FieldPanel("website", help_text=_("The organisation's own site, with https://.")),
        FieldPanel("logo"),
        LINKS_PANEL,
        SOURCE_PANEL,
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("short_name", boost=2),
        index.AutocompleteField("short_name"),
        index.SearchField("intro"),
        index.SearchField("body"),
        index.FilterField("kind"),
    ]
    parent_page_types: ClassVar = ["pages.PartnerIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/partner.html"

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds what it takes part in with its part, its areas and its themes."""
        context = super().get_context(request, *args, **kwargs)
        context["kind"] = capfirst(self.get_kind_display())
        members = memberships([self.translation_key], self.locale)[self.translation_key]
        context["parts"] = [
            Part(member.partnership.title, member.partnership, member.part, about=member.partnership.goal)
            for member in members
        ]
        return {**context, **belonging.of_page(self)}


class PartnershipPage(LocalisedContext, Sourced, Page):
    """Organisations that work together: why, where, and who does what."""

    short_name = models.CharField(_("short name"), max_length=40, blank=True, help_text=_("HARC, NSOC, TFOC."))
    goal = models.TextField(_("goal"), max_length=600, help_text=_("What it is for, in one or two sentences."))
    body = CleanStreamField(PageBody(), verbose_name=_("content"), blank=True)
    more_members = models.CharField(
        _("and others"), max_length=200, blank=True, help_text=_("When the source names a group: other ministries.")
    )
    website = models.URLField(_("website"), blank=True)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("short_name"),
        FieldPanel("goal"),
        FieldPanel("body"),
        InlinePanel("members", label=_("member"), heading=_("Members")),
        FieldPanel("more_members"),
        FieldPanel("website", help_text=_("The organisation's own site, with https://.")),
        LINKS_PANEL,
        SOURCE_PANEL,
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("short_name", boost=2),
        index.AutocompleteField("short_name"),
        index.SearchField("goal"),
        index.SearchField("body"),
    ]
    parent_page_types: ClassVar = ["pages.PartnerIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/partnership.html"

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds who takes part, its areas, themes and programmes."""
        context = super().get_context(request, *args, **kwargs)
        context["parts"] = self._parts()
        programmes = Page.objects.live().public().filter(locale=self.locale)
        programmes = programmes.filter(programmepage__partnership__translation_key=self.translation_key)
        context["programmes"] = list(programmes.order_by("title").select_related("locale"))
        return {**context, **belonging.of_page(self)}

    def _parts(self) -> list["Part"]:
        """Who takes part, in the editor's order, by the name of their own page. Partners that aren't live anywhere
        are left out."""
        members = list(self.members.select_related("partner__locale"))
        here = {page.translation_key: page for page in in_language((m.partner for m in members), self.locale)}
        abroad = _shown([m.partner_id for m in members if m.partner.translation_key not in here])
        parts = []
        for member in members:
            own = here.get(member.partner.translation_key)
            if own is not None:
                parts.append(Part(own.title, own, member.part))
            elif member.partner_id in abroad:
                parts.append(Part(member.partner.title, None, member.part, member.partner.locale.language_code))
        return parts


class Member(TranslatableMixin, Orderable):
    """A partner takes part in a partnership. It points at the partner's page in any language."""

    partnership = ParentalKey(PartnershipPage, related_name="members", on_delete=models.CASCADE)
    partner = models.ForeignKey(
        PartnerPage, verbose_name=_("partner"), related_name="memberships", on_delete=models.CASCADE
    )
    part = models.CharField(
        _("part"), max_length=200, blank=True, help_text=_("What it does here, if the source says so.")
    )

    panels: ClassVar = [PageChooserPanel("partner", "pages.PartnerPage"), FieldPanel("part")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("member")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "partner"], name="partner_in_a_partnership_once")
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} in {self.partnership_id}"


@dataclass(frozen=True)
class Part:
    """Someone in a partnership, or a partnership that someone takes part in. A partner whose page isn't there in the
    reader's language keeps the name of its own page: then `language` is set, and `page` is None."""

    title: str
    page: Any
    part: str
    language: str = ""
    #: What the partnership is for, where partnerships are listed.
    about: str = ""


def memberships(keys: Iterable[UUID], locale: Locale) -> defaultdict[UUID, list[Member]]:
    """By translation key of a partner: its memberships of the live partnerships in this language. One query."""
    shown = PartnershipPage.objects.live().public().filter(locale=locale)
    members = Member.objects.filter(partner__translation_key__in=list(keys), partnership__in=shown)
    found: defaultdict[UUID, list[Member]] = defaultdict(list)
    for member in members.select_related("partner", "partnership__locale").order_by("partnership__title", "pk"):
        found[member.partner.translation_key].append(member)
    return found


def _shown(ids: list[int]) -> set[int]:
    """Which of these pages are live and public. One query, or none."""
    return set(Page.objects.live().public().filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
