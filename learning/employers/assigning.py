"""Assignments, and the obligations per person that follow from them.

The newest open assignment that covers a person sets the deadline for its module. Who joins later than
an assignment was made gets at least `GRACE_DAYS`: nobody is late on the first day.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.accounts import audit
from cms.accounts.models import User
from learning.employers.models import Assignment, Employment, Obligation, Organisation, Team
from learning.modules.models import Module

GRACE_DAYS = 30
#: People per transaction: short enough to let other writers through.
CHUNK = 1000


def assign(
    organisation: Organisation, team: Team | None, module: Module, due_on: date, by: User, at: datetime
) -> Assignment:
    """Asks `team`, or everyone where it is None, to complete `module` before the end of `due_on`.

    Raises `ValidationError` for a deadline in the past, for another organisation's team, and for a module
    that isn't offered.
    """
    if due_on < timezone.localdate(at):
        raise ValidationError({"due_on": _("This date has passed. Choose today or a later date.")})
    if team is not None and team.organisation_id != organisation.pk:
        raise ValidationError({"team": _("Choose one of your own teams.")})
    if module.retired_at is not None or module.current_edition_id is None:
        raise ValidationError({"module": _("This module is not offered any more.")})
    assignment = Assignment.objects.create(
        organisation=organisation, team=team, module=module, due_on=due_on, created_by=by, created_at=at
    )
    refresh_covered(assignment, at)
    return assignment


def end_assignment(assignment: Assignment, by: User, at: datetime) -> None:
    """Asks for it no longer. An older open assignment of the module counts again. Twice is once."""
    if not Assignment.objects.filter(pk=assignment.pk, ended_at__isnull=True).update(ended_at=at):
        return
    audit.record("assignment.ended", assignment, by)
    refresh_covered(assignment, at)


def refresh_covered(assignment: Assignment, at: datetime) -> None:
    """Works out again what is asked of everybody whom this assignment is or was for."""
    people = Employment.objects.filter(
        Q(pk__in=Employment.objects.covered_by(assignment).values("pk"))
        | Q(pk__in=assignment.obligations.values("employment_id"))
    ).not_ended(timezone.localdate(at))
    for chunk in _in_chunks(people.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            refresh(Employment.objects.filter(pk__in=chunk), timezone.localdate(at))


def _in_chunks(pks: Iterable[int]) -> Iterator[list[int]]:
    todo = list(pks)
    for start in range(0, len(todo), CHUNK):
        yield todo[start : start + CHUNK]


def refresh(employments: Iterable[Employment], on: date) -> None:
    """Makes the obligations of these people (of one organisation) what the open assignments ask. A fixed
    number of queries; changes nothing when nothing changed."""
    people = list(employments)
    if not people:
        return
    assignments = list(Assignment.objects.open().filter(organisation_id=people[0].organisation_id).order_by("pk"))
    present: dict[int, dict[int, Obligation]] = defaultdict(dict)
    for obligation in Obligation.objects.filter(employment__in=[person.pk for person in people]):
        present[obligation.employment_id][obligation.module_id] = obligation
    added: list[Obligation] = []
    changed: list[Obligation] = []
    gone: list[int] = []
    for person in people:
        wanted = wanted_of(person, assignments)
        for module_id, assignment in wanted.items():
            held: Obligation | None = present[person.pk].get(module_id)
            if held is None:
                due_on = due_for(assignment, person, on)
                added.append(Obligation(employment=person, module_id=module_id, assignment=assignment, due_on=due_on))
            elif held.assignment_id != assignment.pk:
                held.assignment, held.due_on = assignment, due_for(assignment, person, on)
                changed.append(held)
        gone += [item.pk for module_id, item in present[person.pk].items() if module_id not in wanted]
    Obligation.objects.bulk_create(added, batch_size=CHUNK, ignore_conflicts=True)
    Obligation.objects.bulk_update(changed, ["assignment", "due_on"], batch_size=CHUNK)
    if gone:
        Obligation.objects.filter(pk__in=gone).delete()


def wanted_of(person: Employment, assignments: Sequence[Assignment]) -> dict[int, Assignment]:
    """By module, the newest of `assignments` (oldest first) that covers this person."""
    return {
        assignment.module_id: assignment
        for assignment in assignments
        if assignment.team_id is None or assignment.team_id == person.team_id
    }


def due_for(assignment: Assignment, person: Employment, on: date) -> date:
    """The deadline for a person on whom this assignment falls on the date `on`."""
    made_on = timezone.localdate(assignment.created_at)
    joined_on = max(person.starts_on, on)
    if joined_on <= made_on:
        return assignment.due_on
    return max(assignment.due_on, joined_on + timedelta(days=GRACE_DAYS))
