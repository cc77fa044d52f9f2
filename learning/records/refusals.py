"""Why something about an attempt is refused. Nothing is changed when one of these is raised."""

from collections.abc import Sequence
from datetime import datetime


class Refused(Exception):
    """The common name of every refusal in this room."""


class NotInAttempt(Refused):
    """The question was not drawn for this attempt."""


class NotAnOption(Refused):
    """A chosen option is not one of the question's."""


class WrongNumberChosen(Refused):
    """Nothing was chosen, or more than one option of a single choice."""


class AlreadySubmitted(Refused):
    """The attempt was handed in, or it is gone: its answers can't change any more."""


class Unanswered(Refused):
    """Handed in too early. `questions` are the ids of what is still open, in shown order."""

    def __init__(self, questions: Sequence[str]) -> None:
        super().__init__(f"{len(questions)} unanswered")
        self.questions = list(questions)


class RetryTooSoon(Refused):
    """A failed attempt asks for a pause; a new one may start at `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


class RegistrationClosed(Refused):
    """This round is over: the module was passed. A new try needs a new registration."""


class NothingToDraw(Refused):
    """The edition has no graded question."""
