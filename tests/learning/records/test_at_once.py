"""Two tabs, two devices, a double click: real connections that meet in the database."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from learning.records import registrations
from learning.records.models import Attempt, Certificate, Completion, OptionTally, Registration
from learning.records.refusals import AlreadySubmitted
from tests.factories.modules import make_edition
from tests.factories.records import fill, make_attempt, make_failed, right

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Runs every act in a thread with a connection of its own, all at the same moment; gives what each
    returned or raised."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            gate.wait(timeout=30)
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_twenty_submits_at_once_give_one_result_one_completion_and_one_certificate(sam):
    attempt = fill(make_attempt(sam, make_edition()), mistakes=1)
    results = together(*[lambda: Attempt.objects.get(pk=attempt.pk).submit(timezone.now())] * 20)
    assert {type(result) for result in results} == {Attempt}
    assert len({(r.points, r.passed, r.submitted_at) for r in results}) == 1
    assert Completion.objects.count() == Certificate.objects.count() == 1
    assert set(OptionTally.objects.values_list("count", flat=True)) == {1}
    assert Attempt.objects.get().answers is None


def test_ten_starts_at_once_give_one_registration_and_one_attempt(sam):
    edition = make_edition()
    attempts = together(*[lambda: make_attempt(sam, edition)] * 10)
    assert len({attempt.pk for attempt in attempts}) == 1
    assert Registration.objects.count() == Attempt.objects.count() == 1


def test_ten_retries_at_once_give_one_new_attempt(sam):
    edition = make_edition()
    make_failed(sam, edition)
    attempts = together(*[lambda: make_attempt(sam, edition)] * 10)
    assert len({attempt.pk for attempt in attempts}) == 1
    assert Attempt.objects.count() == 2


def test_answers_to_ten_questions_at_once_are_all_kept(sam):
    edition = make_edition()
    attempt = make_attempt(sam, edition)

    def answering(question: str) -> Callable[[], None]:
        return lambda: Attempt.objects.get(pk=attempt.pk).answer(question, right(edition, question))

    assert together(*[answering(item["question"]) for item in attempt.drawn]) == [None] * 10
    assert Attempt.objects.get().unanswered() == []


@pytest.mark.parametrize("round_", range(5))
def test_an_answer_that_races_submission_is_judged_or_refused_and_never_left_behind(sam, round_):
    edition = make_edition()
    attempt = fill(make_attempt(sam, edition), mistakes=1)
    first = attempt.drawn[0]["question"]
    answered, submitted = together(
        lambda: Attempt.objects.get(pk=attempt.pk).answer(first, right(edition, first)),
        lambda: Attempt.objects.get(pk=attempt.pk).submit(timezone.now()),
    )
    assert submitted.passed
    assert submitted.points == 9 if isinstance(answered, AlreadySubmitted) else submitted.points == 10
    assert Attempt.objects.get().answers is None


def test_many_people_who_hand_in_at_once_are_all_counted_and_none_is_blocked(django_user_model):
    edition = make_edition()
    people = [
        django_user_model.objects.create_user(f"p{n}@example.org", first_name="P", last_name=str(n)) for n in range(12)
    ]
    attempts = [fill(make_attempt(person, edition)) for person in people]
    results = together(*[lambda attempt=attempt: attempt.submit(timezone.now()) for attempt in attempts])
    assert all(isinstance(result, Attempt) and result.passed for result in results)
    assert set(OptionTally.objects.values_list("count", flat=True)) == {12}
    assert Completion.objects.count() == 12


def test_two_rooms_that_open_a_round_at_once_share_it(sam):
    edition = make_edition()
    now = timezone.now()
    found = together(
        lambda: registrations.open_for(sam, edition.module, "assigned", now),
        lambda: registrations.open_for(sam, edition.module, "own", now),
    )
    assert found[0].pk == found[1].pk
