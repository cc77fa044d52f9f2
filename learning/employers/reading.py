"""From an uploaded file to rows of text. What a file is, is told by its content, never by its name."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import IO

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from learning.employers.extent import Malformed, extent

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 100
MAX_CELL = 500
#: All that a spreadsheet may hold when unpacked; a zip bomb holds more.
MAX_UNPACKED = 60 * 1024 * 1024
MAX_PARTS = 200

#: Left out: nobody reads the order in which formulas are worked out.
UNREAD = frozenset({"xl/calcChain.xml"})

ZIP = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"


class Unreadable(Exception):
    """The file as a whole can't be read; the text says what is wrong and what to do."""


def read(content: bytes) -> list[tuple[int, list[str]]]:
    """`(row number as the spreadsheet shows it, cells)` of every row that isn't empty.

    Raises `Unreadable` for a file that is empty, too large, too long or not a table.
    """
    if not content.strip():
        raise Unreadable(_("This file is empty. Choose the file with your staff."))
    if len(content) > MAX_BYTES:
        raise Unreadable(_("This file is larger than 5 MB. Split it and upload the parts one by one."))
    found: list[tuple[int, list[str]]] = []
    for number, cells in enumerate(_sheet(content) if content.startswith(ZIP) else _text(content), start=1):
        texts = [_cell(value) for value in cells]
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            continue
        if len(texts) > MAX_COLUMNS:
            raise Unreadable(
                _("Row %(row)s has more than 100 columns. Remove what doesn't belong there.") % {"row": number}
            )
        found.append((number, texts))
        if len(found) > MAX_ROWS + 1:  # and the row of column names
            raise Unreadable(_("This file has more than 50,000 rows. Split it and upload the parts one by one."))
    if not found:
        raise Unreadable(_("This file is empty. Choose the file with your staff."))
    return found


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value) if value is not None else ""
    return " ".join(text.replace("\x00", "").split())[:MAX_CELL]


def _text(content: bytes) -> Iterator[Sequence[object]]:
    """Rows of a CSV file; `;`, `,` and tab are told apart by the first row."""
    if content.startswith(OLD_EXCEL):
        raise Unreadable(
            _("This is an old Excel file, or one with a password. Save it as .xlsx without a password, or as CSV.")
        )
    if content.startswith((b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"<?xml", b"<html", b"<!DOC")):
        raise Unreadable(_("This isn't a CSV or Excel file. Save your list as .xlsx or as CSV."))
    text = decode(content)
    first, _newline, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        delimiter, text = first.strip()[4], "\n" + rest  # keeps the spreadsheet's own row numbers
    else:
        delimiter = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from reader
    except csv.Error as error:
        raise Unreadable(
            _("Row %(row)s can't be read: a quotation mark may be missing. Mend it and upload the file again.")
            % {"row": reader.line_num}
        ) from error


def decode(content: bytes) -> str:
    """The text of a file in UTF-8 (with or without a mark), UTF-16 or Windows-1252.

    Raises `Unreadable` when it is none of these.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            candidates = [encoding]
            break
    else:
        candidates = _unmarked(content[:400])
    for encoding in candidates:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable(_("We can't read the letters in this file. Save your list as CSV (UTF-8) or as .xlsx."))


def _unmarked(head: bytes) -> list[str]:
    """Encodings to try for a text that doesn't say. UTF-16 has a zero beside every Latin letter."""
    first, second = head[0::2].count(0), head[1::2].count(0)
    if first == second == 0:
        return ["utf-8", "cp1252"]
    if max(first, second) < len(head) // 4 or min(first, second) > 0:
        return []
    return ["utf-16-be" if first else "utf-16-le"]


def _sheet(content: bytes) -> Iterator[Sequence[object]]:
    """Rows of the first sheet of an Excel file."""
    try:
        workbook = CalamineWorkbook.from_filelike(_unpacked(content))
        names = [sheet.name for sheet in workbook.sheets_metadata]
        if not names:
            raise Unreadable(_("This Excel file has no sheet. Choose the file with your staff."))
        yield from workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Unreadable(_("This Excel file is damaged. Open it in Excel and save it again.")) from error


def _unpacked(content: bytes) -> IO[bytes]:
    """The spreadsheet packed again from parts that were measured while they were unpacked: what a hostile
    file says about its own sizes isn't believed.

    Raises `Unreadable` for another kind of zip file, a zip bomb, or a sheet that claims far-off cells.
    """
    repacked = io.BytesIO()
    left = MAX_UNPACKED
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(repacked, "w") as plain:
        if "xl/workbook.xml" not in packed.namelist():
            raise Unreadable(_("This isn't an Excel file of the kind .xlsx. Save your list as .xlsx or as CSV."))
        if len(packed.infolist()) > MAX_PARTS:
            raise Unreadable(_("This Excel file is too large when unpacked. Save only the sheet with your staff."))
        for part in packed.infolist():
            if part.is_dir() or part.filename in UNREAD or not part.filename.endswith((".xml", ".rels")):
                continue
            with packed.open(part) as stream:
                data = stream.read(left + 1)
            left -= len(data)
            if left < 0:
                raise Unreadable(_("This Excel file is too large when unpacked. Save only the sheet with your staff."))
            _check_extent(data)  # of every part: which one is the sheet, the file itself decides
            plain.writestr(zipfile.ZipInfo(part.filename), data)
    repacked.seek(0)
    return repacked


def _check_extent(part: bytes) -> None:
    """A cell in a far corner makes a reader reserve everything before it."""
    try:
        rows, columns = extent(part)
    except Malformed as error:
        raise Unreadable(_("This Excel file is damaged. Open it in Excel and save it again.")) from error
    if rows > MAX_ROWS + 1000:
        raise Unreadable(_("This file has more than 50,000 rows. Split it and upload the parts one by one."))
    if columns > MAX_COLUMNS:
        raise Unreadable(_("This sheet has more than 100 columns. Remove what doesn't belong there."))
