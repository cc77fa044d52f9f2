"""The dashboard's list as CSV and XLSX. No cell can run as a formula (OWASP: CSV injection)."""

import csv
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _

from learning.employers.progress import FOR_EVER, RANKS, Rows, Status

#: What a spreadsheet takes for the start of a formula; the wide forms come from Asian keyboards.
LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BOM = "\ufeff"
CHUNK = 2000

COLUMNS = (
    "employment__last_name",
    "employment__first_name",
    "employment__personnel_number",
    "employment__team__name",
    "module_id",
    "rank",
    "due_on",
    "done_on",
    "valid_until",
)


def guarded(text: str) -> str:
    """The text so that no spreadsheet runs it: an apostrophe before what looks like a formula."""
    return f"'{text}" if text.startswith(LIVE) else text


def lines(found: Rows, modules: dict[int, str]) -> Iterator[list[str]]:
    """A head and one line a person and module, read as a stream."""
    labels = [str(Status(value).label) for value in RANKS]
    yield [
        _("Name"),
        _("Personnel number"),
        _("Team"),
        _("Module"),
        _("Status"),
        _("Deadline"),
        _("Completed on"),
        _("Valid until"),
    ]
    values = found.values_list(*COLUMNS)
    for last, first, number, team, module_id, rank, due_on, done_on, until in values.iterator(chunk_size=CHUNK):
        yield [
            guarded(f"{last}, {first}" if first else last),
            guarded(number),
            guarded(team or ""),
            guarded(modules.get(module_id, "")),
            labels[rank],
            _iso(due_on),
            _iso(done_on),
            _iso(until),
        ]


def _iso(value: date | None) -> str:
    return "" if value is None or value == FOR_EVER else value.isoformat()


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_stream(rows: Iterable[list[str]]) -> Iterator[str]:
    """CSV with a mark for UTF-8 and semicolons, as spreadsheets in the Netherlands read it."""
    writer = csv.writer(_Echo(), delimiter=";")
    yield BOM
    block: list[str] = []
    for number, row in enumerate(rows):
        block.append(writer.writerow(row))
        if number == 0 or len(block) == 500:  # the head goes at once, so that a browser sees it begin
            yield "".join(block)
            block = []
    yield "".join(block)


def xlsx_file(rows: Iterable[list[str]], sheet: str) -> IO[bytes]:
    """An Excel file of these rows, written with constant memory; every cell is text."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
    options: dict[str, Any] = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        page = book.add_worksheet(sheet[:31])
        bold = book.add_format({"bold": True})
        page.set_column(0, 7, 22)
        page.freeze_panes(1, 0)
        for index, row in enumerate(rows):
            for column, text in enumerate(row):
                page.write_string(index, column, text, bold if index == 0 else None)
    file.seek(0)
    return file
