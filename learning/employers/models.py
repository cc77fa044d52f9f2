"""Employers: organisations, their teams and managers, dated employments, and what is asked of whom."""

import uuid
from datetime import date, datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import ClaimCard, User
from cms.pages.audiences import Audience
from learning.modules.models import Module


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Vocabulary of organisations."""

    def for_manager(self, user: User | AnonymousUser) -> "OrganisationQuerySet":
        """Organisations that this person manages; none for somebody who isn't signed in."""
        if isinstance(user, AnonymousUser):
            return self.none()
        return self.filter(managers__user=user, managers__accepted_at__isnull=False)


class Organisation(models.Model):
    """An employer. Before `names_open` its managers see counts of 10 and more only (Dutch law on works
    councils, article 27 paragraph 1 k and l)."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200)
    kvk = models.CharField(
        _("Chamber of Commerce number"),
        max_length=8,
        blank=True,
        validators=[RegexValidator(r"^\d{8}$", _("Fill in the 8 digits."))],
    )
    sector = models.CharField(_("sector"), max_length=20, choices=Audience.choices)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    works_council_consent_on = models.DateField(null=True, blank=True, editable=False)
    declared_none_required_on = models.DateField(null=True, blank=True, editable=False)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    #: Name and function of who declared it, as typed then: it stays when the account goes.
    declared_as = models.CharField(max_length=200, blank=True, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("employer")
        verbose_name_plural = _("employers")
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="organisation_one_ground_for_names",
                condition=Q(works_council_consent_on__isnull=True) | Q(declared_none_required_on__isnull=True),
            ),
            models.CheckConstraint(
                name="organisation_declaration_has_name",
                condition=(Q(declared_none_required_on__isnull=True) & Q(declared_as=""))
                | (Q(declared_none_required_on__isnull=False) & ~Q(declared_as="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def names_open(self, on: date) -> bool:
        """Whether names may be shown on this date: the works council's consent, or the employer's own
        declaration that none is required, was recorded for that date or before."""
        ground = self.works_council_consent_on or self.declared_none_required_on
        return ground is not None and ground <= on

    def record_consent(self, consent_on: date, on: date) -> None:
        """Records the works council's consent of `consent_on`.

        Raises `ValidationError` for a date after `on`, today.
        """
        if consent_on > on:
            raise ValidationError({"consent_on": _("This date is in the future. Fill in the date of the consent.")})
        self.works_council_consent_on = consent_on
        self.declared_none_required_on, self.declared_by, self.declared_as = None, None, ""
        self.save(update_fields=[*GROUND_FIELDS])

    def declare_none_required(self, name: str, by: User, on: date) -> None:
        """Records that `name` (name and function) declares that no consent is required.

        Raises `ValidationError` without a name.
        """
        if not name.strip():
            raise ValidationError({"declared_as": _("Fill in the name and function of who declares this.")})
        self.works_council_consent_on = None
        self.declared_none_required_on, self.declared_by, self.declared_as = on, by, name.strip()
        self.save(update_fields=[*GROUND_FIELDS])

    def withdraw_ground(self) -> None:
        """Takes the consent or declaration back: from now on no names are shown."""
        self.works_council_consent_on = self.declared_none_required_on = self.declared_by = None
        self.declared_as = ""
        self.save(update_fields=[*GROUND_FIELDS])


GROUND_FIELDS = ("works_council_consent_on", "declared_none_required_on", "declared_by", "declared_as")


class Team(models.Model):
    """A part of an organisation. Two spellings that differ in case are one team."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint("organisation", Lower("name"), name="team_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Manager(models.Model):
    """Who manages an organisation's people here. `user` is empty until an invitation is accepted."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="managers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="manages"
    )
    email = models.EmailField(_("e-mail address"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    token_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "user"], condition=Q(user__isnull=False), name="manager_once"
            ),
            models.UniqueConstraint("organisation", Lower("email"), name="manager_email_once"),
            models.CheckConstraint(
                name="manager_accepted_has_user", condition=Q(accepted_at__isnull=True) | Q(user__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"manager {self.pk}"


class EmploymentQuerySet(models.QuerySet["Employment"]):
    """Vocabulary of employments; dates are dates in Amsterdam."""

    def current(self, on: date) -> "EmploymentQuerySet":
        """Employments that have begun and not ended on this date; the last day counts."""
        return self.filter(starts_on__lte=on).not_ended(on)

    def not_ended(self, on: date) -> "EmploymentQuerySet":
        """Current employments and those that are still to begin."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))

    def for_manager(self, user: User | AnonymousUser) -> "EmploymentQuerySet":
        """Employments at the organisations that this person manages."""
        return self.filter(organisation__in=Organisation.objects.for_manager(user))

    def covered_by(self, assignment: "Assignment") -> "EmploymentQuerySet":
        """Employments that this assignment is for: a team's, or everyone's."""
        people = self.filter(organisation_id=assignment.organisation_id)
        return people.filter(team_id=assignment.team_id) if assignment.team_id else people


class Employment(models.Model):
    """A dated tie between a person and an organisation. The names and address are the employer's own
    list; `user` stays empty until the person accepts the tie."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="employments")
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="employments", verbose_name=_("team")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="employments"
    )
    first_name = models.CharField(_("first name"), max_length=150)
    #: With what stands before it: "de Vries".
    last_name = models.CharField(_("last name"), max_length=150)
    email = models.EmailField(_("e-mail address"), null=True, blank=True)
    personnel_number = models.CharField(_("personnel number"), max_length=40, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    card = models.OneToOneField(ClaimCard, null=True, blank=True, on_delete=models.SET_NULL, related_name="employment")

    objects = EmploymentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "personnel_number"],
                condition=Q(ends_on__isnull=True) & ~Q(personnel_number=""),
                name="employment_number_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(ends_on__isnull=True, email__isnull=False),
                name="employment_email_once",
            ),
            models.CheckConstraint(
                name="employment_ends_after_start", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="employment_user_has_accepted", condition=Q(user__isnull=True) | Q(accepted_at__isnull=False)
            ),
            models.CheckConstraint(
                name="employment_email_lower", condition=Q(email__isnull=True) | Q(email=Lower("email"))
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "last_name", "first_name"]),
            models.Index(fields=["ends_on"]),
        ]

    def __str__(self) -> str:
        return f"employment {self.pk}"

    @property
    def name(self) -> str:
        """The person's name as the employer wrote it."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def sort_name(self) -> str:
        """The name as a list shows it: last name first."""
        return f"{self.last_name}, {self.first_name}".strip(", ")

    def is_current(self, on: date) -> bool:
        """Whether this employment has begun and not ended on this date."""
        return self.starts_on <= on and (self.ends_on is None or self.ends_on >= on)

    def state(self, at: datetime) -> str:
        """How the tie to the person stands: `ended`, `accepted`, `declined`, `card`, `invited` or `new`.
        It depends on what the person did with this tie only, never on whether an account existed."""
        if self.ends_on is not None and self.ends_on < timezone.localdate(at):
            return "ended"
        if self.user_id is not None:
            return "accepted"
        if self.declined_at is not None:
            return "declined"
        if self.card_id is not None:
            return "card"
        return "invited" if self.invited_at is not None else "new"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Vocabulary of assignments."""

    def open(self) -> "AssignmentQuerySet":
        """Assignments that were not ended, of modules that are still offered."""
        return self.filter(ended_at__isnull=True, module__retired_at__isnull=True)


class Assignment(models.Model):
    """That an organisation asks a team, or everyone, to complete a module before the end of `due_on`."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="assignments")
    #: Empty: everyone.
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.CASCADE, related_name="assignments")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="assignments")
    due_on = models.DateField(_("deadline"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "ended_at"])]

    def __str__(self) -> str:
        return f"assignment {self.pk}"


class Obligation(models.Model):
    """That one person has to complete one module, and by when: an assignment worked out per person, so
    that a dashboard is one query. Kept by the verbs of `assigning.py`; one per person and module."""

    employment = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="obligations")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="+")
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="obligations")
    due_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["employment", "module"], name="obligation_once"),
        ]

    def __str__(self) -> str:
        return f"obligation {self.pk}"


class StaffUpload(models.Model):
    """A file of staff, staged: nothing of it is applied before a manager confirms."""

    class State(models.TextChoices):
        READING = "reading", _("Being read")
        STAGED = "staged", _("Ready to check")
        APPLYING = "applying", _("Being processed")
        APPLIED = "applied", _("Processed")

    class Kind(models.TextChoices):
        """What a row does."""

        ADD = "add", _("To add")
        CHANGE = "change", _("To change")
        SAME = "same", _("Stays the same")
        FAULT = "fault", _("Not right")

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="uploads")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    file_name = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    #: `[[the file's own column name, our field or "", an example]]`, in the file's order.
    columns = models.JSONField(default=list)
    #: Names of teams that applying will make.
    new_teams = models.JSONField(default=list)
    #: Rows by kind: `{"add": 1, ...}`, as read and, once applied, as it was done.
    counts = models.JSONField(default=dict)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "-created_at"])]

    def __str__(self) -> str:
        return f"upload {self.pk}"


class StaffUploadBlock(models.Model):
    """Some hundreds of rows that are right, applied together in one transaction."""

    upload = models.ForeignKey(StaffUpload, on_delete=models.CASCADE, related_name="blocks")
    position = models.PositiveIntegerField()
    #: `[[row number, kind, values by field]]`
    rows = models.JSONField()
    size = models.PositiveIntegerField()
    applied = models.BooleanField(default=False)
    #: Rows by kind as they were applied: the list may have changed since the file was read.
    outcome = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["upload", "position"], name="upload_block_once"),
        ]

    def __str__(self) -> str:
        return f"block {self.position}"


class FaultyRow(models.Model):
    """One row of a file that isn't right: kept so that it can be shown, downloaded and mended."""

    upload = models.ForeignKey(StaffUpload, on_delete=models.CASCADE, related_name="faulty_rows")
    #: As the spreadsheet numbers it: the row of column names is usually 1.
    number = models.PositiveIntegerField()
    #: The file's own cells.
    cells = models.JSONField()
    #: `[[field, what stood there, code of the fault, detail]]`
    faults = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["upload", "number"], name="faulty_row_once"),
        ]

    def __str__(self) -> str:
        return f"row {self.number}"
