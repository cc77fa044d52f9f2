"""My areas: what somebody with access has, until when, and the way out."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.accounts import second_factor
from cms.accounts.requests import UserRequest
from cms.professionals import access as accesses
from cms.professionals import areas, asking, files, guard, restricted
from cms.professionals.forms import WhyForm
from cms.professionals.models import Access, DocumentVersion
from cms.professionals.models.restricted import CACHE_CONTROL
from cms.professionals.views.frame import page


@require_safe
@login_required
def mine(request: UserRequest) -> HttpResponse:
    """My areas with their pages and documents; what waits to be opened; and where to ask when there is none."""
    user, at = request.user, timezone.now()
    held = accesses.of_user(user, at)
    if held and not second_factor.is_verified(user):
        return redirect(second_factor.missing_step(request))
    accesses.seen(held, at)
    waiting = accesses.waiting_for(user, at)
    language = get_language() or areas.FALLBACK
    found = areas.pages_of([each.area for each in (*held, *waiting)], language)
    context = {
        "held": restricted.below(held, found),
        "waiting": [{"access": each, "area": found.get(each.area)} for each in waiting],
    }
    response = page(request, "mine", context)
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response


def _own(request: UserRequest, access: UUID) -> Access:
    """This person's own current access. Raises `Http404` for any other."""
    for held in accesses.of_user(request.user, timezone.now()):
        if held.public_id == access:
            return held
    raise Http404


@never_cache
@require_POST
@login_required
def open_access(request: UserRequest, access: UUID) -> HttpResponse:
    """Ties an approval to this account, signed in with the address that was confirmed."""
    at = timezone.now()
    for waiting in accesses.waiting_for(request.user, at):
        if waiting.public_id == access:
            accesses.open_approval(waiting, request.user, at)
            return redirect("professionals:mine")
    raise Http404


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def renew(request: UserRequest, access: UUID) -> HttpResponse:
    """Asks to go on, with what was entered before."""
    held = _own(request, access)
    first = held.request
    known = {"organisation": first.organisation, "role": first.role, "why": first.why}
    form = WhyForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            asked = asking.renew(held, request.user, form.cleaned_data, timezone.now())
        except asking.NotPossible:
            messages.info(request, _("You asked before. That request is still open, so we go on with it."))
        else:
            day = date_format(asked.answer_by, "j F Y")  # type: ignore[arg-type]
            messages.success(request, _("You asked to go on. You get an answer by %(day)s.") % {"day": day})
        return redirect("professionals:mine")
    context = {"form": form, "access": held, "area_name": areas.name_of(held.area, get_language() or areas.FALLBACK)}
    return page(request, "renew", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def end(request: UserRequest, access: UUID) -> HttpResponse:
    """Says what ending does, then ends it."""
    held = _own(request, access)
    if request.method != "POST":
        name = areas.name_of(held.area, get_language() or areas.FALLBACK)
        return page(request, "end", {"access": held, "area_name": name})
    accesses.end(held, Access.Why.PERSON, request.user, timezone.now())
    messages.success(request, _("Your access is ended."))
    return redirect("professionals:mine")


@require_safe
def document(request: HttpRequest, version: UUID) -> HttpResponseBase:
    """A version of a document, as a download. Who may not read it gets what an id that isn't there gets."""
    found = DocumentVersion.objects.select_related("document").filter(public_id=version).first()
    known = guard.may_know(request, found.document.area if found else None)
    if found is None or not known:
        raise Http404
    if not second_factor.is_verified(request.user):
        return redirect(second_factor.missing_step(request))
    return files.hand_out(found)
