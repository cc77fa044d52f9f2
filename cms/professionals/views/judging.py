"""The queue in the CMS. An editor sees the requests and access of their own areas; for others' they aren't there.
Each act has a page of its own that says what it does, and one button."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.accounts.models import User
from cms.professionals import access as accesses
from cms.professionals import areas, judging
from cms.professionals.forms import ApproveForm, FilterForm, QuestionForm, RefuseForm, is_private
from cms.professionals.models import Access, AccountRequest, State
from cms.professionals.models.requests import OPEN, RequestQuerySet

PER_PAGE = 25
#: What an act does with the form that was filled in.
Verb = Callable[[dict[str, Any], datetime], Any]


def own_areas(request: HttpRequest) -> frozenset[UUID] | None:
    """The areas of this editor; None for all. Raises `PermissionDenied` for who edits none."""
    found = areas.edited_by(request.user)
    if found is not None and not found:
        raise PermissionDenied
    return found


def names_of(keys: Any) -> dict[UUID, str]:
    """The names of areas, in the editor's language."""
    pages = areas.pages_of(keys, get_language() or areas.FALLBACK)
    return dict(sorted(((key, page.title) for key, page in pages.items()), key=lambda item: item[1]))


def user_of(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Requests of one's own areas: what is past its term first."""
    own = own_areas(request)
    requests = AccountRequest.objects.confirmed().in_areas(own)
    names = names_of(own if own is not None else requests.order_by().values_list("area", flat=True).distinct())
    form = FilterForm(request.GET or None, areas=names)
    chosen = form.cleaned_data if form.is_valid() else {}
    today = timezone.localdate()
    shown = _filtered(requests, chosen, today).in_order()
    page: Any = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {"request": each, "area": names.get(each.area, ""), "overdue": each.is_overdue(today)}
        for each in page.object_list
    ]
    context = {
        "page_obj": page,
        "rows": rows,
        "form": form,
        "querystring": urlencode({key: value for key, value in chosen.items() if value}),
        "overdue": requests.overdue(today).count(),
    }
    return render(request, "professionals/admin/queue.html", context)


def _filtered(requests: RequestQuerySet, chosen: dict[str, Any], today: Any) -> RequestQuerySet:
    if chosen.get("area"):
        requests = requests.filter(area=chosen["area"])
    match chosen.get("show"):
        case "overdue":
            return requests.overdue(today)
        case "decided":
            return requests.exclude(state__in=OPEN)
        case "all":
            return requests
    return requests.open()


def _own_request(request: HttpRequest, public_id: UUID) -> AccountRequest:
    """A confirmed request of this editor's areas. Raises `Http404` for any other."""
    requests = AccountRequest.objects.confirmed().in_areas(own_areas(request))
    found = requests.select_related("decided_by", "access").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


@require_safe
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """All that the person entered, the questions, and what can be done."""
    found = _own_request(request, public_id)
    access = getattr(found, "access", None)
    context = {
        "request_": found,
        "area_name": names_of([found.area]).get(found.area, ""),
        "questions": found.questions.order_by("asked_at"),
        "access": access,
        "holds": access is not None and access.holds(timezone.now()),
        "overdue": found.is_overdue(timezone.localdate()),
        "private": is_private(found.email),
        "waiting": found.state == State.WAITING,
    }
    return render(request, "professionals/admin/request.html", context)


def _act(
    request: HttpRequest,
    found: AccountRequest,
    form: Form,
    texts: dict[str, str],
    verb: Verb,
) -> HttpResponse:
    """Shows the page of an act; a POST does it once. Who comes second is told so."""
    back = redirect("professionals_request", found.public_id)
    if request.method != "POST":
        if not found.is_open:
            return back
    elif form.is_valid():
        try:
            verb(form.cleaned_data, timezone.now())
        except judging.Decided:
            messages.warning(request, _("This request was dealt with before. Nothing changed."))
        else:
            messages.success(request, texts["done"])
        return back
    return render(request, "professionals/admin/act.html", {"request_": found, "form": form, **texts})


@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Gives access until a day."""
    found = _own_request(request, public_id)
    at = timezone.now()
    form = ApproveForm(request.POST or None, first=timezone.localdate(at), last=judging.longest(at))
    texts = {
        "title": _("Give access"),
        "say": _("The person gets a mail and can read everything that is restricted to this area until the last day."),
        "action": _("Give access"),
        "done": _("Access is given. The person gets a mail."),
    }
    editor = user_of(request)

    def verb(entered: dict[str, Any], at: datetime) -> None:
        judging.approve(found, entered["until"], editor, at)

    return _act(request, found, form, texts, verb)


@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Refuses with a reason."""
    found, form = _own_request(request, public_id), RefuseForm(request.POST or None)
    texts = {
        "title": _("Refuse"),
        "say": _("The person gets a mail with your reason. They can ask again."),
        "action": _("Refuse and mail the reason"),
        "done": _("The request is refused. The person gets a mail."),
    }
    editor = user_of(request)

    def verb(entered: dict[str, Any], at: datetime) -> None:
        judging.refuse(found, entered["reason"], editor, at)

    return _act(request, found, form, texts, verb)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Asks the person something."""
    found, form = _own_request(request, public_id), QuestionForm(request.POST or None)
    texts = {
        "title": _("Ask a question"),
        "say": _("The person gets a mail and answers on a page. The request then comes back in this list."),
        "action": _("Send the question"),
        "done": _("The question is sent."),
    }
    editor = user_of(request)

    def verb(entered: dict[str, Any], at: datetime) -> None:
        judging.ask(found, entered["text"], editor, at)

    return _act(request, found, form, texts, verb)


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Who has access to one's own areas now, by last day."""
    own = own_areas(request)
    found = Access.objects.current(timezone.localdate()).in_areas(own).select_related("request")
    page: Any = Paginator(found.order_by("until", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    names = names_of({each.area for each in page.object_list})
    rows = [{"access": each, "area": names.get(each.area, "")} for each in page.object_list]
    return render(request, "professionals/admin/people.html", {"page_obj": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ends somebody's access at once, after a page that says so."""
    held = Access.objects.in_areas(own_areas(request)).select_related("request").filter(public_id=public_id).first()
    if held is None:
        raise Http404
    if request.method != "POST":
        context = {
            "request_": held.request,
            "title": _("End this access"),
            "say": _("It ends at once: the next page or document is closed. The person gets a mail."),
            "action": _("End access now"),
        }
        return render(request, "professionals/admin/act.html", context)
    if accesses.end(held, Access.Why.EDITOR, user_of(request), timezone.now()):
        messages.success(request, _("This access is ended. The person gets a mail."))
    else:
        messages.warning(request, _("This access had ended before. Nothing changed."))
    return redirect("professionals_people")
