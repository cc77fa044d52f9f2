"""Assignments and the obligations that follow from them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from learning.employers import assigning, hiring
from learning.employers.models import Assignment, Obligation
from learning.records.assignments import assigned_to
from tests.factories import employers as make
from tests.factories.modules import make_edition
from tests.learning.employers.addresses import reverse


@pytest.fixture
def today():
    return timezone.localdate()


def test_an_assignment_for_everyone_is_asked_of_everybody(organisation, sams_employment, module, today):
    other = make.make_employment(organisation)
    make.make_assignment(organisation, module, due_on=today)
    assert set(Obligation.objects.values_list("employment_id", flat=True)) == {sams_employment.pk, other.pk}


def test_an_assignment_for_a_team_is_asked_of_that_team(organisation, sams_employment, team, module):
    make.make_employment(organisation)
    make.make_assignment(organisation, module, team=team)
    assert list(Obligation.objects.values_list("employment_id", flat=True)) == [sams_employment.pk]


def test_who_joins_later_gets_at_least_thirty_days(organisation, module, today):
    assignment = make.make_assignment(organisation, module, due_on=today + timedelta(days=2))
    Assignment.objects.filter(pk=assignment.pk).update(created_at=timezone.now() - timedelta(days=5))
    newcomer = make.make_employment(organisation, starts_on=today)
    assert newcomer.obligations.get().due_on == today + timedelta(days=30)


def test_one_module_is_asked_once_and_the_newest_deadline_counts(organisation, sams_employment, team, module, today):
    make.make_assignment(organisation, module, due_on=today + timedelta(days=5))
    make.make_assignment(organisation, module, team=team, due_on=today + timedelta(days=50))
    assert sams_employment.obligations.get().due_on == today + timedelta(days=50)


def test_ending_an_assignment_brings_the_older_one_back(organisation, sams_employment, manager_user, module, today):
    older = make.make_assignment(organisation, module, due_on=today + timedelta(days=5))
    newer = make.make_assignment(organisation, module, due_on=today + timedelta(days=50))
    assigning.end_assignment(newer, manager_user, timezone.now())
    assert sams_employment.obligations.get().assignment_id == older.pk
    assigning.end_assignment(older, manager_user, timezone.now())
    assert not sams_employment.obligations.exists()


def test_another_team_asks_something_else(organisation, sams_employment, team, module):
    make.make_assignment(organisation, module, team=team)
    elsewhere = make.make_team(organisation, "Elders")
    hiring.move(sams_employment, elsewhere, timezone.now())
    assert not sams_employment.obligations.exists()


def test_a_deadline_in_the_past_is_refused_and_keeps_what_was_entered(manager, organisation, module, today):
    yesterday = (today - timedelta(days=1)).isoformat()
    page = manager.post(
        reverse("employers:assign", args=[organisation.public_id]), {"module": module.pk, "due_on": yesterday}
    )
    assert page.status_code == 422
    assert yesterday in page.content.decode()
    assert not Assignment.objects.exists()


def test_today_is_a_good_deadline(manager, organisation, sams_employment, module, today):
    page = manager.post(
        reverse("employers:assign", args=[organisation.public_id]), {"module": module.pk, "due_on": today.isoformat()}
    )
    assert page.status_code == 302
    assert Assignment.objects.get().team is None


def test_another_employers_team_cant_be_chosen(manager, organisation, other_organisation, module, today):
    theirs = make.make_team(other_organisation)
    page = manager.post(
        reverse("employers:assign", args=[organisation.public_id]),
        {"module": module.pk, "due_on": today.isoformat(), "team": str(theirs.public_id)},
    )
    assert page.status_code == 422
    with pytest.raises(ValidationError):
        assigning.assign(organisation, theirs, module, today, None, timezone.now())


def test_a_retired_module_is_not_asked(organisation, module, today):
    module.retired_at = timezone.now()
    with pytest.raises(ValidationError):
        assigning.assign(organisation, None, module, today, None, timezone.now())


def test_the_person_sees_what_is_asked(organisation, sams_employment, sam, module, today):
    make.make_assignment(organisation, module, due_on=today + timedelta(days=9))
    [asked] = assigned_to(sam, "en")
    assert (asked.module_id, asked.organisation, asked.due_on) == (
        module.pk,
        organisation.name,
        today + timedelta(days=9),
    )


def test_working_it_out_again_changes_nothing(organisation, sams_employment, module, django_assert_num_queries, today):
    make.make_assignment(organisation, module)
    before = list(Obligation.objects.values())
    with django_assert_num_queries(2):
        assigning.refresh([sams_employment], today)
    assert list(Obligation.objects.values()) == before


def test_two_modules_are_two_obligations(organisation, sams_employment, module):
    make.make_assignment(organisation, module)
    make.make_assignment(organisation, make_edition(audience="kwekers").module)
    assert sams_employment.obligations.count() == 2
