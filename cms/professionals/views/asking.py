"""For who has no account yet: what it is, asking for it, and where the request stands. The links in the mails are
the way in; opening one changes nothing, only a pressed button does."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cms.accounts import lockout
from cms.professionals import areas, asking, tokens
from cms.professionals.forms import AnswerForm, RequestForm
from cms.professionals.models import AccountRequest
from cms.professionals.views.frame import other_languages, page


def _language() -> str:
    return get_language() or areas.FALLBACK


@never_cache
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What an account is, for whom, what you get, how long it takes, and the areas that take requests."""
    return page(request, "about", {"areas": areas.taking_requests(_language())})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, area: str) -> HttpResponse:
    """The form. Its answer is the same page for everybody, whoever has an account or asked before."""
    found = areas.taking_requests_at(area, _language())
    if found is None:
        raise Http404
    form = RequestForm(request.POST or None)
    at = timezone.now()
    if request.method == "POST" and form.is_valid():
        asking.ask(found, form.cleaned_data, lockout.client_address(request), at)
        return redirect("professionals:sent")
    answer_by = asking.promised(found.translation_key, at)
    # an area's name in an address differs by language
    elsewhere = other_languages(reverse("professionals:about"))
    context = {"area": found, "form": form, "answer_by": answer_by, "translations": elsewhere}
    return page(request, "ask", context)


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """What to do now: read your mail."""
    return page(request, "sent", {"days": asking.VALID_FOR.days})


def _stale(request: HttpRequest, status: int) -> HttpResponse:
    return page(request, "stale", {}, status=status)


def _to_state(found: AccountRequest) -> HttpResponse:
    return redirect(tokens.path_of(found, "state", _language()))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A GET shows a button, so that a mail scanner uses nothing up; the POST puts the request in the queue."""
    found, at = tokens.find(token, "confirm"), timezone.now()
    if found is None:
        return _stale(request, 404)
    if found.confirmed_at is not None:
        return _to_state(found)
    if not asking.can_confirm(found, at):
        return _stale(request, 410)
    if request.method != "POST":
        context = {"request_": found, "area_name": areas.name_of(found.area, _language())}
        return page(request, "confirm", context)
    try:
        standing = asking.confirm(found, at)
    except asking.NotPossible:
        found.refresh_from_db()
        return _to_state(found) if found.confirmed_at else _stale(request, 410)
    if standing.pk != found.pk:
        messages.info(request, _("You asked before. That request is still open, so we go on with it."))
    return _to_state(standing)


def _of_token(token: str) -> AccountRequest:
    """The confirmed request of this link. Raises `Http404`."""
    found = tokens.find(token, "state")
    if found is None or found.confirmed_at is None:
        raise Http404
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def state(request: HttpRequest, token: str) -> HttpResponse:
    """Where the request stands; a POST answers the editor's question. Whose request it is isn't shown: a mail
    can be passed on."""
    try:
        found = _of_token(token)
    except Http404:
        return _stale(request, 404)
    question = found.questions.filter(answered_at__isnull=True).first() if found.state == "question" else None
    form = AnswerForm(request.POST or None) if question else None
    if request.method == "POST":
        if form is None:
            return _to_state(found)
        if form.is_valid():
            return _answered(request, found, form.cleaned_data["answer"])
    access = getattr(found, "access", None)
    context = {
        "request_": found,
        "question": question,
        "form": form,
        "area_name": areas.name_of(found.area, _language()),
        "access": access,
        "holds": access is not None and access.holds(timezone.now()),
        "overdue": found.is_overdue(timezone.localdate()),
        "token": token,
    }
    return page(request, "state", context)


def _answered(request: HttpRequest, found: AccountRequest, text: str) -> HttpResponse:
    try:
        asking.answer(found, text, timezone.now())
    except asking.NotPossible:
        messages.warning(request, _("You answered this before."))
    else:
        messages.success(request, _("Your answer is sent. The editor looks at your request again."))
    return _to_state(found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Says what withdrawing does, then does it."""
    try:
        found = _of_token(token)
    except Http404:
        return _stale(request, 404)
    if request.method != "POST" and found.is_open:
        context = {"area_name": areas.name_of(found.area, _language()), "token": token}
        return page(request, "withdraw", context)
    if request.method == "POST":
        try:
            asking.withdraw(found, timezone.now())
        except asking.NotPossible:
            messages.info(request, _("This request was decided or withdrawn before."))
        else:
            messages.success(request, _("Your request is withdrawn."))
    return _to_state(found)
