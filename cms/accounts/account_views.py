"""Somebody's own account: name, language, address, password, PIN, second step, sessions."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from cms.accounts import addresses, audit, cards, factors, links, lockout, passwords, second_factor, sessions
from cms.accounts.forms import AddressForm, DetailsForm, NewPasswordForm, NewPinForm
from cms.accounts.models import AddressChange, User
from cms.accounts.requests import UserRequest


@never_cache
@login_required
def account(request: UserRequest) -> HttpResponse:
    """Everything we know about somebody's way in, and the form for name and language."""
    user = User.objects.get(pk=request.user.id)
    form = DetailsForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        user.save(update_fields=["first_name", "last_name", "language"])
        messages.success(request, _("Your details are saved."))
        with translation.override(user.language):
            return redirect("accounts:account")
    context = {
        "form": form,
        "devices": factors.held(user),
        "backup_codes_left": factors.backup_codes_left(user),
        "required": second_factor.is_required(user),
        "has_pin": _cards_with_pin(user),
        "section": "account",
    }
    return render(request, "accounts/account.html", context)


def _cards_with_pin(user: User) -> bool:
    return user.claim_cards.filter(claimed_at__isnull=False, revoked_at__isnull=True).exclude(pin="").exists()


@never_cache
@login_required
@sensitive_post_parameters("proof")
def address(request: UserRequest) -> HttpResponse:
    """Asks for a new address; a link is mailed to it."""
    user = request.user
    form = AddressForm(request, user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        visitor = lockout.client_address(request)
        addresses.ask(user, form.cleaned_data["email"], get_language() or "nl", visitor, timezone.now())
        messages.success(
            request, _("Look in the mail of your new address. The link there works for an hour; then we use it.")
        )
        return redirect("accounts:account")
    context = {
        "form": form,
        "title": _("Change your e-mail address") if user.email else _("Add an e-mail address"),
        "intro": _("We mail a link to the new address. It counts once you open that link."),
        "action": _("Mail me the link"),
    }
    return render(request, "accounts/change.html", context)


@never_cache
@login_required
def confirm_address(request: UserRequest, token: str) -> HttpResponse:
    """A GET shows a button; the POST makes the address count. Only the person who asked for it can, signed
    in: who gets this mail by somebody's mistake or malice doesn't end up in their account."""
    user, at = User.objects.get(pk=request.user.id), timezone.now()
    change = links.find(AddressChange, token)
    if change is None or not change.usable(at) or change.user_id != user.pk:
        return render(request, "accounts/address_stale.html", status=410 if change else 404)
    if request.method == "POST":
        try:
            addresses.confirm(change, user, at)
        except links.LinkRefused as refused:
            return render(request, "accounts/address_stale.html", {"refused": refused}, status=410)
        sessions.keep_only_this(request, user)
        messages.success(request, _("Your new e-mail address is in use. Other devices are signed out."))
        return redirect("accounts:account")
    return render(request, "accounts/confirm_address.html", {"change": change})


@never_cache
@login_required
@sensitive_post_parameters("proof", "new_password", "again")
def password(request: UserRequest) -> HttpResponse:
    """Sets or changes the password of who has an e-mail address."""
    user = request.user
    if not user.email:
        return redirect("accounts:address")
    form = NewPasswordForm(request, user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        passwords.change(user, form.cleaned_data["new_password"])
        sessions.keep_only_this(request, user)
        messages.success(request, _("Your password is saved. Other devices are signed out."))
        return redirect("accounts:account")
    context = {
        "form": form,
        "title": _("Change your password") if user.has_usable_password() else _("Choose a password"),
        "intro": _("You can always sign in with a link by e-mail too."),
        "action": _("Save the password"),
    }
    return render(request, "accounts/change.html", context)


@never_cache
@login_required
@sensitive_post_parameters("proof", "new_pin", "again")
def pin(request: UserRequest) -> HttpResponse:
    """Changes the PIN that goes with somebody's card."""
    user = request.user
    if not _cards_with_pin(user):
        return redirect("accounts:account")
    form = NewPinForm(request, user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        cards.change_pin(user, form.cleaned_data["new_pin"])
        sessions.keep_only_this(request, user)
        messages.success(request, _("Your PIN is saved. Other devices are signed out."))
        return redirect("accounts:account")
    context = {
        "form": form,
        "title": _("Change your PIN"),
        "intro": _("You use it together with the code on your card."),
        "action": _("Save the PIN"),
    }
    return render(request, "accounts/change.html", context)


@never_cache
@login_required
@require_POST
def end_sessions(request: UserRequest) -> HttpResponse:
    """Signs out everywhere but here."""
    user = User.objects.get(pk=request.user.id)
    sessions.keep_only_this(request, user)
    audit.record("user.sessions_ended", user, user)
    messages.success(request, _("All other devices are signed out."))
    return redirect(reverse("accounts:account"))
