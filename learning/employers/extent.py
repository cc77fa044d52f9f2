"""How large a spreadsheet says it is, read from its own parts before a reader believes it: a cell in a far
corner, or a count of a billion, makes a reader reserve memory for all of it and takes the process down."""

import re

#: A name's prefix, as in `x:c`.
_PREFIX = rb"(?:[^\s<>:/!?][^\s<>:]*:)?"
_VALUE = rb"""(?:"[^"<>]*"|'[^'<>]*')"""
_NAME = rb"[^\s<>=\"']+"
#: The start of a row or cell. Usually its place comes first (`<c r="B7" s="1">`); `end` is missing where the
#: tag is written otherwise. Every part is bounded by `<` and `>`, so that no file costs more than its length.
_TAG = re.compile(
    rb"<" + _PREFIX + rb"(?P<kind>row|c)(?=[\s/>])"
    rb"""(?:\s+r\s*=\s*["'](?P<letters>[A-Za-z]{0,4})(?P<digits>[0-9]{1,8})["'])?"""
    rb"(?:\s+(?!r[\s=])" + _NAME + rb"\s*=\s*" + _VALUE + rb")*\s*(?P<end>/?>)?"
)
_ANY_ORDER = re.compile(
    rb"<" + _PREFIX + rb"(?:row|c)(?P<attributes>(?:\s+" + _NAME + rb"\s*=\s*" + _VALUE + rb")*)\s*/?>"
)
_ATTRIBUTE = re.compile(rb"\s+(" + _NAME + rb")\s*=\s*(" + _VALUE + rb")")
_PLACE = re.compile(rb"([A-Za-z]{0,4})([0-9]{1,8})")
_COUNT = re.compile(rb"""[cC]ount\s*=\s*["']\s*\+?([0-9]+)""")
#: More strings than cells that are accepted.
_MOST = 5_100_000


class Malformed(Exception):
    """A tag that no spreadsheet program writes."""


def extent(part: bytes) -> tuple[int, int]:
    """Rows and columns that a part of a spreadsheet makes a reader reserve; cells without a place of their
    own follow the one before. Never too few.

    Raises `Malformed` for what can't be told for certain.
    """
    if b"\x00" in part or any(len(digits) > 12 or int(digits) > _MOST for digits in _COUNT.findall(part)):
        raise Malformed
    row = column = rows = columns = 0
    for tag in _TAG.finditer(part):
        letters, digits = tag["letters"], tag["digits"]
        if tag["end"] is None:
            letters, digits = _place_of(part, tag.start())
        if tag["kind"] == b"row":
            row, column = int(digits) if digits else row + 1, 0
        elif digits:
            row, column = max(row, int(digits)), column_number(letters or b"")
        else:
            column += 1
        rows, columns = max(rows, row), max(columns, column)
    return rows, columns


def _place_of(part: bytes, start: int) -> tuple[bytes | None, bytes | None]:
    """Letters and digits of the tag's place, wherever it stands among its attributes."""
    tag = _ANY_ORDER.match(part, start)
    if tag is None:
        raise Malformed
    places = [value[1:-1] for name, value in _ATTRIBUTE.findall(tag["attributes"]) if name == b"r"]
    if not places:
        return None, None
    place = _PLACE.fullmatch(places[0]) if len(places) == 1 else None
    if place is None:
        raise Malformed
    return place[1], place[2]


def column_number(letters: bytes) -> int:
    """`A` is 1, `AA` is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
