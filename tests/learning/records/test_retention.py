"""Answers are deleted when they have served."""

from datetime import timedelta

from django.utils import timezone

from learning.records import retention
from learning.records.models import Attempt, Completion, OptionTally, Registration
from tests.factories.records import fill, make_attempt, make_failed, make_passed


def test_answers_of_a_failed_attempt_go_after_30_days_and_its_outcome_stays(sam, edition):
    now = timezone.now()
    attempt = make_failed(sam, edition, now - timedelta(days=31))
    tallies = list(OptionTally.objects.values())
    assert retention.sweep(now) == 1
    attempt.refresh_from_db()
    assert (attempt.answers, attempt.missed) == (None, None)
    assert (attempt.passed, attempt.points) == (False, 0)
    assert list(OptionTally.objects.values()) == tallies


def test_nothing_goes_before_30_days(sam, edition):
    now = timezone.now()
    attempt = make_failed(sam, edition, now - timedelta(days=30) + timedelta(minutes=1))
    assert retention.sweep(now) == 0
    attempt.refresh_from_db()
    assert attempt.answers


def test_an_abandoned_attempt_goes_as_a_whole_and_the_module_can_be_started_again(sam, edition):
    now = timezone.now()
    old = fill(make_attempt(sam, edition, now - timedelta(days=31)))
    assert retention.sweep(now) == 1
    assert not Attempt.objects.exists()
    assert Registration.objects.get().closed_at is None
    assert make_attempt(sam, edition, now).pk != old.pk


def test_a_pass_keeps_its_completion_and_loses_which_lessons_were_missed(sam, edition):
    now = timezone.now()
    then = now - timedelta(days=40)
    fill(make_attempt(sam, edition, then), mistakes=1).submit(then)
    before = Completion.objects.values().get()
    assert retention.sweep(now) == 1
    assert Attempt.objects.get().missed is None
    assert Completion.objects.values().get() == before


def test_sweeping_again_finds_nothing(sam, colleague, edition):
    now = timezone.now()
    make_failed(sam, edition, now - timedelta(days=31))
    make_passed(colleague, edition, now - timedelta(days=31))
    assert retention.sweep(now) == 2
    assert retention.sweep(now) == 0


def test_more_than_one_batch_is_swept(sam, edition, monkeypatch):
    now = timezone.now()
    monkeypatch.setattr(retention, "BATCH", 2)
    for _n in range(5):
        make_failed(sam, edition, now - timedelta(days=31))
    assert retention.sweep(now) == 5
    assert not Attempt.objects.exclude(answers=None).exists()
