"""A person's own side: my employers, what each of them sees, and the way out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.accounts.languages import other_languages
from learning.employers import progress, ties
from learning.employers.models import Employment
from learning.employers.names import module_names
from learning.employers.views.frame import user_of


def own_tie(request: HttpRequest, tie: UUID) -> Employment:
    """This person's own tie, or an invitation at their own address. Raises `Http404` for any other."""
    for employment in ties.ties_of(user_of(request), timezone.now()):
        if employment.public_id == tie:
            return employment
    raise Http404


@never_cache
@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """My employers, and what they see of me."""
    today = timezone.localdate()
    names = module_names(get_language() or "nl")
    found = []
    for employment in ties.ties_of(user_of(request), timezone.now()):
        states = progress.state_of(employment, today) if employment.user_id else {}
        seen = [
            {"name": names.get(pk, ""), "status": status, "done_on": done_on, "until": until}
            for pk, (status, done_on, until) in states.items()
        ]
        found.append({"employment": employment, "seen": seen, "names_open": employment.organisation.names_open(today)})
    context: dict[str, Any] = {
        "ties": found,
        "for_ever": progress.FOR_EVER,
        "section": "mine",
        "translations": other_languages(request),
    }
    return render(request, "employers/ties.html", context)


@never_cache
@require_POST
@login_required
def accept(request: HttpRequest, tie: UUID) -> HttpResponse:
    """Accepts an invitation at one's own address."""
    return _answered(request, tie, accepted=True)


@never_cache
@require_POST
@login_required
def decline(request: HttpRequest, tie: UUID) -> HttpResponse:
    """Declines an invitation at one's own address."""
    return _answered(request, tie, accepted=False)


def _answered(request: HttpRequest, tie: UUID, *, accepted: bool) -> HttpResponse:
    verb = ties.accept if accepted else ties.decline
    try:
        verb(own_tie(request, tie), user_of(request), timezone.now())
    except ties.TieRefused:
        messages.warning(request, _("You answered this before."))
    else:
        messages.success(request, _("You accepted.") if accepted else _("You declined."))
    return redirect("employers:ties")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def end(request: HttpRequest, tie: UUID) -> HttpResponse:
    """Says what ending a tie does, then ends it."""
    employment = own_tie(request, tie)
    if employment.user_id is None:
        raise Http404
    if request.method != "POST":
        context = {"employment": employment, "section": "mine", "translations": other_languages(request)}
        return render(request, "employers/tie_end.html", context)
    try:
        ties.untie(employment, user_of(request), timezone.now())
    except ties.TieRefused:
        messages.warning(request, _("You ended this before."))
    else:
        messages.success(request, _("This employer sees nothing of you any more."))
    return redirect("employers:ties")
