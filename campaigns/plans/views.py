"""A plan on one page in the CMS, and the verbs that change its state."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns.plans.models import CommunicationPlan, NotApprovable

#: The plan's texts, in the order in which the page shows them.
TEXTS = (
    "reason",
    "challenge",
    "policy_goal",
    "frames",
    "insight",
    "strategy",
    "organisation",
    "evaluation",
    "source",
)


def _plan_for(request: HttpRequest, pk: int) -> CommunicationPlan:
    if not request.user.has_perm("plans.change_communicationplan"):
        raise PermissionDenied
    return get_object_or_404(CommunicationPlan, pk=pk)


def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole plan on one page: objectives, groups, messages, and means by week."""
    plan = _plan_for(request, pk)
    return render(
        request,
        "plans/overview.html",
        {
            "plan": plan,
            "objectives": plan.objectives.all(),
            "target_groups": plan.target_groups.all(),
            "key_messages": plan.key_messages.all(),
            "means": plan.means.all()[:200],
            "gaps": plan.gaps(),
            "texts": [
                (plan._meta.get_field(name).verbose_name, getattr(plan, name)) for name in TEXTS if getattr(plan, name)
            ],
        },
    )


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approves the plan, or says what it lacks."""
    plan = _plan_for(request, pk)
    try:
        plan.approve(request.user, timezone.now())  # type: ignore[arg-type]
    except NotApprovable as refusal:
        for gap in refusal.messages:
            messages.error(request, gap)
    else:
        messages.success(request, _("The plan is approved."))
    return redirect("plan_overview", pk=plan.pk)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes the plan a draft again."""
    plan = _plan_for(request, pk)
    plan.reopen(request.user)  # type: ignore[arg-type]
    messages.success(request, _("The plan is a draft again."))
    return redirect("plan_overview", pk=plan.pk)
