"""Which questions an attempt gets, and in which order it shows them."""

from random import SystemRandom
from typing import TypedDict

from learning.modules.models import Edition
from learning.records.refusals import NothingToDraw

_random = SystemRandom()


class Drawn(TypedDict):
    """One drawn question with its options in shown order; ids as text."""

    question: str
    kind: str
    lesson: str
    options: list[str]


def draw(edition: Edition) -> list[Drawn]:
    """Draws graded questions by the edition's rules: `draw_count` of them (all when it is empty, or more
    than there are), shuffled where the rules say so. Without shuffling they keep the module's order.

    Raises `NothingToDraw` when the edition has no graded question.
    """
    pool = [question for question in edition.answer_key["questions"] if question["graded"]]
    if not pool:
        raise NothingToDraw(f"edition {edition.pk}")
    count = min(edition.draw_count or len(pool), len(pool))
    picked = sorted(_random.sample(range(len(pool)), count))
    if edition.shuffle_questions:
        _random.shuffle(picked)
    drawn = []
    for position in picked:
        question = pool[position]
        options = [option["uuid"] for option in question["options"]]
        if edition.shuffle_options:
            _random.shuffle(options)
        drawn.append(
            Drawn(question=question["uuid"], kind=question["kind"], lesson=question["lesson"], options=options)
        )
    return drawn
