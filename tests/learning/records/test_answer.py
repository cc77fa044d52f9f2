"""Starting, answering and resuming an attempt."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from learning.records import registrations
from learning.records.models import Attempt, Registration
from learning.records.refusals import (
    AlreadySubmitted,
    NotAnOption,
    NothingToDraw,
    NotInAttempt,
    RegistrationClosed,
    RetryTooSoon,
    WrongNumberChosen,
)
from tests.factories.modules import make_edition, make_key
from tests.factories.records import fill, key_of, make_attempt, make_failed, make_passed, right, wrong


@pytest.fixture
def attempt(sam, edition):
    return make_attempt(sam, edition)


def single(attempt):
    return next(item for item in attempt.drawn if item["kind"] == "single")


def multiple(attempt):
    return next(item for item in attempt.drawn if item["kind"] == "multiple")


def saved(attempt):
    return Attempt.objects.get(pk=attempt.pk).answers


def test_an_answer_is_stored_at_once(attempt):
    question = single(attempt)
    attempt.answer(question["question"], question["options"][:1])
    assert saved(attempt) == {question["question"]: question["options"][:1]}


def test_answering_again_with_the_same_choice_changes_nothing(attempt):
    question = single(attempt)
    for _i in range(3):
        attempt.answer(question["question"], question["options"][:1])
    assert saved(attempt) == {question["question"]: question["options"][:1]}


def test_a_second_choice_replaces_the_first(attempt):
    question = single(attempt)
    attempt.answer(question["question"], question["options"][:1])
    attempt.answer(question["question"], question["options"][1:2])
    assert saved(attempt) == {question["question"]: question["options"][1:2]}


def test_two_devices_that_answer_different_questions_keep_both_answers(attempt):
    phone, tablet = Attempt.objects.get(pk=attempt.pk), Attempt.objects.get(pk=attempt.pk)
    first, second = attempt.drawn[0], attempt.drawn[1]
    phone.answer(first["question"], first["options"][:1])
    tablet.answer(second["question"], second["options"][:1])
    assert set(saved(attempt)) == {first["question"], second["question"]}


def test_an_answer_to_a_question_outside_the_attempt_is_refused(attempt, edition):
    practice = next(question for question in edition.answer_key["questions"] if not question["graded"])
    for question in (practice["uuid"], str(uuid.uuid4())):
        with pytest.raises(NotInAttempt):
            attempt.answer(question, [practice["options"][0]["uuid"]])
    assert saved(attempt) == {}


def test_an_option_of_another_question_is_refused(attempt):
    first, second = attempt.drawn[0], attempt.drawn[1]
    with pytest.raises(NotAnOption):
        attempt.answer(first["question"], [second["options"][0]])
    assert saved(attempt) == {}


def test_single_choice_takes_exactly_one_option(attempt):
    question = single(attempt)
    for chosen in ([], question["options"][:2]):
        with pytest.raises(WrongNumberChosen):
            attempt.answer(question["question"], chosen)
    assert saved(attempt) == {}


def test_multiple_choice_takes_at_least_one_option(attempt):
    question = multiple(attempt)
    with pytest.raises(WrongNumberChosen):
        attempt.answer(question["question"], [])
    attempt.answer(question["question"], question["options"])
    assert saved(attempt) == {question["question"]: question["options"]}


def test_an_answer_after_submission_is_refused(sam, edition):
    attempt = fill(make_attempt(sam, edition), mistakes=10)
    stale = Attempt.objects.get(pk=attempt.pk)
    attempt.submit(timezone.now())
    before = saved(attempt)
    with pytest.raises(AlreadySubmitted):
        stale.answer(attempt.drawn[0]["question"], right(edition, attempt.drawn[0]["question"]))
    assert saved(attempt) == before


def test_an_answer_to_a_thrown_away_attempt_is_refused(attempt):
    stale = Attempt.objects.get(pk=attempt.pk)
    attempt.delete()
    with pytest.raises(AlreadySubmitted):
        stale.answer(single(stale)["question"], single(stale)["options"][:1])


def test_starting_again_resumes_the_open_attempt(sam, edition, attempt):
    assert make_attempt(sam, edition).pk == attempt.pk
    assert Registration.objects.count() == Attempt.objects.count() == 1


def test_an_assigned_module_and_an_own_start_share_one_open_registration(sam, edition):
    now = timezone.now()
    assigned = registrations.open_for(sam, edition.module, "assigned", now)
    assert registrations.open_for(sam, edition.module, "own", now) == assigned
    assert Registration.objects.get().kind == "assigned"


def test_an_open_attempt_keeps_its_edition_when_a_new_one_is_released(sam, edition, attempt):
    newer = make_edition(edition.module)
    resumed = make_attempt(sam, newer)
    assert (resumed.pk, resumed.edition_id) == (attempt.pk, edition.pk)


def test_a_typo_fix_leaves_answers_and_completions_alone(sam, colleague, edition):
    done = make_passed(colleague, edition)
    attempt = fill(make_attempt(sam, edition), mistakes=1)
    make_edition(edition.module, kind="typo", key=edition.answer_key)
    done.refresh_from_db()
    assert done.passed
    assert len(saved(attempt)) == 10
    assert Attempt.objects.get(pk=attempt.pk).submit(timezone.now()).passed


def test_a_failed_attempt_asks_for_the_editions_pause(sam):
    edition = make_edition(cooldown_minutes=30)
    now = timezone.now()
    make_failed(sam, edition, now)
    with pytest.raises(RetryTooSoon) as refused:
        make_attempt(sam, edition, now + timedelta(minutes=29))
    assert refused.value.until == now + timedelta(minutes=30)
    assert make_attempt(sam, edition, now + timedelta(minutes=30)).answers == {}
    assert Attempt.objects.count() == 2


def test_a_passed_registration_takes_no_new_attempt(sam, edition):
    round_ = make_passed(sam, edition).registration
    with pytest.raises(RegistrationClosed):
        registrations.start_attempt(round_, edition, timezone.now())
    assert make_attempt(sam, edition).registration_id != round_.pk


def test_an_open_attempt_from_before_a_pin_reset_is_not_shown_again(sam, edition):
    old = make_attempt(sam, edition, timezone.now() - timedelta(hours=1))
    old.answer(old.drawn[0]["question"], right(edition, old.drawn[0]["question"]))
    sam.private_since = timezone.now() - timedelta(minutes=5)
    sam.save()
    new = make_attempt(sam, edition)
    assert new.pk != old.pk
    assert new.answers == {}


def test_a_draw_takes_as_many_graded_questions_as_the_edition_says(sam):
    edition = make_edition(draw_count=4)
    attempt = make_attempt(sam, edition)
    assert len({item["question"] for item in attempt.drawn}) == 4
    assert all(key_of(edition, item["question"])["graded"] for item in attempt.drawn)


def test_without_shuffling_questions_and_options_keep_their_order(sam):
    edition = make_edition(draw_count=6, shuffle_questions=False, shuffle_options=False)
    order = [question["uuid"] for question in edition.answer_key["questions"]]
    drawn = make_attempt(sam, edition).drawn
    assert [item["question"] for item in drawn] == sorted((item["question"] for item in drawn), key=order.index)
    for item in drawn:
        assert item["options"] == [option["uuid"] for option in key_of(edition, item["question"])["options"]]


def test_shuffling_mixes_the_options_and_keeps_what_was_shown(sam, colleague):
    edition = make_edition(key=make_key(questions=40))
    attempt = make_attempt(sam, edition)
    assert Attempt.objects.get(pk=attempt.pk).drawn == attempt.drawn
    assert attempt.drawn != make_attempt(colleague, edition).drawn
    for item in attempt.drawn:
        assert sorted(item["options"]) == sorted(o["uuid"] for o in key_of(edition, item["question"])["options"])


def test_what_was_drawn_holds_no_key(attempt):
    assert all(set(item) == {"question", "kind", "lesson", "options"} for item in attempt.drawn)


def test_an_edition_without_graded_questions_starts_nothing(sam):
    edition = make_edition(key={"questions": []})
    with pytest.raises(NothingToDraw):
        make_attempt(sam, edition)
    assert not Attempt.objects.exists()


def test_the_pass_mark_of_the_day_is_kept(sam):
    edition = make_edition(pass_mark="70.50")
    assert str(Attempt.objects.get(pk=make_attempt(sam, edition).pk).pass_mark) == "70.50"
    assert wrong(edition, edition.answer_key["questions"][0]["uuid"])
