"""Files made to take the platform down: refused in words, within bounds of time and memory, never run."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from learning.employers.reading import Unreadable, read

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORKBOOK = (
    f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets>'
    "</workbook>"
)
TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
HEAD = f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode()
TAIL = b"</sheetData></worksheet>"


def _related(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_DOCUMENT}/{kind}" '
        f'Target="{target}"/></Relationships>'
    )


def book(rows: bytes, *, part: str = "worksheets/sheet1.xml", head: bytes = HEAD, tail: bytes = TAIL, **extra) -> bytes:
    """An Excel file of one sheet, as small as can be."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", TYPES)
        packed.writestr("_rels/.rels", _related("officeDocument", "xl/workbook.xml"))
        packed.writestr("xl/workbook.xml", WORKBOOK)
        packed.writestr("xl/_rels/workbook.xml.rels", _related("worksheet", part))
        packed.writestr(f"xl/{part}", head + rows + tail)
        for name, content in extra.items():
            packed.writestr(f"xl/{name}.xml", content)
    return file.getvalue()


ONE = b'<row r="1"><c r="A1"><v>1</v></c></row>'


def test_a_plain_sheet_is_read_also_where_cells_have_no_place_of_their_own():
    assert read(book(ONE)) == [(1, ["1"])]
    assert read(book(b'<row r="1"><c t="n" r="B1"><v>1</v></c><c><v>2</v></c></row>')) == [(1, ["", "1", "2"])]


FAR = {
    "a sign in another attribute": ONE + b'<row r="2"><c s=">" r="XFD1048576"><v>1</v></c></row>',
    "behind an attribute that holds a place": b'<row r="1"><c s=\' r="A1"\'/><c t="n" r="XFD1048576"/></row>',
    "with zeros in front": ONE + b'<row r="2"><c r="XFD0000000001048576"><v>1</v></c></row>',
    "with a prefix": b'<x:row r="1"><x:c x:r="A1" r = "XFD1048576"><v>1</v></x:c></x:row>',
    "without places": b"<row>" + b"<c><v>1</v></c>" * 200_000 + b"</row>" + b"<row/>" * 60_000,
    "rows only": ONE + b"<row/>" * 100_000 + b"<row><c><v>1</v></c></row>",
}


@pytest.mark.parametrize("rows", FAR.values(), ids=FAR)
def test_a_cell_in_a_far_corner_is_refused_however_it_is_written(rows):
    with pytest.raises(Unreadable):
        read(book(rows))


def test_a_sheet_in_an_odd_place_is_measured_too():
    with pytest.raises(Unreadable):
        read(book(ONE + b'<row r="1048576"><c r="XFD1048576"/></row>', part="other/sheet1.xml"))


@pytest.mark.parametrize("count", ['uniqueCount="99999999999"', "count = '+99999999999'"])
def test_a_count_of_a_billion_strings_is_refused(count):
    with pytest.raises(Unreadable):
        read(book(ONE, sharedStrings=f"<sst {count}><si><t>x</t></si></sst>"))


SLOW = {
    "tags that never end": b"<c " * 2_000_000,
    "tags without a value": b"<c a" * 2_000_000,
    "one tag of blanks": b"<c" + b" " * 8_000_000,
    "many attributes": (b"<c" + b' a="1"' * 1000 + b"<") * 1000,
    "a thousand floors": b"<a>" * 1_000_000,
}


@pytest.mark.parametrize("rows", SLOW.values(), ids=SLOW)
def test_no_file_takes_more_time_than_its_length(rows):
    start = time.perf_counter()
    with pytest.raises(Unreadable):
        read(book(rows, tail=b""))
    assert time.perf_counter() - start < 5


def test_a_bomb_a_slip_and_a_polyglot_are_refused():
    bomb = book(b"0" * 70_000_000, tail=b"")
    assert len(bomb) < 100_000
    slip = io.BytesIO()
    with zipfile.ZipFile(slip, "w") as packed:
        packed.writestr("../../../tmp/slipped.xml", "<a/>")
        packed.writestr("xl/workbook.xml", WORKBOOK)
    for content in (bomb, slip.getvalue(), b"GIF89a/*" + book(ONE), b"PK\x03\x04" + b"\0" * 500, b"%PDF-1.7 name"):
        with pytest.raises(Unreadable):
            read(content)


def test_an_entity_that_multiplies_itself_is_refused():
    laughs = b'<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;&x;&x;">]>' + HEAD
    with pytest.raises(Unreadable):
        read(book(b'<row r="1"><c r="A1" t="str"><v>&y;</v></c></row>', head=laughs))


@pytest.mark.parametrize("line", [b"a;" * 1_000_000, b'"' + b"a" * 400_000, b";" * 4_000_000 + b"a"])
def test_a_csv_of_a_million_columns_or_one_endless_cell_is_refused(line):
    with pytest.raises(Unreadable):
        read(b"naam;e-mail\n" + line + b"\n")
