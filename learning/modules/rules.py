"""What a question, a choice and a film must be, before anyone is taught by them. Pure functions on plain
values: the editor's form shows their messages at the block, and a release asks them again."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.modules.models import QuestionKind

MIN_OPTIONS = 2
MAX_OPTIONS = 8
MAX_SIGNALS = 5
MIN_CHOICES = 2
MAX_CHOICES = 4


def option_faults(kind: str, correct: Sequence[bool]) -> list[str]:
    """What is wrong with a question's options; `correct` says for each option whether it is right.

    Single choice has exactly one right option. Multiple choice has at least one right and one wrong: else
    ticking everything, or nothing, would be the answer.
    """
    faults: list[str] = []
    if not MIN_OPTIONS <= len(correct) <= MAX_OPTIONS:
        faults.append(
            _("Give %(min)d to %(max)d options; there are %(count)d now.")
            % {"min": MIN_OPTIONS, "max": MAX_OPTIONS, "count": len(correct)}
        )
    right = sum(correct)
    if kind == QuestionKind.SINGLE and right != 1:
        faults.append(_("Single choice needs exactly one right option; there are %(count)d now.") % {"count": right})
    if kind == QuestionKind.MULTIPLE and (right == 0 or right == len(correct)):
        faults.append(_("Multiple choice needs at least one right and one wrong option."))
    return faults


def choice_faults(good: Sequence[bool]) -> list[str]:
    """What is wrong with a scenario's choices; `good` says for each whether it is a good one."""
    faults: list[str] = []
    if not MIN_CHOICES <= len(good) <= MAX_CHOICES:
        faults.append(
            _("Give %(min)d to %(max)d choices; there are %(count)d now.")
            % {"min": MIN_CHOICES, "max": MAX_CHOICES, "count": len(good)}
        )
    if not any(good):
        faults.append(_("Mark at least one choice as good."))
    return faults


def repeated(keys: Iterable[str]) -> dict[int, str]:
    """Position and message of every key that stood there before."""
    seen: set[str] = set()
    faults: dict[int, str] = {}
    for position, key in enumerate(keys):
        if key and key in seen:
            faults[position] = _("“%(key)s” is used twice. Give each its own key.") % {"key": key}
        seen.add(key)
    return faults


def lesson_fault(lesson: str, known: Sequence[str]) -> str | None:
    """The message when a question points to a lesson that isn't there, else None."""
    if lesson in known:
        return None
    return _("There is no lesson “%(key)s”. The lessons are: %(known)s.") % {"key": lesson, "known": ", ".join(known)}


def draw_fault(draw_count: int | None, graded: int) -> str | None:
    """The message when a quiz would draw more questions than there are, else None."""
    if draw_count is None or draw_count <= graded:
        return None
    return ngettext(
        "You ask for more questions than there are: this module has %(count)d graded question.",
        "You ask for more questions than there are: this module has %(count)d graded questions.",
        graded,
    ) % {"count": graded}
