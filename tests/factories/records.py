"""Attempts, completions and certificates, made by the same verbs that the views call."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from learning.modules.models import Edition
from learning.records import registrations
from learning.records.grading import right_options
from learning.records.models import Attempt, Certificate, Completion

if TYPE_CHECKING:
    from cms.accounts.models import User


def make_attempt(user: User, edition: Edition, at: datetime | None = None, kind: str = "own") -> Attempt:
    """An open attempt without answers."""
    at = at or timezone.now()
    return registrations.start_attempt(registrations.open_for(user, edition.module, kind, at), edition, at)


def right(edition: Edition, question: str) -> list[str]:
    """The full answer to a question."""
    return sorted(right_options(key_of(edition, question)))


def wrong(edition: Edition, question: str) -> list[str]:
    """An answer that earns nothing."""
    options = key_of(edition, question)["options"]
    return [option["uuid"] for option in options if not right_options(key_of(edition, question)) & {option["uuid"]}][:1]


def key_of(edition: Edition, question: str) -> dict[str, Any]:
    return next(item for item in edition.answer_key["questions"] if item["uuid"] == question)


def fill(attempt: Attempt, mistakes: int = 0) -> Attempt:
    """Answers every question; the first `mistakes` of them wrongly."""
    for number, item in enumerate(attempt.drawn):
        choose = wrong if number < mistakes else right
        attempt.answer(item["question"], choose(attempt.edition, item["question"]))
    return attempt


def make_passed(user: User, edition: Edition, at: datetime | None = None) -> Attempt:
    """A passed attempt, with completion and certificate."""
    return fill(make_attempt(user, edition, at)).submit(at or timezone.now())


def make_failed(user: User, edition: Edition, at: datetime | None = None) -> Attempt:
    """A failed attempt: every question wrong."""
    attempt = make_attempt(user, edition, at)
    return fill(attempt, mistakes=len(attempt.drawn)).submit(at or timezone.now())


def completion_of(attempt: Attempt) -> Completion:
    return Completion.objects.get(registration=attempt.registration_id)


def certificate_of(attempt: Attempt) -> Certificate:
    return Certificate.objects.get(completion__registration=attempt.registration_id)
