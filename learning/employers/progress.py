"""The public door to how an organisation's people stand: open, done (on, valid until), late or expired,
per person and module. Nothing else about what somebody did is read here.

A completion counts where it falls under the employment: on or after its first day. Who completed in
time and whose proof ran out since is `expired`; who has a newer deadline that passed is `late`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from learning.employers import masking
from learning.employers.models import Employment, Obligation, Organisation
from learning.records.models import Completion

#: Stands for "for ever" while dates are compared.
FOR_EVER = date(9999, 12, 31)


class Status(models.TextChoices):
    """How one person stands for one module; the value is also the badge's state."""

    LATE = "late", _("Late")
    EXPIRED = "expired", _("Expired")
    OPEN = "open", _("Open")
    DONE = "done", _("Completed")


#: Statuses as a list sorts them, late first; a row's `rank` is the place in it.
RANKS: list[str] = list(Status.values)


#: Obligations with what the database works out per row.
Rows = QuerySet[Any, Any]


def rows(organisation: Organisation, on: date) -> Rows:
    """What is asked of everybody who works here on this date, with `rank` (its status), `done_on` and
    `valid_until`.

    `valid_until` is None where nothing was completed, and `FOR_EVER` for a proof without an end.
    """
    proofs = (
        Completion.objects.filter(
            user=OuterRef("employment__user"),
            module=OuterRef("module"),
            completed_on__gte=OuterRef("employment__starts_on"),
            completed_on__lte=on,
        )
        .annotate(until=Coalesce("valid_until", Value(FOR_EVER, output_field=models.DateField())))
        .order_by("-until", "-completed_on")
    )
    return (
        Obligation.objects.filter(
            employment__in=Employment.objects.current(on).filter(organisation=organisation).values("pk")
        )
        .annotate(proof_until=Subquery(proofs.values("until")[:1]))
        .annotate(done_on=Subquery(proofs.values("completed_on")[:1]), valid_until=F("proof_until"))
        .annotate(
            rank=Case(
                When(proof_until__gte=on, then=RANKS.index(Status.DONE)),
                When(
                    Q(due_on__lt=on) & (Q(proof_until__isnull=True) | Q(proof_until__lt=F("due_on"))),
                    then=RANKS.index(Status.LATE),
                ),
                When(proof_until__isnull=False, then=RANKS.index(Status.EXPIRED)),
                default=RANKS.index(Status.OPEN),
                output_field=models.SmallIntegerField(),
            )
        )
    )


def state_of(employment: Employment, on: date) -> dict[int, tuple[str, date | None, date | None]]:
    """`(status, done on, valid until)` by module id for one employment."""
    found = rows(employment.organisation, on).filter(employment=employment)
    return {
        row["module_id"]: (RANKS[row["rank"]], row["done_on"], row["valid_until"])
        for row in found.values("module_id", "rank", "done_on", "valid_until")
    }


#: Counts per status, by team id (0: no team).
ByTeam = dict[int, dict[str, int]]


def tally(organisation: Organisation, on: date) -> dict[int, ByTeam]:
    """Counts per status by module id and team id (0: no team), in one query."""
    counts: dict[int, ByTeam] = defaultdict(lambda: defaultdict(lambda: dict.fromkeys(Status.values, 0)))
    for module_id, team_id, rank, number in (
        rows(organisation, on)
        .order_by()
        .values("module_id", "employment__team_id", "rank")
        .annotate(number=Count("pk"))
        .values_list("module_id", "employment__team_id", "rank", "number")
    ):
        counts[module_id][team_id or 0][RANKS[rank]] += number
    return {module_id: dict(by_team) for module_id, by_team in sorted(counts.items())}


def added(tables: Iterable[ByTeam]) -> ByTeam:
    """These tables added up: a person counts once for every module."""
    total: ByTeam = defaultdict(lambda: dict.fromkeys(Status.values, 0))
    for by_team in tables:
        for team_id, counts in by_team.items():
            for status, number in counts.items():
                total[team_id][status] += number
    return dict(total)


@dataclass(frozen=True)
class TeamSize:
    """A team and how many people work in it."""

    name: str
    public_id: str
    people: int


def people_by_team(organisation: Organisation, on: date) -> dict[int, TeamSize]:
    """Every team in which somebody works, by id (0: no team), in one query."""
    people = Employment.objects.current(on).filter(organisation=organisation).order_by()
    found = people.values("team_id", "team__name", "team__public_id").annotate(number=Count("pk"))
    return {
        row["team_id"] or 0: TeamSize(row["team__name"] or "", str(row["team__public_id"] or ""), row["number"])
        for row in found
    }


def masked_by_module(organisation: Organisation, on: date) -> dict[int, masking.Table]:
    """By module id, what may be shown while names are hidden; modules with fewer than ten people are left
    out. Never a sum over modules: a difference of two tables would tell about few people."""
    tables = {module_id: masking.mask(by_team) for module_id, by_team in tally(organisation, on).items()}
    return {module_id: table for module_id, table in tables.items() if table is not None}
