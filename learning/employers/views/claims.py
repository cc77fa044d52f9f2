"""The page behind a claim card, at `/start/<code>`: printed, so without a language in the address."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cms.accounts import cards, languages, lockout, second_factor
from cms.accounts.models import User
from learning.employers import claim_cards
from learning.employers.forms import ClaimForm, CodeForm, PinForm
from learning.employers.models import Employment
from learning.employers.views.frame import add_errors, status_of


def in_language(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The language is the browser's, or the one in `?lang=`."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = request.GET.get("lang", "")
        if not languages.is_offered(language):
            language = translation.get_language() or "nl"
        with translation.override(language):
            response = view(request, *args, **kwargs)
        response.headers.setdefault("Content-Language", language)
        return response

    return shown


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    current = translation.get_language()
    switch = [
        {"code": code, "label": label, "url": f"{request.path}?lang={code}"}
        for code, label in languages.offered()
        if code != current
    ]
    return render(request, f"employers/{template}.html", {**context, "translations": switch}, status=status)


@never_cache
@in_language
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """For who types the code over: leads to the page of the card."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        query = f"?lang={request.GET['lang']}" if languages.is_offered(request.GET.get("lang")) else ""
        return redirect(f"/start/{form.cleaned_data['code']}{query}")
    return _page(request, "claim_enter", {"form": form}, status_of(form))


@sensitive_post_parameters("pin", "pin_again")
@never_cache
@in_language
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, code: str) -> HttpResponse:
    """A new card asks for a PIN of one's own; a claimed one for that PIN. Opening it uses nothing up."""
    employment = _known(request, code)
    card = employment.card if employment is not None else None
    if employment is None or card is None or not card.usable(timezone.now()) or _ended(employment):
        # Not 404: without a language in the address that would lead to the same address under one.
        return _page(request, "claim_gone", {}, status=410)
    if card.claimed_at is not None:
        return _sign_in(request, employment)
    user = request.user if isinstance(request.user, User) else None
    if user is not None and request.POST.get("as") != "other" and (card.user is None or card.user.pk == user.pk):
        return _add_to_account(request, employment, user)
    return _claim(request, employment)


def _ended(employment: Employment) -> bool:
    """A card that wasn't claimed before the last day works no more; a claimed one stays its owner's."""
    card = employment.card
    return (
        employment.ends_on is not None
        and employment.ends_on < timezone.localdate()
        and (card is None or card.claimed_at is None)
    )


def _known(request: HttpRequest, code: str) -> Employment | None:
    """The employment of this code. Codes that don't exist are counted, and lock the visitor's address."""
    address = lockout.client_address(request)
    lockout.take(timezone.now(), address=address)
    employment = claim_cards.of_code(code)
    if employment is not None:
        lockout.succeed(address=address)
    return employment


def _sign_in(request: HttpRequest, employment: Employment) -> HttpResponse:
    form = PinForm(request.POST or None)
    if form.is_valid() and employment.card is not None:
        user = cards.authenticate_card(request, employment.card.code, form.cleaned_data["pin"])
        if user is not None:
            cards.sign_in(request, user)
            return redirect(second_factor.next_step(user, ""))
        form.add_error("pin", _("This PIN is not right. Try again."))
    context = {"form": form, "organisation": employment.organisation.name}
    return _page(request, "claim_sign_in", context, status_of(form))


def _add_to_account(request: HttpRequest, employment: Employment, user: User) -> HttpResponse:
    context: dict[str, Any] = {"employment": employment, "own": employment.card is not None and employment.card.user}
    if request.method == "POST" and request.POST.get("as") == "me":
        try:
            claim_cards.claim(employment, "", "", "", user.language, timezone.now(), user)
        except ValidationError as error:
            context["error"] = " ".join(error.messages)
        else:
            text = _("You take part with %(name)s.") % {"name": employment.organisation.name}
            messages.success(request, text)
            return redirect("records:mine")
    return _page(request, "claim_add", context)


def _claim(request: HttpRequest, employment: Employment) -> HttpResponse:
    card = employment.card
    names = {"first_name": employment.first_name, "last_name": employment.last_name}
    data = request.POST if "pin" in request.POST else None
    form = ClaimForm(data, initial=names, code=card.code if card else "")
    if form.is_valid():
        language = translation.get_language() or "nl"
        given = form.cleaned_data
        try:
            user = claim_cards.claim(
                employment, given["pin"], given["first_name"], given["last_name"], language, timezone.now(), None
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            cards.sign_in(request, user)
            return redirect(second_factor.next_step(user, ""))
    context = {"form": form, "employment": employment, "again": card is not None and card.user is not None}
    return _page(request, "claim", context, status_of(form))
