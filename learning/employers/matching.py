"""Which person on an organisation's list a row of a file is, and what it would change: by personnel
number first, then by e-mail address. Used when a file is staged, and again when it is applied."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F

from learning.employers.models import Employment, EmploymentQuerySet, StaffUpload

Kind = StaffUpload.Kind
Fault = tuple[str, str, str, str]


def team_key(name: str) -> str:
    """Two spellings with the same key are one team: "Kade-Zuid" and "Kade Zuid"."""
    return re.sub(r"[\W_]+", "", name.casefold()) or name.casefold()


@dataclass(slots=True)
class Person:
    """What a list has of one person, as the file would write it."""

    pk: int
    values: dict[str, str]


@dataclass(slots=True)
class Listed:
    """The people that rows can match, by number and by address."""

    by_number: dict[str, Person] = field(default_factory=dict)
    by_email: dict[str, Person] = field(default_factory=dict)
    #: Row of the file that matched a person first, by the person's key.
    taken: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Plan:
    """What a row does: its kind, whom it is about, what changes, and what is wrong."""

    kind: Kind
    pk: int | None = None
    changes: dict[str, str] = field(default_factory=dict)
    fault: Fault | None = None


def listed(people: EmploymentQuerySet) -> Listed:
    """Reads these employments, in one query. Of two with the same number the one without an end counts."""
    found = Listed()
    rows = people.order_by(F("ends_on").asc(nulls_last=True)).values_list(
        "pk", "first_name", "last_name", "email", "personnel_number", "team__name", "starts_on", "ends_on"
    )
    for pk, first_name, last_name, email, number, team, starts_on, ends_on in rows.iterator(chunk_size=5000):
        person = Person(
            pk,
            {
                "first_name": first_name,
                "last_name": last_name,
                "email": email or "",
                "personnel_number": number,
                "team": team or "",
                "starts_on": starts_on.isoformat(),
                "ends_on": ends_on.isoformat() if ends_on else "",
            },
        )
        if number:
            found.by_number[number] = person
        if email:
            found.by_email[email] = person
    return found


def matchable(people: EmploymentQuerySet, rows: Iterable[Mapping[str, str]]) -> EmploymentQuerySet:
    """Those of `people` that these rows can match."""
    values = list(rows)
    numbers = [row["personnel_number"] for row in values if row.get("personnel_number")]
    emails = [row["email"] for row in values if row.get("email")]
    return people.filter(personnel_number__in=numbers) | people.filter(email__in=emails)


def plan(number: int, values: Mapping[str, str], people: Listed, today: date) -> Plan:
    """What the row `number` with these values does to the list. An empty cell changes nothing; somebody
    who left before today and isn't in the list is left out."""
    by_number = people.by_number.get(values.get("personnel_number", ""))
    by_email = people.by_email.get(values.get("email", ""))
    if by_number and by_email and by_number.pk != by_email.pk:
        return Plan(Kind.FAULT, fault=("email", values["email"], "two_people", ""))
    person = by_number or by_email
    if person is None:
        if values.get("ends_on", "9999") < today.isoformat():
            return Plan(Kind.SAME)
        return Plan(Kind.ADD)
    first = people.taken.setdefault(person.pk, number)
    if first != number:
        return Plan(Kind.FAULT, fault=("personnel_number", "", "same_person", str(first)))
    changes = {
        name: value
        for name, value in values.items()
        if value != person.values[name]
        and not (name == "team" and team_key(value) == team_key(person.values[name] or " "))
        and not (name == "first_name" and not value)
    }
    starts_on = changes.get("starts_on", person.values["starts_on"])
    ends_on = changes.get("ends_on", person.values["ends_on"])
    if ends_on and ends_on < starts_on:
        return Plan(Kind.FAULT, fault=("starts_on", starts_on, "starts_after_end", ends_on))
    return Plan(Kind.CHANGE if changes else Kind.SAME, person.pk, changes)


#: What `apply_changes` may touch.
CHANGED_FIELDS = (
    *("first_name", "last_name", "email", "personnel_number", "team", "starts_on", "ends_on"),
    *("token_hash", "invited_at"),
)


def apply_changes(employment: Employment, changes: Mapping[str, str], teams: Mapping[str, int]) -> None:
    """Puts these changes on the object. `teams` is team id by key. An invitation that went to another
    address works no more."""
    for name in ("first_name", "last_name", "personnel_number"):
        if name in changes:
            setattr(employment, name, changes[name])
    for name in ("starts_on", "ends_on"):
        if changes.get(name):
            setattr(employment, name, date.fromisoformat(changes[name]))
    if changes.get("team"):
        employment.team_id = teams[team_key(changes["team"])]
    if "email" in changes:
        employment.email = changes["email"]
        if employment.user_id is None:
            employment.token_hash = employment.invited_at = None
