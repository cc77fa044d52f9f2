"""How far goals and intended results are, as pages show it: a shape plus a word, counted by status."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from cms.pages.data import Progress

#: The shape of each status (`templates/components/badge.html`).
SHAPES = {
    Progress.UNKNOWN: "open",
    Progress.PLANNED: "planned",
    Progress.UNDERWAY: "live",
    Progress.DONE: "done",
    Progress.STOPPED: "expired",
}
#: What was reached first, then what comes, then what the source leaves open.
ORDER = (Progress.DONE, Progress.UNDERWAY, Progress.PLANNED, Progress.UNKNOWN, Progress.STOPPED)


@dataclass(frozen=True)
class Aim:
    """A goal or an intended result, as a row of a page."""

    text: str
    status: Progress
    due: dt.date | None
    period: str
    owner: str

    @property
    def shape(self) -> str:
        """The state mark that goes with the word."""
        return SHAPES[self.status]


@dataclass(frozen=True)
class Count:
    """How many goals and results have this status."""

    status: Progress
    number: int

    @property
    def shape(self) -> str:
        """The state mark that goes with the word."""
        return SHAPES[self.status]


def aims(stream: Any) -> list[Aim]:
    """The goals or results of a stream, in their order."""
    return [
        Aim(
            text=child.value["text"],
            status=Progress(child.value["status"] or Progress.UNKNOWN),
            due=child.value["due"],
            period=child.value["period"] or "",
            owner=child.value["owner"] or "",
        )
        for child in stream
    ]


def counted(*groups: list[Aim]) -> list[Count]:
    """How many of all these stand where; statuses that nothing has are left out."""
    statuses = [aim.status for group in groups for aim in group]
    return [Count(status, number) for status in ORDER if (number := statuses.count(status))]
