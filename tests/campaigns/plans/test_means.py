"""Means: their dates are a plan."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from campaigns.plans.models import Means
from tests.factories.campaigns import MeansFactory

pytestmark = pytest.mark.django_db


def test_the_first_day_live_is_kept_when_a_page_goes_live_again():
    means = MeansFactory()
    means.went_live(date(2026, 11, 24))
    means.ended(date(2026, 11, 30))
    means.went_live(date(2026, 12, 7))
    means.refresh_from_db()
    assert (means.state, means.actual_start, means.actual_end) == (Means.State.LIVE, date(2026, 11, 24), None)


def test_what_never_went_live_does_not_end():
    means = MeansFactory()
    means.ended(date(2026, 11, 30))
    means.refresh_from_db()
    assert (means.state, means.actual_end) == (Means.State.PLANNED, None)


def test_a_means_must_not_end_before_it_starts():
    means = MeansFactory.build(planned_end=date(2026, 1, 1))
    with pytest.raises(ValidationError) as refusal:
        means.clean()
    assert "planned_end" in refusal.value.message_dict


def test_planned_between_finds_what_touches_the_days():
    means = MeansFactory(planned_start=date(2026, 11, 23), planned_end=date(2026, 12, 4))
    assert list(Means.objects.planned_between(date(2026, 12, 4), date(2026, 12, 31))) == [means]
    assert list(Means.objects.planned_between(date(2026, 12, 5), date(2026, 12, 31))) == []
