"""What a learner is shown of an attempt, in one language. No answer key ever comes through here before
the module is passed."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_UP, Decimal
from typing import Any

from django.utils.formats import number_format

from learning.modules.models import Edition
from learning.records.grading import right_options
from learning.records.models import Attempt
from learning.records.texts import QuizText


@dataclass(frozen=True)
class Choice:
    """An option as it stands on the page."""

    value: str
    text: str
    chosen: bool
    #: "saved" when this is part of the stored answer, else empty.
    state: str


@dataclass(frozen=True)
class ShownQuestion:
    """One question of an attempt. `control` is the kind of button that its options have."""

    number: int
    total: int
    uuid: str
    stem: str
    control: str
    choices: list[Choice]


def shown_question(
    attempt: Attempt, text: QuizText, number: int, pending: Collection[str] | None = None
) -> ShownQuestion:
    """The question with this number (from 1) of an attempt. `pending` are chosen options that aren't
    stored yet, such as those of who had to sign in again."""
    item = attempt.drawn[number - 1]
    words = text.questions[item["question"]]
    stored = set((attempt.answers or {}).get(item["question"], []))
    chosen = stored if pending is None else set(pending)
    state = "saved" if chosen == stored else ""
    return ShownQuestion(
        number=number,
        total=len(attempt.drawn),
        uuid=item["question"],
        stem=words["stem"],
        control="checkbox" if item["kind"] == "multiple" else "radio",
        choices=[
            Choice(option, words["options"][option]["text"], option in chosen, state if option in chosen else "")
            for option in item["options"]
        ],
    )


def number_of(attempt: Attempt, question: str) -> int | None:
    """The number (from 1) of a question in its attempt, or None."""
    return next((n for n, item in enumerate(attempt.drawn, start=1) if item["question"] == question), None)


def first_open(attempt: Attempt) -> int | None:
    """The number of the first question without an answer, or None."""
    missing = attempt.unanswered()
    return number_of(attempt, missing[0]) if missing else None


@dataclass(frozen=True)
class Checked:
    """A line of the page before handing in."""

    number: int
    stem: str
    answered: bool


def checklist(attempt: Attempt, text: QuizText) -> list[Checked]:
    """Every question of an attempt, and whether it has an answer."""
    missing = set(attempt.unanswered())
    return [
        Checked(number, text.questions[item["question"]]["stem"], item["question"] not in missing)
        for number, item in enumerate(attempt.drawn, start=1)
    ]


@dataclass(frozen=True)
class LessonOutcome:
    """How one lesson's questions went; `missed` is the number that were not fully right."""

    key: str
    title: str
    number: int
    missed: int


def lessons_of(attempt: Attempt, text: QuizText) -> list[LessonOutcome]:
    """The lessons that an attempt asked about, in the module's order. Empty once this is deleted."""
    if attempt.missed is None:
        return []
    asked = {item["lesson"] for item in attempt.drawn}
    return [
        LessonOutcome(key, title, number, attempt.missed.get(key, 0))
        for number, (key, title) in enumerate(text.lessons.items(), start=1)
        if key in asked
    ]


@dataclass(frozen=True)
class Explained:
    """A question with its right answer and the reason. Only for who passed."""

    number: int
    stem: str
    right: list[str]
    why: str


def explained(attempt: Attempt, edition: Edition, text: QuizText) -> list[Explained]:
    """Right answer and reason of every drawn question; nothing for an attempt that didn't pass, since the
    key is kept while retries remain."""
    if not attempt.passed:
        return []
    key: dict[str, Any] = {question["uuid"]: question for question in edition.answer_key["questions"]}
    lines = []
    for number, item in enumerate(attempt.drawn, start=1):
        words = text.questions[item["question"]]
        right = right_options(key[item["question"]])
        answers = [words["options"][option]["text"] for option in item["options"] if option in right]
        lines.append(Explained(number, words["stem"], answers, words.get("feedback", "")))
    return lines


def readable(points: Decimal) -> str:
    """Points as people read them: no needless zeros, at most two places, never rounded up."""
    shown = points.quantize(Decimal("0.01"), rounding=ROUND_DOWN)
    return number_format(shown.to_integral() if shown == shown.to_integral() else shown.normalize())


def enough(attempt: Attempt) -> str:
    """How many points are enough, as people read them: the pass mark times the number of questions, never
    rounded down."""
    needed = attempt.pass_mark * len(attempt.drawn) / 100
    return readable(needed.quantize(Decimal("0.01"), rounding=ROUND_UP))
