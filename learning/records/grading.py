"""How answers are judged: pure functions on an edition's key, exact to the last fraction.

A question counts for 1, whatever its points; the percentage is over the drawn questions only. The pass
mark is compared with the exact percentage, so 79.9999 is not 80.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from typing import Any

#: What is stored has four places and is never rounded up.
PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Outcome:
    """What an attempt is worth. `missed` counts, per lesson key, the questions that were not fully right."""

    points: Fraction
    out_of: int
    passed: bool
    missed: dict[str, int]

    @property
    def percentage(self) -> Fraction:
        """Exact; 0 where nothing was drawn."""
        return self.points / self.out_of * 100 if self.out_of else Fraction(0)


def stored(points: Fraction) -> Decimal:
    """A fraction as it is kept in the database: four places, rounded down."""
    exact_enough = Decimal(points.numerator * 10**4 // points.denominator)
    return (exact_enough / 10**4).quantize(PLACES, rounding=ROUND_DOWN)


def score(kind: str, most: Fraction, points: Mapping[str, Fraction], chosen: Collection[str]) -> Fraction:
    """What the chosen options of one question are worth, from 0 to 1.

    `points` holds every option of the question; `most` is what the right choice earns. Single choice: the
    chosen option's share. Multiple choice: the sum of the chosen ones' shares, wrong ones weighing
    negatively, between 0 and 1. Ticking everything is worth nothing when there is a wrong option, whatever
    the weights say. An option that isn't in `points` earns nothing.
    """
    picked = set(chosen)
    if most <= 0 or not picked:
        return Fraction(0)
    if kind == "single":
        earned = sum((points.get(option, Fraction(0)) for option in picked), Fraction(0)) if len(picked) == 1 else 0
    elif picked >= set(points) and any(value <= 0 for value in points.values()):
        earned = 0
    else:
        earned = sum((points.get(option, Fraction(0)) for option in picked), Fraction(0))
    return min(max(Fraction(earned) / most, Fraction(0)), Fraction(1))


def judge(
    key: Mapping[str, Any],
    drawn: Sequence[Mapping[str, Any]],
    answers: Mapping[str, Collection[str]],
    pass_mark: Decimal,
) -> Outcome:
    """Judges answers to drawn questions by an edition's answer key.

    `key` and `drawn` are as `Edition.answer_key` and `Attempt.drawn` describe; `answers` is the chosen
    option ids by question id. An unanswered question is worth nothing. Nothing drawn is never a pass.
    """
    questions = {question["uuid"]: question for question in key["questions"]}
    points, missed = Fraction(0), dict[str, int]()
    for shown in drawn:
        question = questions[shown["question"]]
        worth = {option["uuid"]: Fraction(option["points"]) for option in question["options"]}
        earned = score(question["kind"], Fraction(question["max"]), worth, answers.get(shown["question"], ()))
        points += earned
        if earned < 1:
            missed[question["lesson"]] = missed.get(question["lesson"], 0) + 1
    passed = bool(drawn) and points * 100 >= Fraction(pass_mark) * len(drawn)
    return Outcome(points=points, out_of=len(drawn), passed=passed, missed=missed)


def right_options(question: Mapping[str, Any]) -> set[str]:
    """The options that together make the full answer: of a single choice those with the most points, of a
    multiple choice every one that earns something."""
    worth = {option["uuid"]: Fraction(option["points"]) for option in question["options"]}
    if question["kind"] == "single":
        best = max(worth.values(), default=Fraction(0))
        return {option for option, value in worth.items() if value == best and value > 0}
    return {option for option, value in worth.items() if value > 0}
