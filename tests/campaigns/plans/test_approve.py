"""Approving a communication plan."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from campaigns.plans.models import CommunicationPlan, NotApprovable, Objective
from cms.accounts.models import AuditEvent
from tests.conftest import signed_in
from tests.factories.campaigns import PlanFactory, complete

pytestmark = pytest.mark.django_db


def behaviour(plan, **fields):
    return Objective(plan=plan, kind=Objective.Kind.BEHAVIOUR, text="More people report", **fields)


@pytest.mark.parametrize("left_out", ["indicator", "baseline", "due_on"])
def test_a_behaviour_objective_needs_indicator_baseline_and_date(left_out):
    plan = PlanFactory()
    fields = {"indicator": "reports", "baseline": "last year", "due_on": plan.ends_on}
    del fields[left_out]
    objective = behaviour(plan, **fields)
    with pytest.raises(ValidationError) as refusal:
        objective.full_clean()
    assert list(refusal.value.message_dict) == [left_out]
    with pytest.raises(IntegrityError), transaction.atomic():
        objective.save()


def test_knowledge_may_do_without_a_baseline():
    plan = PlanFactory()
    Objective(plan=plan, kind=Objective.Kind.KNOWLEDGE, text="70% know the number").full_clean()


def test_a_plan_without_a_behaviour_objective_is_not_approved(communicator):
    plan = complete(PlanFactory())
    plan.objectives.all().delete()
    Objective.objects.create(plan=plan, kind=Objective.Kind.KNOWLEDGE, text="70% know the number")
    plan = CommunicationPlan.objects.get(pk=plan.pk)
    with translation.override("en"), pytest.raises(NotApprovable, match="behaviour"):
        plan.approve(communicator, timezone.now())
    assert CommunicationPlan.objects.get(pk=plan.pk).state == CommunicationPlan.State.DRAFT


def test_an_empty_plan_names_every_gap():
    assert len(PlanFactory().gaps()) == 3


def test_approval_is_stored_and_traced(communicator):
    plan = complete(PlanFactory())
    client = signed_in(communicator, verified=True)
    response = client.post(reverse("plan_approve", args=[plan.pk]), follow=True)
    assert response.status_code == 200
    plan.refresh_from_db()
    assert plan.state == CommunicationPlan.State.APPROVED
    assert plan.approved_at is not None
    event = AuditEvent.objects.get(act="plan_approved")
    assert (event.actor, event.object_id) == (communicator, str(plan.pk))


def test_a_refused_approval_says_why_on_the_page(communicator):
    plan = PlanFactory()
    client = signed_in(communicator, verified=True)
    response = client.post(reverse("plan_approve", args=[plan.pk]), follow=True)
    assert response.context["gaps"] == plan.gaps()
    plan.refresh_from_db()
    assert plan.state == CommunicationPlan.State.DRAFT


def test_an_approved_plan_can_be_opened_again(communicator):
    plan = complete(PlanFactory())
    plan.approve(communicator, timezone.now())
    signed_in(communicator, verified=True).post(reverse("plan_reopen", args=[plan.pk]))
    plan.refresh_from_db()
    assert (plan.state, plan.approved_at) == (CommunicationPlan.State.DRAFT, None)


@pytest.mark.parametrize("name", ["plan_overview", "plan_approve", "plan_reopen"])
def test_a_plan_is_not_shown_or_changed_without_the_right(name, sam, stranger):
    plan = complete(PlanFactory())
    for user in (sam, stranger):
        client = signed_in(user, verified=True)
        assert client.get(reverse(name, args=[plan.pk])).status_code in (302, 403, 404, 405)
        assert client.post(reverse(name, args=[plan.pk])).status_code in (302, 403, 404, 405)
    plan.refresh_from_db()
    assert plan.state == CommunicationPlan.State.DRAFT


def test_a_plan_must_not_end_before_it_starts():
    plan = PlanFactory.build()
    plan.ends_on = plan.starts_on.replace(year=2025)
    with pytest.raises(ValidationError) as refusal:
        plan.clean()
    assert "ends_on" in refusal.value.message_dict
