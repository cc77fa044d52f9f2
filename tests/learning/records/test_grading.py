"""Judging: exact, from 0 to 1 per question, and the pass mark is never rounded up to."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.records.dates import add_months
from learning.records.grading import Outcome, judge, right_options, score, stored

fractions = st.fractions(min_value=-3, max_value=3, max_denominator=12)
worth = st.dictionaries(st.sampled_from("abcdefgh"), fractions, min_size=1)


def one(kind: str, points: dict[str, str], most: str, chosen: list[str]) -> Fraction:
    return score(kind, Fraction(most), {option: Fraction(value) for option, value in points.items()}, chosen)


@given(st.sampled_from(["single", "multiple"]), fractions, worth, st.lists(st.sampled_from("abcdefghxyz")))
def test_a_question_scores_from_nought_to_one(kind, most, points, chosen):
    assert 0 <= score(kind, most, points, chosen) <= 1


@given(worth, st.data())
def test_order_and_repeats_of_the_choice_do_not_matter(points, data):
    chosen = data.draw(st.lists(st.sampled_from(sorted(points))))
    shuffled = data.draw(st.permutations(chosen + chosen))
    assert score("multiple", Fraction(2), points, chosen) == score("multiple", Fraction(2), points, shuffled)


@given(worth.filter(lambda points: any(value <= 0 for value in points.values())), fractions.filter(lambda f: f > 0))
def test_ticking_everything_never_scores_where_an_option_is_wrong(points, most):
    assert score("multiple", most, points, list(points)) == 0


@given(worth, fractions)
def test_choosing_nothing_is_worth_nothing(points, most):
    assert score("single", most, points, []) == score("multiple", most, points, []) == 0


def test_a_wrong_option_takes_away_what_a_right_one_gave():
    points = {"a": "1", "b": "1", "c": "-1", "d": "-1"}
    assert one("multiple", points, "2", ["a", "b"]) == 1
    assert one("multiple", points, "2", ["a"]) == Fraction(1, 2)
    assert one("multiple", points, "2", ["a", "b", "c"]) == Fraction(1, 2)
    assert one("multiple", points, "2", ["a", "c", "d"]) == 0


def test_single_choice_takes_the_option_s_share_and_one_option_only():
    points = {"a": "2", "b": "1", "c": "-1"}
    assert one("single", points, "2", ["a"]) == 1
    assert one("single", points, "2", ["b"]) == Fraction(1, 2)
    assert one("single", points, "2", ["c"]) == 0
    assert one("single", points, "2", ["a", "b"]) == 0


def thirds() -> tuple[dict, list]:
    """Three questions; each option is worth a third more than the one before."""
    options = [{"uuid": name, "points": value} for name, value in (("o0", "0"), ("o1", "1"), ("o2", "2"), ("o3", "3"))]
    questions = [
        {"uuid": f"q{n}", "kind": "single", "graded": True, "lesson": f"l{n}", "max": "3", "options": options}
        for n in range(3)
    ]
    return {"questions": questions}, [{"question": question["uuid"]} for question in questions]


def test_the_pass_mark_is_compared_exactly_and_never_rounded_up_to():
    key, drawn = thirds()
    answers = {"q0": ["o3"], "q1": ["o3"], "q2": ["o0"]}
    outcome = judge(key, drawn, answers, Decimal("66.67"))
    assert outcome.percentage == Fraction(200, 3)
    assert not outcome.passed
    assert judge(key, drawn, answers, Decimal("66.66")).passed


def test_just_under_eighty_is_not_eighty():
    options = [{"uuid": "a", "points": "799999"}, {"uuid": "b", "points": "1000000"}]
    question = {"uuid": "q", "kind": "single", "graded": True, "lesson": "l", "max": "1000000", "options": options}
    outcome = judge({"questions": [question]}, [{"question": "q"}], {"q": ["a"]}, Decimal(80))
    assert outcome.percentage == Fraction("79.9999")
    assert not outcome.passed


def test_exactly_the_pass_mark_passes():
    key, drawn = thirds()
    outcome = judge(key, drawn, {"q0": ["o3"], "q1": ["o3"], "q2": ["o3"]}, Decimal(100))
    assert outcome.passed
    assert outcome.missed == {}


def test_the_percentage_is_over_drawn_questions_only():
    key, drawn = thirds()
    assert judge(key, drawn[:1], {"q0": ["o3"], "q1": ["o0"]}, Decimal(80)).percentage == 100


def test_missed_counts_questions_that_were_not_fully_right_by_lesson():
    key, drawn = thirds()
    assert judge(key, drawn, {"q0": ["o2"], "q1": ["o3"]}, Decimal(80)).missed == {"l0": 1, "l2": 1}


def test_nothing_drawn_is_never_a_pass():
    assert judge({"questions": []}, [], {}, Decimal(1)) == Outcome(Fraction(0), 0, False, {})


@given(st.fractions(min_value=0, max_value=100))
def test_what_is_stored_is_never_more_than_what_was_earned(points):
    assert Fraction(stored(points)) <= points < Fraction(stored(points)) + Fraction(1, 10_000)
    assert stored(points).as_tuple().exponent == -4


def test_two_thirds_is_stored_rounded_down():
    assert stored(Fraction(2, 3)) == Decimal("0.6666")


@given(st.permutations(["q0", "q1", "q2"]), st.lists(st.sampled_from(["o0", "o1", "o2", "o3"]), min_size=3, max_size=3))
def test_the_order_of_the_questions_does_not_matter(order, chosen):
    key, drawn = thirds()
    answers = {f"q{n}": [option] for n, option in enumerate(chosen)}
    again = judge(key, [{"question": question} for question in order], answers, Decimal(80))
    assert again == judge(key, drawn, answers, Decimal(80))


def test_the_right_answer_is_the_best_single_option_or_every_option_that_earns():
    single = {"kind": "single", "options": [{"uuid": "a", "points": "1"}, {"uuid": "b", "points": "0.5"}]}
    multiple = {"kind": "multiple", "options": [*single["options"], {"uuid": "c", "points": "-1"}]}
    assert right_options(single) == {"a"}
    assert right_options(multiple) == {"a", "b"}


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-09-03", 24, "2028-09-03"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-12-31", 2, "2027-02-28"),
    ],
)
def test_so_many_months_later_stays_within_the_month(day, months, expected):
    from datetime import date

    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(expected)
