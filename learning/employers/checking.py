"""From the cells of one row to values, and what is wrong with them. Pure functions."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

#: Cells that begin so are formulas to a spreadsheet (OWASP: CSV injection).
FORMULA = ("=", "+", "-", "@")
DATE = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$")
ISO_DATE = re.compile(r"^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]00:00(?::00)?)?$")
FIRST_YEAR = 1940
LAST_AHEAD = timedelta(days=5 * 365)
#: What may stand before a Dutch last name.
INFIXES = frozenset(
    {
        *("van", "von", "de", "der", "den", "het", "'t", "te", "ten", "ter", "in", "op", "aan", "bij", "d'"),
        *("la", "le", "du", "da", "dos", "della", "di", "el", "al", "ben", "bin"),
    }
)


LENGTHS = {"first_name": 150, "last_name": 150, "email": 254, "personnel_number": 40, "team": 100}


@dataclass(slots=True)
class Checked:
    """A row after checking. `values` has only the fields that the row fills in; `faults` are
    `(field, what stood there, code, detail)`."""

    number: int
    cells: list[str]
    values: dict[str, str] = field(default_factory=dict)
    faults: list[tuple[str, str, str, str]] = field(default_factory=list)


def check(number: int, cells: list[str], fields: list[str], today: date) -> Checked:
    """Reads one row by the fields of its columns."""
    row = Checked(number, cells)
    raw = {name: cell for name, cell in zip(fields, cells, strict=False) if name and cell}
    for name, cell in raw.items():
        if cell.startswith(FORMULA):
            row.faults.append((name, cell, "formula", ""))
    if len(cells) > len(fields):
        row.faults.append(("", cells[len(fields)], "too_many_cells", ""))
    if row.faults:
        return row
    _names(row, raw)
    if email := raw.get("email", "").lower():
        _email(row, email)
    for name in ("personnel_number", "team"):
        if name in raw:
            row.values[name] = raw[name]
    for name in ("starts_on", "ends_on"):
        if name in raw:
            _date(row, name, raw[name], today)
    for name, limit in LENGTHS.items():
        if len(row.values.get(name, "")) > limit:
            row.faults.append((name, row.values[name], "too_long", str(limit)))
    if not raw.get("personnel_number") and not raw.get("email"):
        row.faults.append(("personnel_number", "", "no_key", ""))
    if "starts_on" in row.values and row.values.get("ends_on", "9999") < row.values["starts_on"]:
        row.faults.append(("ends_on", raw["ends_on"], "ends_before_start", raw["starts_on"]))
    return row


def _names(row: Checked, raw: dict[str, str]) -> None:
    first, last = raw.get("first_name", ""), raw.get("last_name", "")
    if last and raw.get("infix"):
        last = f"{raw['infix']} {last}"
    if not last and "name" in raw:
        first, last = split_name(raw["name"])
    if not last:
        row.faults.append(("name" if "last_name" not in raw else "last_name", raw.get("name", first), "no_name", ""))
        return
    row.values["first_name"], row.values["last_name"] = first, last


def split_name(name: str) -> tuple[str, str]:
    """First and last name of "Sam de Vries" or "Vries, Sam de"; one word is a last name."""
    if "," in name:
        last, _comma, rest = (part.strip() for part in name.partition(","))
        words = rest.split()
        cut = len(words)
        while cut > 0 and words[cut - 1].lower() in INFIXES:
            cut -= 1
        return " ".join(words[:cut]), " ".join([*words[cut:], last])
    words = name.split()
    for index in range(1, len(words) - 1):
        if words[index].lower() in INFIXES:
            return " ".join(words[:index]), " ".join(words[index:])
    return " ".join(words[:1]) if len(words) > 1 else "", " ".join(words[1:]) if len(words) > 1 else name


def _email(row: Checked, email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        row.faults.append(("email", email, "email" if "@" in email else "email_no_at", ""))
    else:
        row.values["email"] = email


def _date(row: Checked, name: str, cell: str, today: date) -> None:
    if match := ISO_DATE.match(cell):
        year, month, day = (int(part) for part in match.groups())
    elif match := DATE.match(cell):
        day, month, year = (int(part) for part in match.groups())
    else:
        row.faults.append((name, cell, "date_form", ""))
        return
    try:
        value = date(year, month, day)
    except ValueError:
        row.faults.append((name, cell, "date_none", ""))
        return
    if not value.year >= FIRST_YEAR or value > today + LAST_AHEAD:
        row.faults.append((name, cell, "date_far", ""))
        return
    row.values[name] = value.isoformat()


def explain(code: str, detail: str) -> tuple[str, str]:
    """What is wrong and what to do, in the reader's language, for a fault's code."""
    texts = {
        "formula": (
            _("This starts with =, +, - or @. A spreadsheet reads it as a formula."),
            _("Take the sign away."),
        ),
        "too_many_cells": (
            _("This row has more cells than there are columns."),
            _("Look for a comma or semicolon too many."),
        ),
        "no_name": (_("The name is missing."), _("Fill in a name.")),
        "no_key": (
            _("There is no personnel number and no e-mail address."),
            _("Fill in one of them. We need it to recognise this person next time."),
        ),
        "email_no_at": (_("An @ is missing."), _("Complete the address or leave it empty.")),
        "email": (_("This isn't an e-mail address."), _("Complete the address or leave it empty.")),
        "date_form": (_("We can't read this date."), _("Write it as day-month-year, such as 28-02-2026.")),
        "date_none": (_("This date doesn't exist."), _("Fill in an existing date, such as 28-02-2026.")),
        "date_far": (_("This date can't be right."), _("Check the year.")),
        "ends_before_start": (
            _("This is before the first day, %(day)s.") % {"day": detail},
            _("Check which of the two is right."),
        ),
        "too_long": (_("This is longer than %(limit)s characters.") % {"limit": detail}, _("Make it shorter.")),
        "twice_number": (
            _("This number is also in row %(row)s.") % {"row": detail},
            _("Give one of the two another number, or remove one row."),
        ),
        "twice_email": (
            _("This address is also in row %(row)s.") % {"row": detail},
            _("Give one of the two another address, or remove one row."),
        ),
        "two_people": (
            _("The number belongs to one person in your list, the address to another."),
            _("Check which of the two is right."),
        ),
        "same_person": (
            _("This is the same person as in row %(row)s.") % {"row": detail},
            _("Remove one of the two rows."),
        ),
        "starts_after_end": (
            _("The first day is after the last day that we have: %(day)s.") % {"day": detail},
            _("Check which of the two is right."),
        ),
    }
    return texts.get(code, (_("This isn't right."), _("Check this row.")))
