"""Open, done, late, expired: what the employer sees of one person and module."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from learning.employers import progress
from tests.factories import employers as make
from tests.factories.modules import make_edition


@pytest.fixture
def today():
    return timezone.localdate()


def status(employment, module):
    state = progress.state_of(employment, timezone.localdate())
    return state[module.pk][0] if module.pk in state else None


def test_who_completed_nothing_is_open_until_the_deadline(organisation, sams_employment, module, today):
    make.make_assignment(organisation, module, due_on=today)
    assert status(sams_employment, module) == "open"


def test_who_completed_nothing_is_late_the_day_after(organisation, sams_employment, module, today):
    make.make_assignment(organisation, module, due_on=today - timedelta(days=1))
    assert status(sams_employment, module) == "late"


def test_a_valid_completion_is_done_also_after_the_deadline(organisation, sams_employment, edition, sam, today):
    make.make_assignment(organisation, edition.module, due_on=today - timedelta(days=1))
    make.make_completion(sam, edition, valid_until=today)
    assert status(sams_employment, edition.module) == "done"


def test_a_proof_that_ran_out_after_the_deadline_is_expired(organisation, sams_employment, edition, sam, today):
    make.make_assignment(organisation, edition.module, due_on=today - timedelta(days=20))
    make.make_completion(sam, edition, completed_on=today - timedelta(days=90), valid_until=today - timedelta(days=1))
    assert status(sams_employment, edition.module) == "expired"


def test_a_newer_deadline_that_passed_makes_late(organisation, sams_employment, edition, sam, today):
    make.make_assignment(organisation, edition.module, due_on=today - timedelta(days=2))
    make.make_completion(sam, edition, completed_on=today - timedelta(days=90), valid_until=today - timedelta(days=10))
    assert status(sams_employment, edition.module) == "late"


def test_a_newer_valid_proof_counts_over_an_old_one(organisation, sams_employment, edition, sam, today):
    make.make_assignment(organisation, edition.module)
    make.make_completion(sam, edition, completed_on=today - timedelta(days=90), valid_until=today - timedelta(days=1))
    make.make_completion(sam, edition, completed_on=today)
    state = progress.state_of(sams_employment, today)[edition.module_id]
    assert state == ("done", today, today + timedelta(days=730))


def test_what_was_completed_before_the_employment_is_not_the_employers(organisation, edition, sam, today):
    employment = make.make_employment(organisation, sam, starts_on=today - timedelta(days=5))
    make.make_assignment(organisation, edition.module)
    make.make_completion(sam, edition, completed_on=today - timedelta(days=6))
    assert status(employment, edition.module) == "open"


def test_who_has_not_accepted_is_open_whatever_they_completed(organisation, edition, sam, today):
    employment = make.make_employment(organisation, email=sam.email)
    make.make_assignment(organisation, edition.module)
    make.make_completion(sam, edition)
    assert status(employment, edition.module) == "open"


def test_after_the_last_day_nothing_is_seen(organisation, edition, sam, today):
    employment = make.make_employment(organisation, sam)
    make.make_assignment(organisation, edition.module)
    make.make_completion(sam, edition)
    employment.ends_on = today - timedelta(days=1)
    employment.save()
    assert progress.state_of(employment, today) == {}


def test_two_employers_each_see_what_falls_under_them(organisation, other_organisation, edition, sam, today):
    """Training for one employer counts for the other from its own first day on."""
    old = make.make_employment(organisation, sam)
    new = make.make_employment(other_organisation, sam, starts_on=today - timedelta(days=3))
    for employer in (organisation, other_organisation):
        make.make_assignment(employer, edition.module)
    make.make_completion(sam, edition, completed_on=today - timedelta(days=10))
    assert (status(old, edition.module), status(new, edition.module)) == ("done", "open")


def test_counts_by_team_are_one_query(organisation, edition, django_assert_num_queries, today):
    make.make_staff(organisation, edition.module, edition, 40, teams=4)
    with django_assert_num_queries(1):
        [counts] = progress.tally(organisation, today).values()
    assert len(counts) == 4
    assert sum(sum(row.values()) for row in counts.values()) == 40
    assert sum(row["done"] for row in counts.values()) == 20


def test_somebody_without_assignments_does_not_count(organisation, sams_employment, today):
    assert progress.tally(organisation, today) == {}


def test_the_list_has_four_facts_and_no_more(organisation, edition, today):
    """Of what somebody did only these are read from the room below."""
    make.make_staff(organisation, edition.module, edition, 2, teams=1)
    sql = str(progress.rows(organisation, today).query)
    for word in ("points", "passed", "attempt", "answer", "started_at", "submitted_at"):
        assert word not in sql


def test_a_module_in_another_language_is_the_same_module(organisation, sams_employment, sam):
    edition = make_edition(audience="chauffeurs")
    make.make_assignment(organisation, edition.module)
    make.make_completion(sam, edition)
    assert status(sams_employment, edition.module) == "done"
