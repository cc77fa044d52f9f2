"""Plans, means, pages and links for tests."""

from datetime import date, timedelta

import factory
from factory.django import DjangoModelFactory

from campaigns.plans.models import CommunicationPlan, KeyMessage, Means, Objective


class PlanFactory(DjangoModelFactory):
    class Meta:
        model = CommunicationPlan

    title = "Campaign in the port"
    key = factory.Sequence(lambda n: f"plan-{n}")
    region = "Noordzeekanaalgebied"
    starts_on = date(2026, 11, 2)
    ends_on = date(2027, 1, 24)


class MeansFactory(DjangoModelFactory):
    class Meta:
        model = Means

    plan = factory.SubFactory(PlanFactory)
    title = "Campaign page"
    channel = Means.Channel.PAGE
    planned_start = date(2026, 11, 23)
    planned_end = factory.LazyAttribute(lambda means: means.planned_start + timedelta(days=4))


def complete(plan: CommunicationPlan) -> CommunicationPlan:
    """Gives the plan everything that approval asks for."""
    Objective.objects.create(
        plan=plan,
        kind=Objective.Kind.BEHAVIOUR,
        text="More reports",
        indicator="Number of reports",
        baseline="Same period a year before",
        due_on=plan.ends_on,
    )
    KeyMessage.objects.create(plan=plan, group="Terminal staff", core="Your pass, your code.")
    MeansFactory(plan=plan)
    return plan
