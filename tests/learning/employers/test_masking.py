"""Nothing that can be worked out from the published counts is about fewer than ten people."""

from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from learning.employers.masking import MINIMUM, mask, merge_small

STATUSES = ("late", "expired", "open", "done")
tables = st.dictionaries(
    st.integers(0, 30),
    st.fixed_dictionaries({status: st.one_of(st.integers(0, 12), st.integers(0, 60)) for status in STATUSES}),
    min_size=1,
    max_size=6,
)


def subsets(items):
    return chain.from_iterable(combinations(items, size) for size in range(len(items) + 1))


def test_fewer_than_ten_people_show_nothing():
    assert mask({1: {"late": 4, "done": 5}}) is None


def test_a_large_clean_table_is_shown_whole():
    counts = dict.fromkeys(STATUSES, 20)
    table = mask({1: counts, 2: counts})
    assert table is not None
    assert len(table.groups) == 4
    assert all(row.counts == (20, 20, 20, 20) for row in table.rows)


def test_one_small_team_takes_another_with_it():
    rows = merge_small({1: {"done": 3}, 2: {"done": 15}, 3: {"done": 40}})
    assert rows == [(3, 1, {"done": 40}), (None, 2, {"done": 18})]


@given(tables)
@settings(max_examples=400, deadline=None)
def test_no_count_under_ten_is_shown(teams):
    table = mask(teams)
    if table is None:
        return
    for row in (*table.rows, table.total):
        assert row.people >= MINIMUM
        assert all(cell >= MINIMUM for cell in row.counts or ())


@given(tables)
@settings(max_examples=400, deadline=None)
def test_every_person_stands_in_one_row(teams):
    table = mask(teams)
    if table is not None:
        assert sum(row.people for row in table.rows) == table.total.people


@given(tables)
@settings(max_examples=400, deadline=None)
def test_no_sum_or_difference_of_what_is_shown_is_under_ten(teams):
    """An attacker has the people per row, the cells that are shown and the totals per column. Adding some
    rows' leftovers and taking away some columns' gives a count of hidden cells exactly when one side falls
    out; each such count must be of ten people or more. (The matrix of a two-way table is totally
    unimodular, so other multiples tell no more.)"""
    table = mask(teams)
    if table is None:
        return
    columns = len(table.groups)
    hidden = [row for row in table.rows if row.counts is None]
    if columns == 1 or table.total.counts is None:
        return  # only people per row, each ten or more
    row_left = [row.people for row in hidden]
    shown = [row.counts for row in table.rows if row.counts is not None]
    column_left = [table.total.counts[c] - sum(counts[c] for counts in shown) for c in range(columns)]
    for rows in subsets(range(len(hidden))):
        for cols in subsets(range(columns)):
            plus = {(r, c) for r in rows for c in range(columns) if c not in cols}
            minus = {(r, c) for c in cols for r in range(len(hidden)) if r not in rows}
            value = sum(row_left[r] for r in rows) - sum(column_left[c] for c in cols)
            if plus and not minus:
                assert value >= MINIMUM
            if minus and not plus:
                assert -value >= MINIMUM


@given(tables)
@settings(max_examples=300, deadline=None)
def test_teams_put_together_have_ten_people_or_there_is_one_row(teams):
    rows = merge_small({key: counts for key, counts in teams.items() if sum(counts.values())})
    assert len(rows) <= 1 or all(sum(counts.values()) >= MINIMUM for _key, _size, counts in rows)
