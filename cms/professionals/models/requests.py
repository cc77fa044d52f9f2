"""A request for an account in an area, the questions about it, and the access that it led to.

An area is named by the translation key of its page: it is one area in every language.
"""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a request stands."""

    UNCONFIRMED = "unconfirmed", _("not confirmed")
    WAITING = "waiting", _("waiting")
    QUESTION = "question", _("question asked")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


#: A decision can still be made.
OPEN = (State.WAITING, State.QUESTION)


class RequestQuerySet(models.QuerySet["AccountRequest"]):
    """Requests by what somebody may see and must do."""

    def confirmed(self) -> "RequestQuerySet":
        """Those whose address was confirmed: nobody judges the others."""
        return self.exclude(state=State.UNCONFIRMED)

    def open(self) -> "RequestQuerySet":
        """Without a decision."""
        return self.filter(state__in=OPEN)

    def in_areas(self, areas: "frozenset[UUID] | None") -> "RequestQuerySet":
        """Of these areas; None stands for all."""
        return self.all() if areas is None else self.filter(area__in=areas)

    def overdue(self, on: date) -> "RequestQuerySet":
        """Waiting for an editor past the day that was promised."""
        return self.filter(state=State.WAITING, answer_by__lt=on)

    def in_order(self) -> "RequestQuerySet":
        """What waits for an editor first, by the day that was promised; then questions; then decisions."""
        rank = Case(When(state=State.WAITING, then=Value(0)), When(state=State.QUESTION, then=Value(1)), default=2)
        newest = models.F("decided_at").desc(nulls_last=True)
        return self.annotate(rank=rank).order_by(
            "rank", Case(When(rank__lt=2, then="answer_by")), newest, "confirmed_at", "pk"
        )


class AccountRequest(models.Model):
    """Somebody asks for an account in an area. What the person entered is theirs; editors only judge it."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    area = models.UUIDField()
    first_name = models.CharField(_("first name"), max_length=150)
    last_name = models.CharField(_("last name"), max_length=150)
    organisation = models.CharField(_("organisation"), max_length=160)
    email = models.EmailField(_("work e-mail"))
    role = models.CharField(_("role"), max_length=160)
    why = models.TextField(_("why you ask for it"), max_length=1000)
    language = models.CharField(max_length=10, default="nl")
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.UNCONFIRMED)
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    #: The day that the person was told; it stands, also when the area's term changes.
    answer_by = models.DateField(_("answer expected by"), null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    #: The access that this request asks to go on with.
    renews = models.ForeignKey(
        "professionals.Access", null=True, blank=True, on_delete=models.SET_NULL, related_name="renewals"
    )

    objects: ClassVar[RequestQuerySet] = RequestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("request for an account")
        verbose_name_plural = _("requests for an account")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["area", "email"], condition=Q(state__in=["waiting", "question"]), name="one_open_request"
            ),
            models.CheckConstraint(
                condition=Q(state="unconfirmed") | Q(confirmed_at__isnull=False, answer_by__isnull=False),
                name="request_confirmed_with_term",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["area", "state", "answer_by"], name="request_queue")]

    def __str__(self) -> str:
        return f"request {self.pk}"

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def is_open(self) -> bool:
        """Whether a decision can still be made."""
        return self.state in OPEN

    def is_overdue(self, on: date) -> bool:
        """Whether an editor is past the day that was promised."""
        return self.state == State.WAITING and self.answer_by is not None and self.answer_by < on


class Question(models.Model):
    """What an editor asked about a request, and what the person answered."""

    request = models.ForeignKey(AccountRequest, on_delete=models.CASCADE, related_name="questions")
    text = models.TextField(_("question"), max_length=1000)
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(answered_at__isnull=True), name="one_open_question"
            ),
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"


class AccessQuerySet(models.QuerySet["Access"]):
    """Access by whether it holds."""

    def current(self, on: date) -> "AccessQuerySet":
        """Not ended, and not past its last day."""
        return self.filter(ended_at__isnull=True, until__gte=on)

    def in_areas(self, areas: "frozenset[UUID] | None") -> "AccessQuerySet":
        """Of these areas; None stands for all."""
        return self.all() if areas is None else self.filter(area__in=areas)


class Access(models.Model):
    """Somebody may read what is restricted to an area, until a day. Without `user` it waits until the person
    whose address was confirmed opens it: an account that was there already is tied by its owner only."""

    class Why(models.TextChoices):
        """Why it ended."""

        EXPIRED = "expired", _("its time was over")
        EDITOR = "editor", _("ended by an editor")
        PERSON = "person", _("ended by the person")
        RENEWED = "renewed", _("renewed")

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    request = models.OneToOneField(AccountRequest, on_delete=models.CASCADE, related_name="access")
    area = models.UUIDField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="accesses"
    )
    until = models.DateField(_("until"))
    created_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=10, choices=Why.choices, blank=True)

    objects: ClassVar[AccessQuerySet] = AccessQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "area"],
                condition=Q(ended_at__isnull=True, user__isnull=False),
                name="one_current_access",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_why="") | (Q(ended_at__isnull=False) & ~Q(ended_why="")),
                name="access_ended_with_a_reason",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["ended_at", "until"], name="access_ends")]

    def __str__(self) -> str:
        return f"access {self.pk}"

    def holds(self, at: datetime) -> bool:
        """Whether it is current at this moment."""
        return self.ended_at is None and self.until >= timezone.localdate(at)


class EditorReminder(models.Model):
    """When an editor was last reminded of requests past their term: once a week at most."""

    editor = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"reminder {self.pk}"
