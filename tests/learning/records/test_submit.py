"""Handing in: one result, and on a pass one completion and one certificate."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from learning.records.models import Attempt, Certificate, Completion, OptionTally
from learning.records.refusals import Unanswered
from tests.factories.modules import make_edition
from tests.factories.records import (
    certificate_of,
    completion_of,
    fill,
    make_attempt,
    make_failed,
    make_passed,
    right,
    wrong,
)


def test_submitting_is_refused_while_questions_are_open_and_says_which(sam, edition):
    attempt = make_attempt(sam, edition)
    first = attempt.drawn[0]["question"]
    attempt.answer(first, right(edition, first))
    with pytest.raises(Unanswered) as refused:
        attempt.submit(timezone.now())
    assert refused.value.questions == [item["question"] for item in attempt.drawn[1:]]
    attempt.refresh_from_db()
    assert attempt.submitted_at is None
    assert not OptionTally.objects.exists()


def test_a_pass_makes_one_completion_and_one_certificate(sam, edition):
    attempt = make_passed(sam, edition)
    assert attempt.passed
    assert (attempt.points, attempt.max_points) == (Decimal("10.0000"), Decimal("10.0000"))
    completion = completion_of(attempt)
    assert (completion.user, completion.module, completion.edition) == (sam, edition.module, edition)
    assert certificate_of(attempt).holder_name == "Sam de Vries"


def test_the_registration_is_closed_by_a_pass_and_stays_open_after_a_fail(sam, colleague, edition):
    assert make_passed(sam, edition).registration.closed_at
    assert make_failed(colleague, edition).registration.closed_at is None


def test_a_failed_attempt_makes_no_completion_and_no_certificate(sam, edition):
    attempt = make_failed(sam, edition)
    assert attempt.passed is False
    assert attempt.points == 0
    assert not Completion.objects.exists()
    assert not Certificate.objects.exists()


def test_submitting_twice_returns_the_same_result(sam, edition):
    attempt = fill(make_attempt(sam, edition), mistakes=1)
    first = attempt.submit(timezone.now())
    second = Attempt.objects.get(pk=attempt.pk).submit(timezone.now())
    third = attempt.submit(timezone.now())
    for again in (second, third):
        assert (again.points, again.passed, again.submitted_at) == (first.points, first.passed, first.submitted_at)
    assert Completion.objects.count() == Certificate.objects.count() == 1
    assert OptionTally.objects.count() == sum(len(v) for v in attempt.answers.values())


def test_nine_of_ten_passes_at_eighty_and_seven_does_not(sam, colleague, edition):
    assert fill(make_attempt(sam, edition), mistakes=1).submit(timezone.now()).passed
    assert not fill(make_attempt(colleague, edition), mistakes=3).submit(timezone.now()).passed


def test_a_later_fail_keeps_the_valid_pass(sam, edition):
    passed = make_passed(sam, edition)
    before = Completion.objects.values().get()
    assert make_failed(sam, edition).registration_id != passed.registration_id
    assert Completion.objects.values().get() == before
    assert Completion.objects.valid(on=timezone.localdate()).count() == 1
    assert Certificate.objects.get().revoked_at is None


def test_a_second_pass_is_a_second_completion_and_the_first_keeps_its_date(sam, edition):
    first = make_passed(sam, edition, datetime(2026, 1, 10, 12, tzinfo=UTC))
    second = make_passed(sam, edition, datetime(2027, 1, 10, 12, tzinfo=UTC))
    assert completion_of(first).completed_on == date(2026, 1, 10)
    assert completion_of(second).completed_on == date(2027, 1, 10)


def test_a_changed_rule_does_not_rewrite_history(sam, edition):
    done = make_passed(sam, edition, datetime(2026, 1, 10, 12, tzinfo=UTC))
    before = Completion.objects.values().get()
    make_edition(edition.module, pass_mark="100", validity_months=1)
    done.refresh_from_db()
    assert done.passed
    assert Completion.objects.values().get() == before


def test_an_attempt_is_judged_by_the_rule_of_the_day_it_started(sam, edition):
    attempt = fill(make_attempt(sam, edition), mistakes=1)
    make_edition(edition.module, pass_mark="100")
    assert attempt.submit(timezone.now()).passed


def test_a_re_enrolled_learner_starts_with_nothing_done(sam, edition):
    make_passed(sam, edition)
    again = make_attempt(sam, edition)
    assert again.answers == {}
    assert again.registration.closed_at is None
    assert not Completion.objects.filter(registration=again.registration).exists()


@pytest.mark.parametrize(
    ("at", "done_on"),
    [
        (datetime(2026, 6, 30, 22, 30, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2026, 12, 31, 22, 30, tzinfo=UTC), date(2026, 12, 31)),
    ],
)
def test_completed_on_is_the_date_in_amsterdam(sam, edition, at, done_on):
    assert completion_of(make_passed(sam, edition, at)).completed_on == done_on


def test_valid_until_stays_within_a_short_month(sam):
    edition = make_edition(validity_months=6)
    completion = completion_of(make_passed(sam, edition, datetime(2026, 8, 31, 12, tzinfo=UTC)))
    assert completion.valid_until == date(2027, 2, 28)


def test_an_edition_that_does_not_expire_gives_no_end_date(sam):
    assert completion_of(make_passed(sam, make_edition(validity_months=0))).valid_until is None


def test_answers_of_the_whole_round_are_gone_on_completion(sam, edition):
    make_failed(sam, edition)
    assert Attempt.objects.exclude(answers=None).count() == 1
    make_passed(sam, edition)
    assert Attempt.objects.count() == 2
    assert not Attempt.objects.exclude(answers=None).exists()


def test_only_tallies_of_chosen_options_remain(sam, colleague, edition):
    make_passed(sam, edition)
    attempt = make_passed(colleague, edition)
    question = attempt.drawn[0]["question"]
    counts = {str(t.option): t.count for t in OptionTally.objects.filter(edition=edition, question=question)}
    assert counts == dict.fromkeys(right(edition, question), 2)
    assert str(wrong(edition, question)[0]) not in counts


def test_missed_lessons_are_counted(sam, edition):
    attempt = fill(make_attempt(sam, edition), mistakes=3).submit(timezone.now())
    expected: dict[str, int] = {}
    for item in attempt.drawn[:3]:
        expected[item["lesson"]] = expected.get(item["lesson"], 0) + 1
    assert Attempt.objects.get(pk=attempt.pk).missed == expected


def test_the_certificate_has_the_name_and_the_language_of_that_day(sam, edition):
    attempt = fill(make_attempt(sam, edition)).submit(timezone.now(), "en")
    sam.last_name = "Jansen"
    sam.save()
    certificate = certificate_of(attempt)
    assert (certificate.holder_name, certificate.language) == ("Sam de Vries", "en")


def test_the_certificate_is_in_the_person_s_language_unless_told(sam, edition):
    assert certificate_of(make_passed(sam, edition)).language == "nl"


def test_the_longest_name_fits_the_certificate(edition):
    from tests.conftest import make_user

    user = make_user("long@example.org", "N" * 150, "M" * 150)
    assert certificate_of(make_passed(user, edition)).holder_name == f"{'N' * 150} {'M' * 150}"


def test_no_certificate_without_a_passed_attempt(sam, edition):
    make_attempt(sam, edition)
    make_failed_first = Certificate.objects.count()
    assert make_failed_first == 0
    assert all(c.completion.registration.attempts.filter(passed=True).exists() for c in Certificate.objects.all())


def test_a_completion_is_never_edited(sam, edition):
    completion = completion_of(make_passed(sam, edition))
    completion.valid_until = None
    with pytest.raises(ValidationError):
        completion.save()
