"""What a person sees of their own record on "Mijn": what is open, done, expired, and their certificates."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from learning.records.assignments import AssignedModule, assigned_to
from learning.records.models import Attempt, Certificate, Completion, Registration
from learning.records.texts import ModuleCard, module_cards

if TYPE_CHECKING:
    from cms.accounts.models import User


@dataclass(frozen=True)
class MyModule:
    """A module with this person's state: `open` (asked or begun), `late`, `done`, `expired` or `free`."""

    card: ModuleCard
    state: str
    begun: bool
    assigned: AssignedModule | None = None
    completion: Completion | None = None


@dataclass(frozen=True)
class Mine:
    """Everything on the page. `to_do` holds what is asked for or begun, `done` what holds today, `free`
    what can be taken besides."""

    to_do: list[MyModule]
    done: list[MyModule]
    free: list[MyModule]
    #: With the module's title of today.
    certificates: list[tuple[Certificate, str]]


def visible_certificates(user: "User") -> QuerySet[Certificate]:
    """The person's certificates, newest first, with their completion. What is older than a PIN reset by
    somebody else isn't shown."""
    ours = Certificate.objects.filter(completion__user=user).select_related("completion")
    if user.private_since:
        ours = ours.filter(issued_at__gte=user.private_since)
    return ours.order_by("-issued_at")


def mine(user: "User", language: str, on: date) -> Mine:
    """This person's modules and certificates on this date. Four queries, whatever there is."""
    cards = module_cards(language)
    assigned: dict[int, AssignedModule] = {}
    for item in assigned_to(user, language):
        assigned.setdefault(item.module_id, item)
    certificates = list(visible_certificates(user))
    latest: dict[int, Completion] = {}
    for certificate in certificates:
        latest.setdefault(certificate.completion.module_id, certificate.completion)
    begun = _begun(user)
    rows = []
    for card in cards.values():
        row = _state(card, assigned.get(card.module_id), latest.get(card.module_id), begun.get(card.module_id), on)
        if row.state == "done" or not card.retired:
            rows.append(row)
    order = {"late": 0, "expired": 1, "open": 2}
    to_do = sorted(
        (row for row in rows if row.state in order),
        key=lambda row: (order[row.state], (row.assigned and row.assigned.due_on) or date.max),
    )
    return Mine(
        to_do=to_do,
        done=[row for row in rows if row.state == "done"],
        free=[row for row in rows if row.state == "free"],
        certificates=[(item, cards[item.completion.module_id].title) for item in certificates],
    )


def _begun(user: "User") -> dict[int, bool]:
    """Module id of every open registration, with whether an attempt of it is under way. One from before a PIN
    reset by somebody else isn't told."""
    attempts = Attempt.objects.filter(registration=OuterRef("pk"), submitted_at=None)
    if user.private_since:
        attempts = attempts.filter(started_at__gte=user.private_since)
    rounds = Registration.objects.filter(user=user, closed_at=None).annotate(under_way=Exists(attempts))
    if user.private_since:
        rounds = rounds.filter(Q(opened_at__gte=user.private_since) | Q(under_way=True))
    return dict(rounds.values_list("module_id", "under_way"))


def _state(
    card: ModuleCard, assigned: AssignedModule | None, completion: Completion | None, begun: bool | None, on: date
) -> MyModule:
    holds = completion is not None and (completion.valid_until is None or completion.valid_until >= on)
    if holds:
        state = "done"
    elif assigned and assigned.due_on and assigned.due_on < on:
        state = "late"
    elif completion:
        state = "expired"
    elif assigned or begun is not None:
        state = "open"
    else:
        state = "free"
    return MyModule(card=card, state=state, begun=bool(begun), assigned=assigned, completion=completion)
