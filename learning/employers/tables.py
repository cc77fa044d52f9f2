"""The dashboard's list: one row a person and module. It has the facts an employer may know, and no more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from learning.employers.models import Obligation, Organisation
from learning.employers.progress import FOR_EVER, RANKS

BY_NAME = ("employment__last_name", "employment__first_name", "pk")


@dataclass(frozen=True)
class Entry:
    """A row as it is shown. `status` is a badge's state; `no_end`: the proof is valid for ever."""

    name: str
    url: str
    team: str
    module: str
    status: str
    due_on: date
    done_on: date | None
    valid_until: date | None
    no_end: bool


class ProgressTable(tables.Table):
    """Late first; every column can be sorted by a link in its head."""

    name = tables.Column(verbose_name=_("Name"), order_by=BY_NAME)
    team = tables.Column(verbose_name=_("Team"), order_by=("employment__team__name", *BY_NAME))
    module = tables.Column(verbose_name=_("Module"), order_by=("module_id", *BY_NAME))
    status = tables.Column(verbose_name=_("Status"), order_by=("rank", "due_on", *BY_NAME))
    due_on = tables.Column(verbose_name=_("Deadline"), order_by=("due_on", *BY_NAME))
    done_on = tables.Column(verbose_name=_("Completed on"), order_by=("done_on", *BY_NAME))
    valid_until = tables.Column(verbose_name=_("Valid until"), order_by=("valid_until", *BY_NAME))

    class Meta:
        order_by = "status"

    def __init__(self, *args: Any, organisation: Organisation, modules: dict[int, str], **kwargs: Any) -> None:
        self.organisation = organisation
        self.modules = modules
        super().__init__(*args, **kwargs)

    def entries(self) -> Iterator[Entry]:
        """The rows of this page."""
        for row in self.paginated_rows:
            record: Obligation = row.record
            employment = record.employment
            yield Entry(
                name=employment.sort_name,
                url=reverse("employers:person", args=[self.organisation.public_id, employment.public_id]),
                team=employment.team.name if employment.team else "",
                module=self.modules.get(record.module_id, ""),
                status=RANKS[row.record.rank],
                due_on=record.due_on,
                done_on=row.record.done_on,
                valid_until=row.record.valid_until,
                no_end=row.record.valid_until == FOR_EVER,
            )
