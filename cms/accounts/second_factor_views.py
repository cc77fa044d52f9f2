"""The pages of the second step: enter a code, add an app, new backup codes, remove an app."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_otp.plugins.otp_static.models import StaticDevice

from cms.accounts import factors, lockout, second_factor, sessions
from cms.accounts.destinations import safe_next
from cms.accounts.forms import CodeForm, EnrolForm, ProofForm
from cms.accounts.requests import UserRequest

#: Where the secret waits until the app has shown that it holds it.
PENDING_KEY = "second_factor_key"


@never_cache
@sensitive_post_parameters("code")
def code(request: HttpRequest) -> HttpResponse:
    """Asks for the code, after the first step by whichever door."""
    user, back = second_factor.first_step(request), safe_next(request)
    if user is None or second_factor.is_verified(request.user) or not second_factor.has_device(user):
        return _elsewhere(request, back)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        visitor = lockout.client_address(request)
        device = second_factor.match(user, form.cleaned_data["code"], visitor, timezone.now())
        if device:
            second_factor.passed(request, user, device)
            if isinstance(device, StaticDevice):
                _warn_of_codes_left(request, factors.backup_codes_left(user))
            return redirect(back or second_factor.home_of(user))
        form.add_error("code", _("This code is not right. Wait for the next one in your app and try again."))
    return render(request, "accounts/code.html", {"form": form, "next": back})


def _elsewhere(request: HttpRequest, back: str) -> HttpResponse:
    """Who has no code to enter here goes where they should be."""
    if second_factor.is_verified(request.user):
        return redirect(back or resolve_url("accounts:account"))
    if request.user.is_authenticated:
        return redirect(second_factor.with_next(reverse("accounts:enrol"), back))
    if second_factor.first_step(request):  # the device was taken away halfway: start again
        request.session.flush()
    return redirect(second_factor.with_next(reverse("accounts:sign_in"), back))


def _warn_of_codes_left(request: HttpRequest, left: int) -> None:
    text = ngettext(
        "You used a backup code. You have %(left)s left.", "You used a backup code. You have %(left)s left.", left
    )
    messages.warning(request, text % {"left": left})


@never_cache
@login_required
@sensitive_post_parameters("code")
def enrol(request: UserRequest) -> HttpResponse:
    """Adds an app: shows its secret, and keeps it once a code proves that the app holds it. Who has one
    already must have passed it first."""
    user, back = request.user, safe_next(request)
    if second_factor.has_device(user) and not second_factor.is_verified(user):
        return redirect(second_factor.with_next(reverse("accounts:second_factor"), request.get_full_path()))
    key = request.session.setdefault(PENDING_KEY, factors.new_key())
    form = EnrolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        backup_codes = factors.enrol(user, key, form.cleaned_data["code"], timezone.now())
        if backup_codes is not None:
            return _enrolled(request, key, backup_codes, back)
        form.add_error("code", _("This code is not right. Check the time on your phone, and use the newest code."))
    context = {
        "form": form,
        "qr": factors.qr(factors.app_address(key, user)),
        "letters": factors.in_letters(key),
        "required": second_factor.is_required(user),
        "another": second_factor.has_device(user),
        "next": back,
    }
    return render(request, "accounts/enrol.html", context)


def _enrolled(request: UserRequest, key: str, backup_codes: list[str], back: str) -> HttpResponse:
    user = request.user
    del request.session[PENDING_KEY]
    device = next(held for held in factors.held(user) if held.key == key)
    second_factor.passed(request, user, device)
    sessions.keep_only_this(request, user)
    if not backup_codes:
        messages.success(request, _("Your app is added."))
        return redirect(back or resolve_url("accounts:account"))
    context = {"codes": backup_codes, "next": back or resolve_url("accounts:account"), "enrolled": True}
    return render(request, "accounts/backup_codes.html", context)


@never_cache
@second_factor.require_verified
@sensitive_post_parameters("proof")
def backup_codes(request: UserRequest) -> HttpResponse:
    """Makes ten new backup codes and shows them once."""
    user = request.user
    form = ProofForm(request, user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        codes = factors.new_backup_codes(user)
        return render(request, "accounts/backup_codes.html", {"codes": codes, "next": resolve_url("accounts:account")})
    context = {
        "form": form,
        "title": _("New backup codes"),
        "intro": _("You get ten new codes. The old ones stop working."),
        "action": _("Make new codes"),
    }
    return render(request, "accounts/change.html", context)


@never_cache
@second_factor.require_verified
@sensitive_post_parameters("proof")
def remove(request: UserRequest, device: str) -> HttpResponse:
    """Removes an app, after a proof; refused when it is the only one of somebody who must have one."""
    user = request.user
    form = ProofForm(request, user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            factors.remove(user, device)
        except factors.FactorNeeded as refused:
            form.add_error(None, refused)
        else:
            sessions.keep_only_this(request, user)
            messages.success(request, _("The app is removed from your account. Other devices are signed out."))
            return redirect("accounts:account")
    context = {
        "form": form,
        "title": _("Remove the app"),
        "intro": _("From then on you sign in without a code from this app."),
        "action": _("Remove the app"),
    }
    return render(request, "accounts/change.html", context)
