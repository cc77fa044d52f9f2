"""What a plan puts into the world: campaign pages, and the short links and QR codes that lead there."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import Page
from wagtail.search import index

from campaigns.plans.models import Means
from campaigns.publishing.blocks import CampaignBody
from cms.accounts.models import CODE_ALPHABET
from cms.pages.audiences import Audience
from cms.pages.models import LocalisedContext
from cms.pages.sanitise import CleanStreamField
from cms.reporting.addresses import REPORTING_PATHS, is_reporting


class CampaignIndexPage(LocalisedContext, Page):
    """All campaigns of one language, at `/<language>/campagnes/`."""

    intro = models.TextField(_("introduction"), blank=True, help_text=_("One or two sentences above the list."))

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar = ["wagtailcore.Page", "pages.HomePage"]
    subpage_types: ClassVar = ["publishing.CampaignPage"]
    max_count_per_parent = 1
    template = "publishing/campaign_index.html"

    class Meta:
        verbose_name = _("campaign list")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the live campaigns, newest first."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["campaigns"] = list(
            CampaignPage.objects.child_of(self)
            .live()
            .public()
            .order_by("-first_published_at")
            .select_related("means")[:100]
        )
        context["section"] = "campaigns"
        return context


class CampaignPage(LocalisedContext, Page):
    """A campaign page. It belongs to one means of a plan; it is scheduled and expires like any page."""

    means = models.ForeignKey(
        Means,
        verbose_name=_("means"),
        on_delete=models.PROTECT,
        related_name="pages",
        help_text=_("The means of the communication plan that this page carries out."),
    )
    audience = models.CharField(_("audience"), max_length=20, choices=Audience.choices)
    slogan = models.CharField(
        _("slogan"), max_length=80, help_text=_("Two short clauses, such as “Jouw pas, jouw code.”")
    )
    lead = models.TextField(_("lead"), max_length=400, help_text=_("What it is about, in at most three sentences."))
    module_slug = models.SlugField(
        _("module"), blank=True, help_text=_("Last part of the address of the module to lead to, such as “chauffeurs”.")
    )
    body = CleanStreamField(CampaignBody(), verbose_name=_("content"), blank=True)
    makers = models.TextField(_("who makes this"), blank=True, help_text=_("The partners, in one sentence."))
    source = models.TextField(
        _("source"), help_text=_("Where the facts come from. Say so when an editor still has to check them.")
    )
    checked = models.BooleanField(
        _("checked"), default=False, help_text=_("Tick this when an editor has checked facts and promises.")
    )

    content_panels: ClassVar = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("means"), FieldPanel("audience")], heading=_("Plan")),
        FieldPanel("slogan"),
        FieldPanel("lead"),
        FieldPanel("module_slug"),
        FieldPanel("body"),
        FieldPanel("makers"),
        MultiFieldPanel([FieldPanel("source"), FieldPanel("checked")], heading=_("Source")),
    ]
    settings_panels: ClassVar = [
        HelpPanel(
            content=_(
                "Choose when this page goes live and when it ends. Moving the means on the plan changes nothing here."
            )
        ),
        PublishingPanel(),
    ]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("slogan"), index.SearchField("lead")]
    parent_page_types: ClassVar = ["publishing.CampaignIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "publishing/campaign_page.html"

    class Meta:
        verbose_name = _("campaign page")

    @property
    def drawing(self) -> str:
        """The drawing of this audience."""
        return Audience(self.audience).drawing

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds what the frame of the page needs."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["section"] = "campaigns"
        context["rows"] = in_rows(self.body)
        return context


def in_rows(body: Iterable[Any]) -> list[list[Any]]:
    """The blocks of a page in rows of at most two; the number to call has a row to itself."""
    rows: list[list[Any]] = []
    for block in body:
        alone = block.block_type == "number"
        if rows and not alone and len(rows[-1]) == 1 and rows[-1][0].block_type != "number":
            rows[-1].append(block)
        else:
            rows.append([block])
    return rows


def new_link_code() -> str:
    """A short code of 6 characters that can't be misread in print."""
    return "".join(secrets.choice(CODE_ALPHABET) for _i in range(6))


class ShortLink(index.Indexed, models.Model):
    """A printed address `/q/<code>` with its QR, one per placement. It never dies: when its campaign is not
    live it leads to the page that always stands, `after`."""

    class After(models.TextChoices):
        REPORTING = "reporting", _("The page Report")
        CAMPAIGNS = "campaigns", _("All campaigns")

    code = models.CharField(_("code"), max_length=12, unique=True, default=new_link_code, editable=False)
    placement = models.CharField(
        _("placement"), max_length=200, help_text=_("Where it hangs, such as “Canteen poster, quay north”.")
    )
    means = models.ForeignKey(Means, verbose_name=_("means"), on_delete=models.PROTECT, related_name="short_links")
    page = models.ForeignKey(
        CampaignPage,
        verbose_name=_("campaign page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="short_links",
        help_text=_("Leave empty to lead to the page below straight away."),
    )
    language = models.CharField(
        _("language"), max_length=10, choices=[("nl", _("Dutch")), ("en", _("English"))], default="nl"
    )
    after = models.CharField(
        _("before and after the campaign"),
        max_length=12,
        choices=After.choices,
        default=After.REPORTING,
        help_text=_("Where it leads while the campaign page is not live. Nothing is counted on the way to Report."),
    )

    search_fields: ClassVar = [
        index.SearchField("placement"),
        index.AutocompleteField("placement"),
        index.SearchField("code"),
    ]

    class Meta:
        verbose_name = _("short link")
        verbose_name_plural = _("short links")
        ordering: ClassVar = ["placement", "id"]

    def __str__(self) -> str:
        return f"{self.placement} ({self.code})"

    def clean(self) -> None:
        """A link and its page belong to the same means."""
        super().clean()
        if self.page and self.means_id and self.page.means_id != self.means_id:
            raise ValidationError({"page": _("This page belongs to another means of the plan.")})

    def destination(self, at: datetime) -> str:
        """Where the link leads at this moment: an address on this platform, never a dead end. A page that
        has expired counts as gone, also in the seconds before the worker takes it down."""
        if self.page and self.page.live and not (self.page.expire_at and self.page.expire_at <= at):
            with translation.override(self.page.locale.language_code):
                url = self.page.get_url()
            if url:
                return str(url)
        if self.after == self.After.CAMPAIGNS:
            return f"/{self.language}/campagnes/"
        return REPORTING_PATHS[self.language]

    def follow(self, at: datetime) -> str:
        """Answers where the link leads, and counts one visit in the ISO week of `at` (Amsterdam), unless
        it leads to the reporting page."""
        destination = self.destination(at)
        if may_be_counted(destination):
            ShortLinkWeek.add_one(self, timezone.localdate(at))
        return destination


def may_be_counted(destination: str) -> bool:
    """Whether a visit to this address may be counted at all: never when it is the reporting page, whatever
    the link was made for."""
    return not is_reporting(destination)


class ShortLinkWeek(models.Model):
    """(short link, ISO week, count) and nothing else: no visitor, no moment, no employer."""

    link = models.ForeignKey(ShortLink, on_delete=models.CASCADE, related_name="weeks")
    iso_year = models.PositiveSmallIntegerField()
    iso_week = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-iso_year", "-iso_week"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["link", "iso_year", "iso_week"], name="short_link_week_once"),
        ]

    def __str__(self) -> str:
        return f"{self.iso_year}-W{self.iso_week:02} {self.count}"

    @classmethod
    def add_one(cls, link: ShortLink, on: date) -> None:
        """Adds one to the week that this date falls in, in one statement when the row exists."""
        year, week, _weekday = on.isocalendar()
        key: dict[str, Any] = {"link": link, "iso_year": year, "iso_week": week}
        if not cls.objects.filter(**key).update(count=F("count") + 1):
            cls.objects.get_or_create(**key)
            cls.objects.filter(**key).update(count=F("count") + 1)


#: Below this a week's count is not shown: a placement seen by few points at persons.
SMALLEST_SHOWN = 10


def shown_weeks(link: ShortLink, today: date) -> list[tuple[str, int | None]]:
    """Closed ISO weeks of a link, newest first, as ("2026-W47", count or None where it is under
    `SMALLEST_SHOWN`). The running week is not shown, nor is any total that would reveal a hidden week."""
    year, week, _weekday = today.isocalendar()
    rows = link.weeks.all()
    return [
        (f"{row.iso_year}-W{row.iso_week:02}", row.count if row.count >= SMALLEST_SHOWN else None)
        for row in rows
        if (row.iso_year, row.iso_week) < (year, week)
    ]
