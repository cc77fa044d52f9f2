"""The communication plan: objective -> target group -> message -> means -> measurement. Grounded in
Factor C (opgave, omgeving, strategie, verhaal, aanpak) and CASI, which goes straight for behaviour."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable
from wagtail.search import index

from cms.accounts.audit import record

if TYPE_CHECKING:
    from cms.accounts.models import User


class NotApprovable(ValidationError):
    """The plan lacks something that it can't be carried out without."""


class CommunicationPlan(index.Indexed, ClusterableModel):
    """A tactical or strategic communication plan. Approving it is a verb of its own (`approve`)."""

    class Level(models.TextChoices):
        STRATEGIC = "strategic", _("Strategic")
        TACTICAL = "tactical", _("Tactical")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        APPROVED = "approved", _("Approved")
        CLOSED = "closed", _("Closed")

    title = models.CharField(_("title"), max_length=200)
    key = models.SlugField(
        _("key"), max_length=80, unique=True, help_text=_("Short name without spaces, for addresses and imports.")
    )
    level = models.CharField(_("level"), max_length=12, choices=Level.choices, default=Level.TACTICAL)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("strategic plan"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tactical_plans",
        help_text=_("A tactical plan belongs to a strategic one, if there is one."),
    )
    region = models.CharField(_("region"), max_length=120, help_text=_("Where this plan is carried out."))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who keeps this plan up to date."),
    )
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT, editable=False)
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    reason = models.TextField(_("reason"), blank=True, help_text=_("Aanleiding: why this plan exists now."))
    challenge = models.TextField(_("challenge"), blank=True, help_text=_("Opgave: what has to change."))
    policy_goal = models.TextField(_("policy goal"), blank=True, help_text=_("Beleidsdoel that this plan serves."))
    frames = models.TextField(_("frames"), blank=True, help_text=_("Kaders: laws, agreements and limits."))
    insight = models.TextField(
        _("insight"), blank=True, help_text=_("What research says about why people do or don't report, with sources.")
    )
    strategy = models.TextField(_("strategy"), blank=True, help_text=_("The choice that is made, and why."))
    organisation = models.TextField(_("organisation"), blank=True, help_text=_("Who leads, sends, approves, spreads."))
    evaluation = models.TextField(_("evaluation plan"), blank=True, help_text=_("What is measured, when and how."))
    source = models.TextField(_("source"), blank=True, help_text=_("Where the facts and targets come from."))

    search_fields: ClassVar = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.FilterField("region"),
        index.FilterField("state"),
    ]

    class Meta:
        verbose_name = _("communication plan")
        verbose_name_plural = _("communication plans")
        ordering: ClassVar = ["-starts_on", "title"]
        constraints: ClassVar = [
            models.CheckConstraint(name="plan_ends_after_start", condition=Q(ends_on__gte=F("starts_on"))),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Says in words what the database refuses."""
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The end must not be before the start.")})
        if self.parent_id and self.parent_id == self.pk:
            raise ValidationError({"parent": _("A plan can't belong to itself.")})

    def gaps(self) -> list[str]:
        """What still stops this plan from being approved, in the current language; empty when nothing does."""
        objectives = list(self.objectives.all())
        gaps: list[str] = []
        if not objectives:
            gaps.append(str(_("The plan has no objectives.")))
        elif not any(objective.kind == Objective.Kind.BEHAVIOUR for objective in objectives):
            gaps.append(str(_("At least one objective must be about behaviour.")))
        for objective in objectives:
            missing = objective.missing()
            if missing:
                gaps.append(
                    str(_("Objective “%(text)s” lacks: %(missing)s."))
                    % {"text": objective.text, "missing": ", ".join(str(name) for name in missing)}
                )
        if not self.key_messages.all():
            gaps.append(str(_("The plan has no key messages.")))
        if not self.means.exists():
            gaps.append(str(_("The plan has no means.")))
        return gaps

    def approve(self, actor: "User", at: datetime) -> None:
        """Approves the plan at `at`.

        Raises `NotApprovable` with every gap: a behaviour objective without indicator, baseline and date
        can't be approved.
        """
        if gaps := self.gaps():
            raise NotApprovable(gaps)
        self.state = self.State.APPROVED
        self.approved_at = at
        type(self).objects.filter(pk=self.pk).update(state=self.state, approved_at=at)
        record("plan_approved", self, actor)

    def reopen(self, actor: "User") -> None:
        """Makes an approved plan a draft again, so that it has to be approved anew."""
        self.state = self.State.DRAFT
        self.approved_at = None
        type(self).objects.filter(pk=self.pk).update(state=self.state, approved_at=None)
        record("plan_reopened", self, actor)


class TargetGroup(Orderable):
    """Whom the plan is for."""

    plan = ParentalKey(CommunicationPlan, on_delete=models.CASCADE, related_name="target_groups")
    name = models.CharField(_("name"), max_length=120)
    sector = models.CharField(_("sector"), max_length=120, blank=True)
    language = models.CharField(_("languages"), max_length=120, blank=True)
    size = models.PositiveIntegerField(_("size"), null=True, blank=True, help_text=_("How many people, if known."))
    intermediaries = models.CharField(_("intermediaries"), max_length=300, blank=True)
    distance = models.TextField(
        _("distance to the offender"), blank=True, help_text=_("The closer the offender, the fewer people report.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")

    def __str__(self) -> str:
        return self.name


class Objective(Orderable):
    """What should be known, felt or done. A behaviour objective needs indicator, baseline and date."""

    class Kind(models.TextChoices):
        KNOWLEDGE = "kennis", _("Knowledge")
        ATTITUDE = "houding", _("Attitude")
        BEHAVIOUR = "gedrag", _("Behaviour")

    plan = ParentalKey(CommunicationPlan, on_delete=models.CASCADE, related_name="objectives")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    text = models.CharField(_("objective"), max_length=300)
    group = models.CharField(
        _("target group"), max_length=120, blank=True, help_text=_("The name of a target group of this plan.")
    )
    indicator = models.CharField(_("indicator"), max_length=300, blank=True, help_text=_("What is measured, and how."))
    baseline = models.CharField(
        _("baseline"), max_length=200, blank=True, help_text=_("Where we are now, or how and when that is measured.")
    )
    target = models.CharField(_("target"), max_length=200, blank=True)
    due_on = models.DateField(_("date"), null=True, blank=True, help_text=_("When it must be reached."))
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="objective_behaviour_measurable",
                condition=~Q(kind="gedrag") | (~Q(indicator="") & ~Q(baseline="") & Q(due_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def missing(self) -> list[Any]:
        """The names of the fields that a behaviour objective can't do without and that are empty."""
        if self.kind != self.Kind.BEHAVIOUR:
            return []
        fields = {"indicator": self.indicator.strip(), "baseline": self.baseline.strip(), "due_on": self.due_on}
        return [self._meta.get_field(name).verbose_name for name, value in fields.items() if not value]

    def clean(self) -> None:
        """Refuses a behaviour objective that can't be measured, field by field."""
        super().clean()
        if self.kind != self.Kind.BEHAVIOUR:
            return
        message = _("An objective about behaviour needs this: without it nobody can tell whether it was reached.")
        errors = {
            name: message
            for name, value in (
                ("indicator", self.indicator.strip()),
                ("baseline", self.baseline.strip()),
                ("due_on", self.due_on),
            )
            if not value
        }
        if errors:
            raise ValidationError(errors)


class KeyMessage(Orderable):
    """What we say to a target group."""

    plan = ParentalKey(CommunicationPlan, on_delete=models.CASCADE, related_name="key_messages")
    group = models.CharField(_("target group"), max_length=120)
    core = models.CharField(_("core"), max_length=200, help_text=_("The message in one sentence."))
    proof = models.TextField(_("proof"), blank=True, help_text=_("The fact that carries it, with its source."))
    action = models.CharField(_("what people can do"), max_length=300, blank=True)
    tone = models.CharField(_("tone"), max_length=200, blank=True)
    avoid = models.CharField(_("words to avoid"), max_length=300, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("key message")
        verbose_name_plural = _("key messages")

    def __str__(self) -> str:
        return self.core


class MeansQuerySet(models.QuerySet["Means"]):
    """Vocabulary of means; dates are dates in Amsterdam."""

    def planned_between(self, first: date, last: date) -> "MeansQuerySet":
        """Means whose planned period touches the days `first`..`last`."""
        return self.filter(planned_start__lte=last, planned_end__gte=first)


class Means(index.Indexed, ClusterableModel):
    """One thing that is made or done for the plan: a page, poster, mailing, visit or survey. Its dates are
    a plan: moving them publishes nothing."""

    class Channel(models.TextChoices):
        PAGE = "page", _("Campaign page")
        PRINT = "print", _("Printed matter")
        MAILING = "mailing", _("Mailing")
        EVENT = "event", _("Event or visit")
        VIDEO = "video", _("Video")
        SOCIAL = "social", _("Social media")
        TRAINING = "training", _("Training")
        SURVEY = "survey", _("Survey")
        KIT = "kit", _("Employer kit")
        TALK = "talk", _("Toolbox talk or briefing")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        READY = "ready", _("Ready")
        LIVE = "live", _("Live")
        DONE = "done", _("Done")

    plan = models.ForeignKey(CommunicationPlan, verbose_name=_("plan"), on_delete=models.PROTECT, related_name="means")
    title = models.CharField(_("title"), max_length=200)
    channel = models.CharField(_("communication channel"), max_length=12, choices=Channel.choices)
    phase = models.CharField(_("phase"), max_length=80, blank=True)
    audience = models.CharField(_("target group"), max_length=120, blank=True)
    language = models.CharField(_("languages"), max_length=60, blank=True)
    planned_start = models.DateField(_("planned start"))
    planned_end = models.DateField(_("planned end"))
    actual_start = models.DateField(_("actual start"), null=True, blank=True)
    actual_end = models.DateField(_("actual end"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PLANNED)
    responsible = models.CharField(_("responsible"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    objectives = ParentalManyToManyField(
        Objective, verbose_name=_("objectives"), blank=True, related_name="means", help_text=_("What this serves.")
    )
    messages = ParentalManyToManyField(KeyMessage, verbose_name=_("key messages"), blank=True, related_name="means")

    objects = MeansQuerySet.as_manager()
    search_fields: ClassVar = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.FilterField("channel"),
        index.FilterField("state"),
    ]

    class Meta:
        verbose_name = _("means")
        verbose_name_plural = _("means")
        ordering: ClassVar = ["planned_start", "planned_end", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="means_planned_end", condition=Q(planned_end__gte=F("planned_start"))),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Says in words what the database refuses, and keeps objectives and messages within the plan."""
        super().clean()
        if self.planned_start and self.planned_end and self.planned_end < self.planned_start:
            raise ValidationError({"planned_end": _("The end must not be before the start.")})
        if self.actual_start and self.actual_end and self.actual_end < self.actual_start:
            raise ValidationError({"actual_end": _("The end must not be before the start.")})

    def went_live(self, on: date) -> None:
        """Something of this means was published on this date; the first such date stays."""
        self.state = self.State.LIVE
        self.actual_start = self.actual_start or on
        self.actual_end = None
        type(self).objects.filter(pk=self.pk).update(state=self.state, actual_start=self.actual_start, actual_end=None)

    def ended(self, on: date) -> None:
        """What was published of this means was taken down on this date; a means that never went live is left
        alone."""
        if self.actual_start is None:
            return
        self.state = self.State.DONE
        self.actual_end = on
        type(self).objects.filter(pk=self.pk).update(state=self.state, actual_end=on)
