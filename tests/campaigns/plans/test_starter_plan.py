"""The starter plan for the Noordzeekanaalgebied."""

import pytest
from django.utils import timezone

from campaigns.plans import starter
from campaigns.plans.models import CommunicationPlan, Means, Objective

pytestmark = pytest.mark.django_db


def test_the_starter_plan_can_be_approved_as_it_is(communicator):
    plan = starter.load()
    assert plan.gaps() == []
    plan.approve(communicator, timezone.now())


def test_the_starter_plan_is_complete():
    plan = starter.load()
    assert plan.objectives.count() == 3
    assert {objective.kind for objective in plan.objectives.all()} == set(Objective.Kind.values)
    assert plan.target_groups.count() == 5
    assert {message.group for message in plan.key_messages.all()} <= {group.name for group in plan.target_groups.all()}
    weeks = {(means.planned_start - plan.starts_on).days // 7 + 1 for means in plan.means.all()}
    assert weeks == set(range(1, 13))
    assert all(plan.starts_on <= means.planned_start <= means.planned_end <= plan.ends_on for means in plan.means.all())


def test_every_target_is_marked_as_a_proposal():
    plan = starter.load()
    assert "te controleren door een redacteur" in plan.source
    assert all("te controleren" in objective.source for objective in plan.objectives.all())


def test_means_serve_objectives_and_messages_of_their_own_plan():
    plan = starter.load()
    for means in Means.objects.filter(plan=plan):
        assert {objective.plan_id for objective in means.objectives.all()} <= {plan.pk}
        assert {message.plan_id for message in means.messages.all()} <= {plan.pk}


def test_loading_twice_changes_nothing_and_keeps_an_editors_work():
    plan = starter.load()
    CommunicationPlan.objects.filter(pk=plan.pk).update(title="Mine")
    again = starter.load()
    assert (again.pk, again.title) == (plan.pk, "Mine")
    assert CommunicationPlan.objects.count() == 1
    assert Means.objects.count() == plan.means.count()
