"""The directory: partners, and the partnerships in which they work together. A partner is named here and nowhere
else; every other page looks its name up."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PageChooserPanel
from wagtail.images import get_image_model_string
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail.search import index

from cms.pages.blocks import PageBody
from cms.pages.models.frame import LINKS_PANEL, SOURCE_PANEL, LocalisedContext, Sourced
from cms.pages.sanitise import CleanStreamField


class PartnerIndexPage(LocalisedContext, Page):
    """The directory, at `/<language>/partners/`."""

    intro = models.TextField(_("introduction"), max_length=400)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar = ["pages.HomePage"]
    subpage_types: ClassVar = ["pages.PartnerPage", "pages.PartnershipPage"]
    max_count_per_parent = 1
    template = "pages/partner_index.html"

    class Meta:
        verbose_name = _("directory of partners")


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
        FieldPanel("website"),
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
        FieldPanel("website"),
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
