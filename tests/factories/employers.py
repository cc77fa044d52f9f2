"""Organisations, people and what is asked of them. Verbs where a view would call one; bulk rows where a
test needs thousands."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from learning.employers import assigning, claim_cards, hiring, invitations
from learning.employers.models import Assignment, Employment, Manager, Obligation, Organisation, Team
from learning.modules.models import Edition, Module
from learning.records.models import Completion, Registration

if TYPE_CHECKING:
    from cms.accounts.models import User

_numbers = itertools.count(1)


def make_organisation(name: str = "Kadewerk", manager: User | None = None, *, named: bool = True) -> Organisation:
    """An employer; with `named`, the works council agreed a year ago. With `manager`, that person manages it."""
    consent_on = timezone.localdate() - timedelta(days=365) if named else None
    organisation = Organisation.objects.create(name=name, sector="terminal", works_council_consent_on=consent_on)
    if manager is not None:
        make_manager(organisation, manager)
    return organisation


def make_manager(organisation: Organisation, user: User) -> Manager:
    return Manager.objects.create(
        organisation=organisation, user=user, email=user.email, accepted_at=timezone.now(), invited_at=timezone.now()
    )


def make_team(organisation: Organisation, name: str = "Kade Noord") -> Team:
    return Team.objects.create(organisation=organisation, name=name)


def make_employment(
    organisation: Organisation, user: User | None = None, *, starts_on: date | None = None, **fields: Any
) -> Employment:
    """Somebody who works here since last year; with `user`, that person accepted the tie."""
    number = next(_numbers)
    values = {"first_name": f"First{number}", "last_name": f"Last{number}", "personnel_number": f"n{number}"}
    employment = hiring.add(
        organisation,
        starts_on=starts_on or timezone.localdate() - timedelta(days=400),
        at=timezone.now(),
        **{**values, **{name: value for name, value in fields.items() if name != "ends_on"}},
    )
    if user is not None:
        employment.user, employment.accepted_at = user, timezone.now()
    employment.ends_on = fields.get("ends_on")
    employment.save()
    return employment


def make_assignment(
    organisation: Organisation,
    module: Module,
    *,
    team: Team | None = None,
    due_on: date | None = None,
    by: User | None = None,
) -> Assignment:
    """What is asked; a deadline in the past is set afterwards, since the verb refuses one."""
    today = timezone.localdate()
    due_on = due_on or today + timedelta(days=30)
    assignment = assigning.assign(organisation, team, module, max(due_on, today), by, timezone.now())
    if due_on < today:
        Assignment.objects.filter(pk=assignment.pk).update(due_on=due_on)
        Obligation.objects.filter(assignment=assignment).update(due_on=due_on)
        assignment.refresh_from_db()
    return assignment


def make_completion(
    user: User, edition: Edition, *, completed_on: date | None = None, valid_until: date | None = None
) -> Completion:
    """A completion without the quiz before it."""
    at = timezone.now()
    completed_on = completed_on or timezone.localdate()
    registration = Registration.objects.create(user=user, module=edition.module, closed_at=at)
    return Completion.objects.create(
        registration=registration,
        user=user,
        module=edition.module,
        edition=edition,
        completed_at=at,
        completed_on=completed_on,
        valid_until=valid_until or completed_on + timedelta(days=730),
    )


def make_card(employment: Employment, at: datetime | None = None) -> str:
    """Prints this person's card; returns its code."""
    at = at or timezone.now()
    [printed] = claim_cards.with_cards(
        list(claim_cards.printable(employment.organisation, at).filter(pk=employment.pk)), at
    )
    employment.refresh_from_db()
    return printed.card.code


def make_invitation(employment: Employment, at: datetime | None = None) -> str:
    """Invites this person; returns the token that stands in the mail."""
    from cms.mail.models import OutboxMessage

    assert invitations.invite(employment, at or timezone.now(), "en")
    message = OutboxMessage.objects.filter(kind="invitation").latest("pk")
    return message.text.split("/en/uitnodiging/")[1].split("/")[0]


def make_staff(
    organisation: Organisation,
    module: Module,
    edition: Edition,
    people: int,
    *,
    teams: int = 10,
    done: int | None = None,
    due_on: date | None = None,
) -> list[Employment]:
    """Many people at once, spread over teams, with an assignment; the first `done` (half unless told)
    completed it."""
    from cms.accounts.models import User

    today = timezone.localdate()
    start = next(_numbers) * 1_000_000
    own_teams = Team.objects.bulk_create(
        [Team(organisation=organisation, name=f"Team {start + i}") for i in range(teams)]
    )
    users = User.objects.bulk_create([User(email=f"u{start + i}@example.org", password="!") for i in range(people)])
    employments = Employment.objects.bulk_create(
        [
            Employment(
                organisation=organisation,
                team=own_teams[i % teams] if teams else None,
                user=users[i],
                accepted_at=timezone.now(),
                first_name=f"First{i}",
                last_name=f"Last{i:05}",
                email=users[i].email,
                personnel_number=str(start + i),
                starts_on=today - timedelta(days=400),
            )
            for i in range(people)
        ]
    )
    assignment = Assignment.objects.create(
        organisation=organisation, module=module, due_on=due_on or today + timedelta(days=30)
    )
    Obligation.objects.bulk_create(
        [Obligation(employment=e, module=module, assignment=assignment, due_on=assignment.due_on) for e in employments]
    )
    finished = users[: people // 2 if done is None else done]
    registrations = Registration.objects.bulk_create(
        [Registration(user=user, module=module, closed_at=timezone.now()) for user in finished]
    )
    Completion.objects.bulk_create(
        [
            Completion(
                registration=registration,
                user=registration.user,
                module=module,
                edition=edition,
                completed_at=timezone.now(),
                completed_on=today - timedelta(days=10),
                valid_until=today + timedelta(days=700),
            )
            for registration in registrations
        ]
    )
    return employments
