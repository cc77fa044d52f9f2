"""What employers ask of a person, for the person's own page in the room below."""

from django.utils import timezone

from cms.accounts.models import User
from learning.employers.models import Employment, Obligation
from learning.records.assignments import AssignedModule


def assigned_modules(user: User, language: str) -> list[AssignedModule]:
    """What is asked of this person under current employments, in one query."""
    found = Obligation.objects.filter(
        employment__in=Employment.objects.current(timezone.localdate()).filter(user=user)
    ).values_list("module_id", "employment__organisation__name", "due_on")
    return [AssignedModule(module_id=pk, organisation=name, due_on=due_on) for pk, name, due_on in found]
