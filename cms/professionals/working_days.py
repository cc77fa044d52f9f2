"""Days on which somebody judges requests: Monday to Friday. Public holidays count as working days."""

from datetime import date, timedelta

_SATURDAY = 5


def after(day: date, count: int) -> date:
    """The working day that comes `count` working days after this day."""
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY:
            count -= 1
    return day


def a_year_after(day: date) -> date:
    """The same day a year later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
