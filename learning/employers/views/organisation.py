"""Teams, managers, assignments and the ground on which names are shown."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.accounts import audit
from learning.employers import assigning, invitations
from learning.employers.access import manager_view
from learning.employers.forms import AssignForm, ConsentForm, ManagerForm, TeamForm
from learning.employers.models import Assignment, Manager, Organisation, Team
from learning.employers.names import module_names
from learning.employers.views.frame import PER_PAGE, add_errors, page, status_of, user_of
from learning.modules import editions


@require_http_methods(["GET", "HEAD", "POST"])
@manager_view
def teams(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The teams, and a form for one more."""
    form = TeamForm(request.POST or None, organisation=organisation)
    if form.is_valid():
        Team.objects.create(organisation=organisation, name=form.cleaned_data["name"])
        messages.success(request, _("The team was added."))
        return redirect("employers:teams", organisation.public_id)
    current = Q(employments__ends_on__isnull=True) | Q(employments__ends_on__gte=timezone.localdate())
    found = organisation.teams.annotate(people=Count("employments", filter=current)).order_by("name", "pk")
    page_obj = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return page(request, organisation, "teams", "people", {"form": form, "page_obj": page_obj}, status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@manager_view
def team(request: HttpRequest, organisation: Organisation, team: UUID) -> HttpResponse:
    """Gives a team another name."""
    found = get_object_or_404(Team, organisation=organisation, public_id=team)
    form = TeamForm(request.POST or None, organisation=organisation, team=found, initial={"name": found.name})
    if form.is_valid():
        found.name = form.cleaned_data["name"]
        found.save(update_fields=["name"])
        messages.success(request, _("The team was changed."))
        return redirect("employers:teams", organisation.public_id)
    return page(request, organisation, "team", "people", {"form": form, "team": found}, status_of(form))


@require_POST
@manager_view
def remove_team(request: HttpRequest, organisation: Organisation, team: UUID) -> HttpResponse:
    """Removes a team that nobody is in and that nothing was asked of."""
    found = get_object_or_404(Team, organisation=organisation, public_id=team)
    if found.employments.exists() or found.assignments.exists():
        messages.error(request, _("This team still has people or assignments. Move the people first."))
        return redirect("employers:team", organisation.public_id, found.public_id)
    audit.record("team.removed", found, user_of(request))
    found.delete()
    messages.success(request, _("The team was removed."))
    return redirect("employers:teams", organisation.public_id)


@require_safe
@manager_view
def assignments(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What is asked of whom, the newest first."""
    found = (
        organisation.assignments.select_related("team")
        .annotate(people=Count("obligations"))
        .order_by("ended_at", "-pk")
    )
    page_obj = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    names = module_names(get_language() or "nl")
    rows = [(assignment, names.get(assignment.module_id, "")) for assignment in page_obj]
    return page(request, organisation, "assignments", "assignments", {"rows": rows, "page_obj": page_obj})


@require_http_methods(["GET", "HEAD", "POST"])
@manager_view
def assign(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Asks a team, or everyone, to complete a module."""
    offered = {module.pk: module for module in editions.offered()}
    names = module_names(get_language() or "nl")
    form = AssignForm(
        request.POST or None,
        organisation=organisation,
        modules={pk: names[pk] for pk in offered},
        today=timezone.localdate(),
    )
    if form.is_valid():
        data = form.cleaned_data
        try:
            assigning.assign(
                organisation, data["team"], offered[data["module"]], data["due_on"], user_of(request), timezone.now()
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The module was assigned."))
            return redirect("employers:assignments", organisation.public_id)
    return page(request, organisation, "assign", "assignments", {"form": form, "none": not offered}, status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@manager_view
def end_assignment(request: HttpRequest, organisation: Organisation, assignment: UUID) -> HttpResponse:
    """Asks, then ends an assignment."""
    found = get_object_or_404(
        Assignment.objects.select_related("team"), organisation=organisation, public_id=assignment
    )
    if request.method == "POST":
        assigning.end_assignment(found, user_of(request), timezone.now())
        messages.success(request, _("The assignment was ended."))
        return redirect("employers:assignments", organisation.public_id)
    name = module_names(get_language() or "nl").get(found.module_id, "")
    return page(request, organisation, "assignment_end", "assignments", {"assignment": found, "name": name})


@require_http_methods(["GET", "HEAD", "POST"])
@manager_view
def managers(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Who manages this organisation, and an invitation for one more."""
    form = ManagerForm(request.POST or None)
    if form.is_valid():
        try:
            invitations.invite_manager(
                organisation, form.cleaned_data["email"], user_of(request), timezone.now(), get_language() or "nl"
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The invitation is on its way. It works for 30 days."))
            return redirect("employers:managers", organisation.public_id)
    found = organisation.managers.select_related("user").order_by("accepted_at", "email")
    page_obj = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return page(request, organisation, "managers", "settings", {"form": form, "page_obj": page_obj}, status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@manager_view
def remove_manager(request: HttpRequest, organisation: Organisation, manager: int) -> HttpResponse:
    """Asks, then takes a manager's access away."""
    found = get_object_or_404(Manager.objects.select_related("user"), organisation=organisation, pk=manager)
    if request.method == "POST":
        try:
            invitations.remove_manager(found, user_of(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("employers:managers", organisation.public_id)
        messages.success(request, _("This manager has no access any more."))
        if found.user_id == user_of(request).pk:
            return redirect("employers:home")
        return redirect("employers:managers", organisation.public_id)
    return page(request, organisation, "manager_remove", "settings", {"manager": found})


@require_http_methods(["GET", "HEAD", "POST"])
@manager_view
def consent(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The ground on which names are shown: what is seen before and after, and the form that records it."""
    today = timezone.localdate()
    form = ConsentForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            if data["ground"] == ConsentForm.CONSENT:
                organisation.record_consent(data["consent_on"], today)
            else:
                organisation.declare_none_required(data["declared_as"], user_of(request), today)
        except ValidationError as error:
            add_errors(form, error)
        else:
            audit.record("names.opened", organisation, user_of(request), ground=data["ground"])
            messages.success(request, _("This was recorded. The overview shows names from now on."))
            return redirect("employers:consent", organisation.public_id)
    context = {"form": form, "open": organisation.names_open(today)}
    return page(request, organisation, "consent", "settings", context, status_of(form))


@require_POST
@manager_view
def withdraw_consent(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Takes the ground back: names are hidden again."""
    organisation.withdraw_ground()
    audit.record("names.closed", organisation, user_of(request))
    messages.success(request, _("Names are hidden again."))
    return redirect("employers:consent", organisation.public_id)
