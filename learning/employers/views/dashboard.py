"""How an organisation's people stand: the screen and its two downloads."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.accounts.languages import other_languages
from cms.accounts.second_factor import require_verified
from learning.employers import exports, masking, progress
from learning.employers.access import manager_view
from learning.employers.filters import ProgressFilter
from learning.employers.models import Employment, Organisation
from learning.employers.names import module_names
from learning.employers.progress import Status
from learning.employers.tables import ProgressTable
from learning.employers.views.frame import PER_PAGE, page, user_of


@dataclass(frozen=True)
class TeamRow:
    """A row of the table by team."""

    name: str
    merged: int
    key: str
    late: int
    expired: int
    open: int
    done: int

    @property
    def total(self) -> int:
        """Everyone in this row; a person counts once for every module."""
        return self.late + self.expired + self.open + self.done

    @property
    def bar(self) -> dict[str, str]:
        """Widths and places of the bar's parts."""
        whole = self.total or 1
        done, late = 100 * self.done / whole, 100 * self.late / whole
        return {
            "done": f"{done:.1f}%",
            "rest": f"{100 - done - late:.1f}%",
            "late_at": f"{100 - late:.1f}%",
            "late": f"{late:.1f}%",
        }


@never_cache
@require_safe
@require_verified
def home(request: HttpRequest) -> HttpResponse:
    """To the dashboard of who manages one organisation; a choice for who manages several."""
    organisations = list(Organisation.objects.for_manager(user_of(request))[:100])
    if len(organisations) == 1:
        return redirect("employers:dashboard", organisations[0].public_id)
    return render(
        request,
        "employers/home.html",
        {"organisations": organisations, "translations": other_languages(request)},
        status=200 if organisations else 404,
    )


@require_safe
@manager_view
def dashboard(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Sums, a table by team, and the list of people; counts only while names are hidden."""
    today = timezone.localdate()
    modules = module_names(get_language() or "nl")
    if not organisation.names_open(today):
        return page(
            request, organisation, "dashboard_masked", "dashboard", masked_context(organisation, today, modules)
        )
    found = progress.rows(organisation, today)
    chosen = ProgressFilter(request.GET, queryset=found, organisation=organisation, modules=modules)
    filters = chosen.form.cleaned_data if chosen.is_valid() else {}
    counts = progress.tally(organisation, today)
    if module_id := filters.get("module"):
        counts = {int(module_id): counts.get(int(module_id), {})}
    teams = team_rows(organisation, today, progress.added(counts.values()))
    total = _total(teams)
    narrowed = not chosen.is_valid() or any(value for name, value in filters.items() if name != "module")
    context = {
        "filter": chosen,
        "table": _table(request, organisation, chosen, modules, None if narrowed else total.total),
        "teams": teams,
        "total": total,
        "late_people": _late_people(found, total, len(counts)),
        "query": _query(request, "page"),
        "sort_query": _query(request, "page", "sort"),
        "now": timezone.localtime(),
    }
    return page(request, organisation, "dashboard", "dashboard", context)


def _table(
    request: HttpRequest, organisation: Organisation, chosen: ProgressFilter, modules: dict[int, str], size: int | None
) -> ProgressTable:
    """The page of the list that was asked for; `size` is how long the list is, where that is known."""
    table = ProgressTable(
        chosen.qs.select_related("employment__team"),
        organisation=organisation,
        modules=modules,
        order_by=request.GET.get("sort", "status"),
    )
    table.paginator = Paginator(table.rows, PER_PAGE)
    if size is not None:
        table.paginator.count = size
    table.page = table.paginator.get_page(request.GET.get("page"))
    return table


def _query(request: HttpRequest, *without: str) -> str:
    query = request.GET.copy()
    for name in without:
        query.pop(name, None)
    return query.urlencode()


def _late_people(found: progress.Rows, total: TeamRow, modules: int) -> int:
    """How many people are late: with one module that is the sum itself."""
    if modules <= 1 or not total.late:
        return total.late
    late = found.filter(rank=progress.RANKS.index(Status.LATE)).order_by()
    return late.values("employment_id").distinct().count()


def team_rows(organisation: Organisation, on: date, counts_by_team: progress.ByTeam) -> list[TeamRow]:
    """Counts by team, late first; teams under ten people stand together in the last row."""
    teams = progress.people_by_team(organisation, on)
    sizes = {key: team.people for key, team in teams.items()}
    rows = []
    merged_row = []
    for key, size, counts in masking.merge_small(counts_by_team, sizes):
        if key is None:
            merged_row.append(TeamRow(_("Small teams together"), size, "", **counts))
        elif key == 0:
            rows.append(TeamRow(_("Without a team"), 1, "", **counts))
        else:
            rows.append(TeamRow(teams[key].name, 1, teams[key].public_id, **counts))
    return [*sorted(rows, key=lambda row: (-row.late, row.name)), *merged_row]


def _total(rows: list[TeamRow]) -> TeamRow:
    sums = {status: sum(getattr(row, status) for row in rows) for status in Status.values}
    return TeamRow(_("Everyone"), len(rows), "", **sums)


def masked_context(organisation: Organisation, on: date, modules: dict[int, str]) -> dict[str, Any]:
    """Per module, counts of ten and more by team. Nothing here can be filtered or sorted."""
    names: dict[int | None, str] = dict(organisation.teams.values_list("pk", "name"))
    names[0] = _("Without a team")
    tables = []
    for module_id, table in progress.masked_by_module(organisation, on).items():
        heads = [" + ".join(str(Status(status).label).lower() for status in group) for group in table.groups]
        rows = [
            {
                "name": names.get(row.key, "") if row.key is not None else _("Small teams together"),
                "merged": row.merged if row.key is None else 0,
                "people": row.people,
                "counts": row.counts or [None] * len(heads),
            }
            for row in table.rows
        ]
        tables.append(
            {
                "module": modules.get(module_id, ""),
                "heads": [head[:1].upper() + head[1:] for head in heads] if len(heads) > 1 else [],
                "rows": rows,
                "total": {"people": table.total.people, "counts": table.total.counts or []},
            }
        )
    return {"tables": tables, "people": _at_least_ten(organisation, on), "now": timezone.localtime()}


def _at_least_ten(organisation: Organisation, on: date) -> int | None:
    people = Employment.objects.current(on).filter(organisation=organisation).count()
    return people if people >= masking.MINIMUM else None


def _export_rows(request: HttpRequest, organisation: Organisation) -> progress.Rows | None:
    """What a download has: the list as it is filtered. None while names are hidden."""
    today = timezone.localdate()
    if not organisation.names_open(today):
        return None
    found = progress.rows(organisation, today).order_by("employment__last_name", "employment__first_name", "pk")
    modules = module_names(get_language() or "nl")
    chosen = ProgressFilter(request.GET, queryset=found, organisation=organisation, modules=modules)
    rows: progress.Rows = chosen.qs
    return rows


def _file_name(organisation: Organisation, ending: str) -> str:
    return f"weerbaar-{slugify(organisation.name) or 'export'}-{timezone.localdate().isoformat()}.{ending}"


@require_safe
@manager_view
def export_csv(request: HttpRequest, organisation: Organisation) -> HttpResponseBase:
    """The list as CSV, as a stream."""
    found = _export_rows(request, organisation)
    if found is None:
        return _names_closed(request, organisation)
    rows = exports.lines(found, module_names(get_language() or "nl"))
    response = StreamingHttpResponse(exports.csv_stream(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(organisation, "csv")}"'
    return response


@require_safe
@manager_view
def export_xlsx(request: HttpRequest, organisation: Organisation) -> HttpResponseBase:
    """The list as an Excel file."""
    found = _export_rows(request, organisation)
    if found is None:
        return _names_closed(request, organisation)
    file = exports.xlsx_file(exports.lines(found, module_names(get_language() or "nl")), _("Progress"))
    return FileResponse(file, as_attachment=True, filename=_file_name(organisation, "xlsx"))


def _names_closed(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    return page(request, organisation, "names_closed", "dashboard", status=403)
