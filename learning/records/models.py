"""What someone did: registrations, attempts, answers, completions and certificates."""

import uuid
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import new_code
from learning.modules.models import Edition, Immutable, Module


class Registration(models.Model):
    """One round of one person for one module. At most one is open per person and module."""

    class Kind(models.TextChoices):
        OWN = "own", _("Own choice")
        ASSIGNED = "assigned", _("Assigned")
        REFRESHER = "refresher", _("Refresher")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="registrations")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="registrations")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.OWN)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "module"], condition=Q(closed_at__isnull=True), name="registration_one_open"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Attempt(models.Model):
    """One try at a module's quiz. It stores what was drawn, in shown order, and the rule of the day, so
    that it can be judged alone. Its id may be made on the device.

    `drawn` is `[{"question": uuid, "options": [uuid, ...]}]`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="attempts")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    drawn = models.JSONField()
    pass_mark = models.DecimalField(max_digits=5, decimal_places=2)
    started_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    points = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)
    max_points = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)
    passed = models.BooleanField(null=True, blank=True)
    #: Lessons to read again: `{lesson key: number of questions not fully right}`; emptied with the answers.
    missed = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["registration"], condition=Q(submitted_at__isnull=True), name="attempt_one_open"
            ),
            models.CheckConstraint(
                name="attempt_judged_when_submitted",
                condition=Q(submitted_at__isnull=True, passed__isnull=True, points__isnull=True)
                | Q(submitted_at__isnull=False, passed__isnull=False, points__isnull=False, max_points__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["submitted_at"])]

    def __str__(self) -> str:
        return str(self.id)


class Answer(models.Model):
    """What was chosen for one question of an attempt; deleted on completion, or after 30 days."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    question = models.UUIDField()
    chosen = models.JSONField()
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attempt", "question"], name="answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.question}"


class OptionTally(models.Model):
    """How often an option was chosen, per edition: no person, employer or time."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="tallies")
    question = models.UUIDField()
    option = models.UUIDField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "question", "option"], name="tally_once"),
        ]

    def __str__(self) -> str:
        return f"{self.option} {self.count}"


class CompletionQuerySet(models.QuerySet["Completion"]):
    """Vocabulary of completions; dates are dates in Amsterdam."""

    def valid(self, on: date) -> "CompletionQuerySet":
        """Completions that hold on this date."""
        return self.filter(completed_on__lte=on).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))


class Completion(models.Model):
    """That someone completed a module, and until when it holds. Appended, never edited; at most one per
    registration. `completed_on` and `valid_until` are dates in Europe/Amsterdam."""

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="completion")
    #: Copied from the registration, so that a list of thousands needs one index.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="completions")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="completions")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    completed_at = models.DateTimeField()
    completed_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    objects = CompletionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="completion_valid_after_done",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("completed_on")),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "module", "-completed_on"])]

    def __str__(self) -> str:
        return f"completion {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Writes a new completion; refuses to change one that exists (raises `Immutable`)."""
        if not self._state.adding:
            raise Immutable("A completion is appended, never edited.")
        super().save(*args, **kwargs)


class Certificate(models.Model):
    """The proof of a completion that its holder can show. The name is the holder's on that day."""

    completion = models.OneToOneField(Completion, on_delete=models.CASCADE, related_name="certificate")
    code = models.CharField(max_length=16, unique=True, default=new_code)
    holder_name = models.CharField(max_length=200)
    language = models.CharField(max_length=10)
    issued_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"certificate {self.pk}"
