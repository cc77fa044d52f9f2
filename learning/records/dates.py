"""Dates that people count with."""

import calendar
from datetime import date


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the month's last day where it has no such day (31 August and
    6 months is 28 February)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
