"""Counts that can be shown without telling about fewer than ten people. Pure functions.

Source of the rule: minimum group of 10 plus complementary suppression. What is published is a table of
teams by status with its totals. Hidden cells leave equations behind (a total minus what is shown), so:

1. rows (teams) under ten people are put together, and with more until the row has ten;
2. statuses are put together until every total of the organisation is ten or more;
3. a row shows its statuses only if each of them is ten or more; else it shows its people only;
4. what is left over for the hidden rows is ten or more for every status, else more rows are hidden.

Everything that can be worked out by adding and subtracting is then a count of ten or more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MINIMUM = 10

Counts = Mapping[str, int]

#: Ways to put statuses together, finest first.
GROUPINGS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("late",), ("expired",), ("open",), ("done",)),
    (("late",), ("expired", "open"), ("done",)),
    (("late", "expired", "open"), ("done",)),
    (("late", "expired", "open", "done"),),
)


@dataclass(frozen=True)
class Row:
    """A row of the published table. `counts` is None where they are hidden; `merged` tells how many
    teams stand in this row together (1 for a team of its own, whose key is `key`)."""

    key: int | None
    merged: int
    people: int
    counts: tuple[int, ...] | None


@dataclass(frozen=True)
class Table:
    """What may be published. `groups` names the statuses in each column."""

    groups: tuple[tuple[str, ...], ...]
    rows: tuple[Row, ...]
    total: Row


def mask(teams: Mapping[int, Counts]) -> Table | None:
    """The table that may be published of counts per status by team, or None when there are fewer than
    ten people in all. Team 0 is who has no team."""
    merged = merge_small({key: dict(counts) for key, counts in teams.items() if sum(counts.values())})
    total = _added(list(teams.values()))
    people = sum(total.values())
    if people < MINIMUM:
        return None
    groups = _groups(total)
    if len(groups) == 1:
        rows = [Row(key, size, sum(counts.values()), None) for key, size, counts in merged]
        return Table(groups, tuple(rows), Row(None, len(teams), people, None))
    cells = [tuple(sum(counts.get(s, 0) for s in group) for group in groups) for _key, _size, counts in merged]
    shown = _shown_rows(cells)
    rows = [
        Row(key, size, sum(counts.values()), cells[index] if index in shown else None)
        for index, (key, size, counts) in enumerate(merged)
    ]
    totals = tuple(sum(total.get(s, 0) for s in group) for group in groups)
    return Table(groups, tuple(rows), Row(None, len(teams), people, totals))


def merge_small(
    teams: Mapping[int, Counts], sizes: Mapping[int, int] | None = None
) -> list[tuple[int | None, int, Counts]]:
    """`(key, number of teams, counts)` by row, so that every row has ten people or more; the row of teams
    put together has the key None and stands last. Fewer than ten people in all stay one row.

    `sizes` is the people by team where the counts are not: a person counts there once for every module.
    """
    people = sizes or {key: sum(counts.values()) for key, counts in teams.items()}
    by_size = sorted(teams.items(), key=lambda item: (people.get(item[0], 0), str(item[0])))
    small = [item for item in by_size if people.get(item[0], 0) < MINIMUM]
    large = by_size[len(small) :]
    while small and large and sum(people.get(key, 0) for key, _counts in small) < MINIMUM:
        small.append(large.pop(0))
    rows: list[tuple[int | None, int, Counts]] = [(key, 1, counts) for key, counts in large]
    if small:
        rows.append((None, len(small), _added([counts for _key, counts in small])))
    return rows


def _added(tables: Sequence[Counts]) -> dict[str, int]:
    total: dict[str, int] = {}
    for counts in tables:
        for status, number in counts.items():
            total[status] = total.get(status, 0) + number
    return total


def _groups(total: Counts) -> tuple[tuple[str, ...], ...]:
    for groups in GROUPINGS:
        if all(sum(total.get(status, 0) for status in group) >= MINIMUM for group in groups):
            return groups
    return GROUPINGS[-1]


def _shown_rows(cells: Sequence[tuple[int, ...]]) -> set[int]:
    """Which rows may show their cells, such that what is left over for the others is ten or more in
    every column, or nothing is left over at all."""
    shown = {index for index, row in enumerate(cells) if all(cell >= MINIMUM for cell in row)}
    by_size = sorted(shown, key=lambda index: sum(cells[index]))
    while shown and len(shown) < len(cells):
        left = [sum(row[col] for i, row in enumerate(cells) if i not in shown) for col in range(len(cells[0]))]
        hidden = len(cells) - len(shown)
        if hidden >= 2 and all(number >= MINIMUM for number in left):
            break
        shown.discard(by_size.pop(0))
    return shown
