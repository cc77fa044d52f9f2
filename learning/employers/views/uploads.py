"""Uploading staff: choose a file, check what it would do, confirm, follow."""

from collections.abc import Iterator
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning.employers import checking, exports, uploads
from learning.employers.access import manager_view
from learning.employers.columns import FIELDS
from learning.employers.forms import UploadForm
from learning.employers.matching import Kind
from learning.employers.models import FaultyRow, Organisation, StaffUpload
from learning.employers.reading import Unreadable
from learning.employers.views.frame import PER_PAGE, page, status_of, user_of

#: Seconds after which the page of an upload at work loads itself again.
REFRESH = 3


def upload_of(organisation: Organisation, upload: UUID) -> StaffUpload:
    """One of this organisation's uploads. Raises `Http404` for any other."""
    return get_object_or_404(StaffUpload, organisation=organisation, public_id=upload)


@require_http_methods(["GET", "HEAD", "POST"])
@manager_view
def upload(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Takes a file and stages it; nothing changes yet."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            staged = uploads.stage(organisation, user_of(request), file.name, file.read(), timezone.now())
        except Unreadable as error:
            form.add_error("file", str(error))
        else:
            return redirect("employers:upload_check", organisation.public_id, staged.public_id)
    return page(request, organisation, "upload", "people", {"form": form}, status_of(form))


@require_safe
@manager_view
def check(request: HttpRequest, organisation: Organisation, upload: UUID) -> HttpResponse:
    """What the file would do, what is wrong with it, and how far applying it is."""
    staged = upload_of(organisation, upload)
    faulty = staged.faulty_rows.order_by("number")
    page_obj = Paginator(faulty, PER_PAGE).get_page(request.GET.get("page"))
    counts = {kind.value: staged.counts.get(kind.value, 0) for kind in Kind}
    context = {
        "upload": staged,
        "counts": counts,
        "good": counts["add"] + counts["change"],
        "page_obj": page_obj,
        "faults": [fault for row in page_obj for fault in faults_of(row, staged)],
        "columns": [(own, FIELDS.get(field, ""), example) for own, field, example in staged.columns],
        "applied": staged.blocks.filter(applied=True).aggregate(rows=Sum("size"))["rows"] or 0,
    }
    response = page(request, organisation, "upload_check", "people", context)
    if staged.state == StaffUpload.State.APPLYING:
        response["Refresh"] = str(REFRESH)
    return response


def faults_of(row: FaultyRow, staged: StaffUpload) -> Iterator[dict[str, object]]:
    """What is wrong with a row: column (by the file's own name), what stood there, why, and what to do."""
    own_names = {field: own for own, field, _example in staged.columns if field}
    for field, found, code, detail in row.faults:
        wrong, what_to_do = checking.explain(code, detail)
        column = own_names.get(field) or str(FIELDS.get(field, ""))
        yield {"row": row.number, "column": column, "found": found, "wrong": wrong, "do": what_to_do}


@require_POST
@manager_view
def confirm(request: HttpRequest, organisation: Organisation, upload: UUID) -> HttpResponse:
    """Starts applying the rows that are right."""
    staged = upload_of(organisation, upload)
    uploads.confirm(staged, timezone.now())
    return redirect("employers:upload_check", organisation.public_id, staged.public_id)


@require_safe
@manager_view
def faulty_rows(request: HttpRequest, organisation: Organisation, upload: UUID) -> HttpResponseBase:
    """The rows that aren't right, as a CSV with the file's own columns and what is wrong: to mend and
    upload again."""
    staged = upload_of(organisation, upload)
    response = StreamingHttpResponse(exports.csv_stream(_faulty_lines(staged)), content_type="text/csv; charset=utf-8")
    name = _("rows-to-mend")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _faulty_lines(staged: StaffUpload) -> Iterator[list[str]]:
    own_names = [exports.guarded(own) for own, _field, _example in staged.columns]
    yield [*own_names, _("What is wrong"), _("What to do")]
    for row in staged.faulty_rows.order_by("number").iterator(chunk_size=1000):
        cells = [exports.guarded(str(cell)) for cell in row.cells[: len(own_names)]]
        cells += [""] * (len(own_names) - len(cells))
        faults = list(faults_of(row, staged))
        wrong = " ".join(f"{fault['column']}: {fault['wrong']}" for fault in faults)
        yield [*cells, exports.guarded(wrong), " ".join(str(fault["do"]) for fault in faults)]
