"""What the reporting page says: channels, the text around them, and the way out.

Nothing here knows visitors: the page takes no report and counts nobody. Every number is dated data
with a source, an owner and a review date. A promise of anonymity is shown only in a language whose
wording the channel itself has published or signed.
"""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, RevisionMixin, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.reporting.channels import CHANNEL_CHOICES

#: Promises nobody can keep: the person a report is about may guess who made it.
NEVER_SAID = (
    "100% veilig",
    "100% anoniem",
    "altijd anoniem",
    "niemand komt erachter",
    "100% safe",
    "100% anonymous",
    "always anonymous",
    "nobody will find out",
    "100% sicher",
    "100% anonym",
    "immer anonym",
    "niemand erfährt",
    "100% bezpiecz",
    "zawsze anonim",
    "nikt się nie dowie",
    "100% sigur",
    "întotdeauna anonim",
    "nimeni nu va afla",
    "100% безпечн",
    "100% анонімн",
    "завжди анонімн",
    "ніхто не дізнається",
)
#: The language in which the channels publish their own words.
OWN_LANGUAGE = "nl"


def refuse_impossible_promises(*texts: str) -> None:
    """Raises `ValidationError` when a text says what nobody can keep."""
    said = " ".join(texts).lower()
    if found := next((words for words in NEVER_SAID if words in said), None):
        raise ValidationError(
            _("Nobody can promise “%(words)s”. Say what the channel itself says."), params={"words": found}
        )


def translation_to_check() -> "models.BooleanField[bool, bool]":
    """The mark that a text and a channel carry, each language for itself."""
    return models.BooleanField(
        _("translation to check"),
        default=False,
        help_text=_("The page says so. Take it off when a translator has checked these words."),
    )


class ReportingChannel(TranslatableMixin, DraftStateMixin, RevisionMixin, models.Model):
    """One way to report, in one language."""

    class Promise(models.TextChoices):
        NONE = "none", _("no promise about the name")
        CONFIDENTIAL = "confidential", _("confidential")
        ANONYMOUS = "anonymous", _("anonymous")

    class Wording(models.TextChoices):
        """Whose words the promise is in."""

        OURS = "ours", _("ours: a neutral line, no promise of anonymity")
        QUOTED = "quoted", _("the channel's own published words, quoted literally")
        SIGNED = "signed", _("signed by the channel for this language")

    key = models.SlugField(_("key"), max_length=40, choices=CHANNEL_CHOICES, help_text=_("Pages point to it."))
    name = models.CharField(_("who answers"), max_length=120)
    when = models.CharField(_("when to choose it"), max_length=160, help_text=_("A short sentence, as a heading."))
    number = models.CharField(
        _("number or address"), max_length=60, blank=True, help_text=_("As people read it: 0800-7000.")
    )
    href = models.CharField(
        _("link"),
        max_length=200,
        blank=True,
        validators=[
            RegexValidator(r"^(tel:\+?[0-9]+|mailto:\S+@\S+|https://\S+)$", _("Use tel:, mailto: or https://."))
        ],
        help_text=_("tel:08007000, mailto:… or https://…"),
    )
    website = models.CharField(
        _("website"),
        max_length=200,
        blank=True,
        validators=[URLValidator(schemes=["https"])],
        help_text=_("A second way in, beside the number."),
    )
    scope = models.CharField(
        _("where it holds"), max_length=160, blank=True, help_text=_("Such as: the Rotterdam port only.")
    )
    promise_kind = models.CharField(_("promise"), max_length=12, choices=Promise.choices, default=Promise.NONE)
    promise = models.TextField(
        _("the promise in words"), blank=True, help_text=_("One sentence a line. Quote the channel, add nothing.")
    )
    wording = models.CharField(_("whose words"), max_length=8, choices=Wording.choices, default=Wording.OURS)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    neutral_line = models.CharField(
        _("line while no promise may be made"),
        max_length=200,
        blank=True,
        help_text=_("Shown instead of a promise that the channel has not signed in this language."),
    )
    source = models.TextField(_("source"), help_text=_("Where number and promise come from."))
    checked_on = models.DateField(
        _("checked on"), null=True, blank=True, help_text=_("The day you called or looked it up yourself.")
    )
    owner = models.CharField(_("owner"), max_length=120, help_text=_("Who keeps this right."))
    review_on = models.DateField(_("check again before"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    translation_to_check = translation_to_check()

    #: A signature, a quotation and a check hold for one language: a translation starts without them.
    exclude_fields_in_copy: ClassVar = ["wording", "signed_on", "checked_on"]
    translatable_fields: ClassVar = [
        *(TranslatableField(name) for name in ("name", "when", "scope", "promise", "neutral_line", "source")),
        *(SynchronizedField(name) for name in ("key", "number", "href", "website", "promise_kind", "order")),
        *(SynchronizedField(name) for name in ("owner", "review_on")),
    ]

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("key"), FieldPanel("order")]),
        FieldPanel("when"),
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("number"), FieldPanel("href")]),
        FieldPanel("website"),
        FieldPanel("scope"),
        MultiFieldPanel(
            [
                FieldPanel("promise_kind"),
                FieldPanel("promise"),
                FieldRowPanel([FieldPanel("wording"), FieldPanel("signed_on")]),
                FieldPanel("neutral_line"),
            ],
            heading=_("What it promises"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("source"),
                FieldRowPanel([FieldPanel("checked_on"), FieldPanel("review_on")]),
                FieldPanel("owner"),
                FieldPanel("translation_to_check"),
            ],
            heading=_("Who says so"),
        ),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("reporting channel")
        verbose_name_plural = _("reporting channels")
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "locale"], name="reporting_channel_once_a_language"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})" if self.number else self.name

    def clean(self) -> None:
        """A promise of anonymity needs the channel's own words, and a signature outside its own language."""
        super().clean()
        refuse_impossible_promises(self.promise, self.neutral_line, self.when)
        if self.wording == self.Wording.SIGNED and not self.signed_on:
            raise ValidationError({"signed_on": _("Say when the channel signed this wording.")})
        if self.checked_on and self.checked_on > timezone.localdate():
            raise ValidationError({"checked_on": _("This day has not come yet.")})
        if self.number and not self.href:
            raise ValidationError({"href": _("A number needs a link, so that people can tap it.")})
        if self.promise_kind == self.Promise.ANONYMOUS and not self.promise_may_be_shown and not self.neutral_line:
            raise ValidationError(
                {"neutral_line": _("The channel has not signed this promise in this language: give a neutral line.")}
            )

    @property
    def promise_may_be_shown(self) -> bool:
        """Whether the promise may stand on the page in this language. Anonymity: only in words that the
        channel has signed, or, in the channels' own language, quoted from what they publish."""
        if self.promise_kind != self.Promise.ANONYMOUS:
            return True
        if self.wording == self.Wording.SIGNED:
            return self.signed_on is not None
        quoted = self.wording == self.Wording.QUOTED
        return quoted and bool(self.locale_id) and self.locale.language_code == OWN_LANGUAGE

    @property
    def promise_lines(self) -> list[str]:
        """The promise as it may be shown, a sentence each; else the neutral line."""
        text = self.promise if self.promise_may_be_shown else self.neutral_line
        return [line.strip() for line in text.splitlines() if line.strip()]

    @property
    def is_call(self) -> bool:
        """Whether the link starts a telephone call."""
        return self.href.startswith("tel:")

    @property
    def website_host(self) -> str:
        """The website as people read it."""
        return (urlsplit(self.website).hostname or "").removeprefix("www.")


class RemainsBlock(blocks.StructBlock):
    """Something that stays behind on the visitor's side, and what to do about it."""

    what = blocks.CharBlock(label=_("what stays behind"), max_length=80)
    action = blocks.CharBlock(label=_("what to do"), max_length=200)


class LinesBlock(blocks.StreamBlock):
    """Short sentences, in order."""

    line = blocks.CharBlock(label=_("sentence"), max_length=200)


class RemainsListBlock(blocks.StreamBlock):
    """What stays behind."""

    item = RemainsBlock(label=_("what stays behind"))


class ReportingText(TranslatableMixin, DraftStateMixin, RevisionMixin, models.Model):
    """The text around the channels, once a language."""

    title = models.CharField(_("title"), max_length=60, help_text=_("Neutral: it stays in the browser's history."))
    intro = models.TextField(_("introduction"))
    m_heading = models.CharField(_("heading of the panel of M."), max_length=80)
    m_lead = models.CharField(_("first line beside the number of M."), max_length=160)
    m_note = models.TextField(_("what M. can't prevent"), blank=True)
    steps_heading = models.CharField(_("heading: how a report goes"), max_length=80)
    steps = StreamField(LinesBlock(), verbose_name=_("how a report goes"), blank=True)
    steps_source = models.CharField(_("source of the steps"), max_length=300, blank=True)
    remains_heading = models.CharField(_("heading: what stays with you"), max_length=80)
    remains_intro = models.TextField(_("what this page keeps"))
    remains = StreamField(RemainsListBlock(), verbose_name=_("what stays with you"), blank=True)
    channels_heading = models.CharField(_("heading: all numbers"), max_length=80)
    never_heading = models.CharField(_("heading: what not to do"), max_length=80)
    never = models.TextField(_("what not to do"))
    translation_to_check = translation_to_check()

    panels: ClassVar = [
        FieldPanel("title"),
        FieldPanel("intro"),
        MultiFieldPanel([FieldPanel("m_heading"), FieldPanel("m_lead"), FieldPanel("m_note")], heading=_("M.")),
        MultiFieldPanel(
            [FieldPanel("steps_heading"), FieldPanel("steps"), FieldPanel("steps_source")],
            heading=_("How a report goes"),
        ),
        MultiFieldPanel(
            [FieldPanel("remains_heading"), FieldPanel("remains_intro"), FieldPanel("remains")],
            heading=_("What stays with the visitor"),
        ),
        FieldPanel("channels_heading"),
        MultiFieldPanel([FieldPanel("never_heading"), FieldPanel("never")], heading=_("What not to do")),
        FieldPanel("translation_to_check"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("text of the reporting page")
        verbose_name_plural = _("texts of the reporting page")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["locale"], name="reporting_text_once_a_language"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.locale.language_code})" if self.locale_id else self.title

    def clean(self) -> None:
        """Refuses what nobody can promise."""
        super().clean()
        steps = [str(child.value) for child in self.steps]
        refuse_impossible_promises(self.intro, self.m_heading, self.m_lead, self.m_note, self.remains_intro, *steps)


@register_setting(icon="warning")
class ReportingSettings(BaseGenericSetting):
    """The way out of the reporting page."""

    safe_exit_url = models.CharField(
        _("where 'Leave quickly' goes"),
        max_length=200,
        default="https://www.knmi.nl/",
        validators=[URLValidator(schemes=["https"])],
        help_text=_("A neutral site that many people open: the weather, the news. Never one of ours."),
    )

    class Meta:
        verbose_name = _("reporting page")

    def clean(self) -> None:
        """The way out may not lead back to a place that says what the visitor was doing."""
        super().clean()
        host = urlsplit(self.safe_exit_url).hostname or ""
        if "misdaad" in host or "politie" in host:
            raise ValidationError({"safe_exit_url": _("Choose a neutral site: this one tells what was looked for.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Checks before it stores: there is no screen between a script and this page."""
        self.full_clean(exclude=["id"])
        super().save(*args, **kwargs)
