"""What someone did: registrations, attempts, answers, completions and certificates."""

import uuid
from collections.abc import Collection, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.accounts import audit
from cms.accounts.models import new_code
from learning.modules.models import Edition, Immutable, Module
from learning.records.dates import add_months
from learning.records.grading import judge, stored
from learning.records.json_set import JSONSet
from learning.records.refusals import AlreadySubmitted, NotAnOption, NotInAttempt, Unanswered, WrongNumberChosen

if TYPE_CHECKING:
    from cms.accounts.models import User


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

    `drawn` is `[{"question": uuid, "kind": "single"|"multiple", "lesson": key, "options": [uuid, ...]}]`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="attempts")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    drawn = models.JSONField()
    pass_mark = models.DecimalField(max_digits=5, decimal_places=2)
    started_at = models.DateTimeField(default=timezone.now)
    #: What was chosen: `{question: [option, ...]}`. None once the answers are deleted: on completion, or
    #: 30 days after the start.
    answers = models.JSONField(default=dict, null=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    points = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)
    max_points = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)
    passed = models.BooleanField(null=True, blank=True)
    #: Lessons to read again: `{lesson key: number of questions not fully right}`. None before submission
    #: and again 30 days after the start.
    missed = models.JSONField(null=True, blank=True)

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
            models.CheckConstraint(
                name="attempt_passed_keeps_no_answers",
                condition=Q(passed__isnull=True) | Q(passed=False) | Q(answers__isnull=True),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                name="attempt_to_be_swept",
                fields=["started_at"],
                condition=Q(answers__isnull=False) | Q(missed__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.id)

    def answer(self, question: uuid.UUID, chosen: Collection[uuid.UUID]) -> None:
        """Stores what was chosen for one question, at once and durably; again with the same or another
        choice replaces it. Two browsers that answer different questions never lose each other's answer.

        Raises `NotInAttempt`, `NotAnOption`, `WrongNumberChosen`, or `AlreadySubmitted` when the attempt
        was handed in (or thrown away) meanwhile; nothing is changed then.
        """
        shown = next((item for item in self.drawn if item["question"] == str(question)), None)
        if shown is None:
            raise NotInAttempt(str(question))
        picked = {str(option) for option in chosen}
        if not picked <= set(shown["options"]):
            raise NotAnOption(str(question))
        if not picked or (shown["kind"] == "single" and len(picked) > 1):
            raise WrongNumberChosen(str(question))
        ordered = [option for option in shown["options"] if option in picked]
        stored = Attempt.objects.filter(pk=self.pk, submitted_at=None, answers__isnull=False).update(
            answers=JSONSet("answers", str(question), ordered)
        )
        if not stored:
            raise AlreadySubmitted(str(self.pk))
        self.answers = {**(self.answers or {}), str(question): ordered}

    def unanswered(self) -> list[str]:
        """Ids of the drawn questions without an answer, in shown order."""
        answers = self.answers or {}
        return [item["question"] for item in self.drawn if not answers.get(item["question"])]

    def submit(self, at: datetime, language: str = "") -> "Attempt":
        """Hands the attempt in: judges it, counts the chosen options and, on a pass, makes the completion
        and the certificate (in `language`, else the person's own) and deletes the round's answers; all of
        it in one transaction. Returns the attempt as it now stands; handing in again changes nothing and
        returns the same.

        Raises `Unanswered` while a question is open.
        """
        with transaction.atomic():
            attempt = (
                Attempt.objects.select_for_update(of=("self",))
                .select_related("registration__user", "registration__module", "edition")
                .annotate(retried=Exists(Attempt.objects.filter(registration=OuterRef("registration"), passed=False)))
                .get(pk=self.pk)
            )
            if attempt.submitted_at is None:
                attempt._judge(at, language, retried=attempt.retried)
            return attempt

    def _judge(self, at: datetime, language: str, *, retried: bool) -> None:
        if missing := self.unanswered():
            raise Unanswered(missing)
        answers: dict[str, list[str]] = self.answers or {}
        outcome = judge(self.edition.answer_key, self.drawn, answers, self.pass_mark)
        facts = {
            "submitted_at": at,
            "points": stored(outcome.points),
            "max_points": stored(Fraction(outcome.out_of)),
            "passed": outcome.passed,
            "missed": outcome.missed,
            "answers": None if outcome.passed else answers,
        }
        if not Attempt.objects.filter(pk=self.pk, submitted_at=None).update(**facts):
            self.refresh_from_db()
            return
        for name, value in facts.items():
            setattr(self, name, value)
        if outcome.passed:
            self._complete(at, language)
            if retried:
                Attempt.objects.filter(registration=self.registration_id).update(answers=None)
        OptionTally.count_chosen(self.edition_id, answers)

    def _complete(self, at: datetime, language: str) -> None:
        round_ = self.registration
        if not Registration.objects.filter(pk=round_.pk, closed_at=None).update(closed_at=at):
            return
        round_.closed_at = at
        done_on = timezone.localdate(at)
        months = self.edition.validity_months
        completion = Completion.objects.create(
            registration=round_,
            user=round_.user,
            module=round_.module,
            edition=self.edition,
            completed_at=at,
            completed_on=done_on,
            valid_until=add_months(done_on, months) if months else None,
        )
        Certificate.objects.create(
            completion=completion,
            holder_name=round_.user.get_full_name(),
            language=language or round_.user.language,
            issued_at=at,
        )


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

    @classmethod
    def count_chosen(cls, edition_id: int, answers: Mapping[str, Collection[str]]) -> None:
        """Adds one to every chosen option. One statement, its rows in a fixed order, so that people who
        hand in at the same time wait for each other and never block each other for good."""
        chosen = sorted((question, option) for question, options in answers.items() for option in options)
        if not chosen:
            return
        table = connection.ops.quote_name(cls._meta.db_table)
        to_db = models.UUIDField().get_db_prep_value
        rows = ", ".join(["(%s, %s, %s, 1)"] * len(chosen))
        values: list[Any] = []
        for question, option in chosen:
            values += [edition_id, to_db(uuid.UUID(question), connection), to_db(uuid.UUID(option), connection)]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (edition_id, question, option, count) VALUES {rows} "  # noqa: S608 - no input
                f"ON CONFLICT (edition_id, question, option) DO UPDATE SET count = {table}.count + 1",
                values,
            )


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
    #: Room for both of a user's names; empty when none was known on that day.
    holder_name = models.CharField(max_length=310, blank=True)
    language = models.CharField(max_length=10)
    issued_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"certificate {self.pk}"

    @property
    def printed_code(self) -> str:
        """The code in groups of four, as people read and type it."""
        return "-".join(self.code[start : start + 4] for start in range(0, len(self.code), 4))

    def revoke(self, at: datetime, reason: str, actor: "User | None") -> None:
        """Takes the certificate back: its public page says so from now on. The completion stays, since
        it is a fact. Revoking again keeps the first moment and reason. Leaves a line in the trail."""
        with transaction.atomic():
            changed = Certificate.objects.filter(pk=self.pk, revoked_at=None).update(
                revoked_at=at, revoked_reason=reason
            )
            if changed:
                audit.record("certificate.revoked", self, actor)
        if changed:
            self.revoked_at, self.revoked_reason = at, reason
