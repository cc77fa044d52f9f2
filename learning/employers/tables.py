"""The dashboard's list: one row a person and module. It has the facts an employer may know, and no more."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from learning.employers.models import Obligation
from learning.employers.progress import FOR_EVER, RANKS, Status

BY_NAME = ("employment__last_name", "employment__first_name", "pk")


class ProgressTable(tables.Table):
    """Late first; every column can be sorted by a link in its head."""

    name = tables.Column(
        accessor="employment__sort_name",
        verbose_name=_("Name"),
        order_by=BY_NAME,
        linkify=lambda record, table: table.person_url(record),
    )
    team = tables.Column(
        accessor="employment__team__name",
        verbose_name=_("Team"),
        order_by=("employment__team__name", *BY_NAME),
        default="-",
    )
    module = tables.Column(accessor="module_id", verbose_name=_("Module"), order_by=("module_id", *BY_NAME))
    status = tables.Column(accessor="rank", verbose_name=_("Status"), order_by=("rank", "due_on", *BY_NAME))
    due_on = tables.Column(verbose_name=_("Deadline"), order_by=("due_on", *BY_NAME))
    done_on = tables.Column(verbose_name=_("Completed on"), order_by=("done_on", *BY_NAME), default="-")
    valid_until = tables.Column(verbose_name=_("Valid until"), order_by=("valid_until", *BY_NAME), default="-")

    class Meta:
        template_name = "employers/table.html"
        order_by = "status"

    def __init__(self, *args: Any, modules: dict[int, str], person_url: Any, **kwargs: Any) -> None:
        self.modules = modules
        self._person_url = person_url
        super().__init__(*args, **kwargs)

    def person_url(self, record: Obligation) -> str:
        """The page of this row's person."""
        return str(self._person_url(record.employment))

    def render_module(self, value: int) -> str:
        """The module's name in the reader's language."""
        return self.modules.get(value, "")

    def render_status(self, value: int) -> str:
        """A badge: a shape plus the word."""
        status = Status(RANKS[value])
        return format_html('<span class="badge is-{}">{}</span>', status.value, status.label)

    def render_due_on(self, value: date) -> str:
        """A date in words."""
        return date_format(value, "DATE_FORMAT")

    def render_done_on(self, value: date) -> str:
        """A date in words."""
        return date_format(value, "DATE_FORMAT")

    def render_valid_until(self, value: date) -> str:
        """A date in words, or that there is no end."""
        return str(_("no end")) if value == FOR_EVER else date_format(value, "DATE_FORMAT")
