"""The page behind an invitation. Opening it uses nothing up; only a pressed button does."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms.accounts import cards, second_factor
from cms.accounts.languages import other_languages
from cms.accounts.models import User
from learning.employers import invitations, ties
from learning.employers.models import Employment, Manager


def _gone(request: HttpRequest, why: str, *, renewable: bool = False) -> HttpResponse:
    """The link works no more: `used`, `expired` or `unknown`, and what to do; a `renewable` one is offered anew."""
    context = {"why": why, "renewable": renewable, "translations": other_languages(request)}
    return render(request, "employers/invitation_gone.html", context, status=404 if why == "unknown" else 410)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Shows who invites and what they will see; accepts or declines."""
    employment = invitations.find(token)
    at = timezone.now()
    if employment is None:
        return _gone(request, "unknown")
    if employment.ends_on is not None and employment.ends_on < timezone.localdate(at):
        return _gone(request, "ended")
    if employment.user_id is not None or employment.declined_at is not None:
        return _gone(request, "used")
    if not invitations.is_valid(employment.invited_at, at):
        return _expired(request, employment)
    if request.method != "POST":
        context = {"employment": employment, "translations": other_languages(request)}
        return render(request, "employers/invitation.html", context)
    if request.POST.get("answer") == "decline":
        return _decline(request, employment)
    return _accept(request, employment, token)


def _expired(request: HttpRequest, employment: Employment) -> HttpResponse:
    """Offers a new one, which goes to the same address."""
    if request.method == "POST":
        try:
            sent = invitations.invite(employment, timezone.now(), get_language() or "nl")
        except ValidationError:
            return _gone(request, "used")
        return _gone(request, "sent" if sent else "sent_before")
    return _gone(request, "expired", renewable=True)


def _decline(request: HttpRequest, employment: Employment) -> HttpResponse:
    try:
        ties.decline(employment, request.user if isinstance(request.user, User) else None, timezone.now())
    except ties.TieRefused:
        return _gone(request, "used")
    return render(request, "employers/invitation_declined.html", {"employment": employment})


def _accept(request: HttpRequest, employment: Employment, token: str) -> HttpResponse:
    at = timezone.now()
    user = request.user if isinstance(request.user, User) else None
    if user is None:
        user = ties.make_account(employment, get_language() or "nl", at)
        if user is None:
            messages.info(request, _("There is an account with your address. Sign in, then accept."))
            back = reverse("invitations:accept", args=[token])
            return redirect(second_factor.with_next(reverse("accounts:sign_in"), back))
        cards.sign_in(request, user)
    try:
        ties.accept(employment, user, at)
    except ties.TieRefused:
        return _gone(request, "used")
    messages.success(request, _("You take part with %(name)s.") % {"name": employment.organisation.name})
    return redirect("records:mine")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def manager_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Makes the invited person a manager: with the account of that very address, or a new one."""
    manager = invitations.find_manager(token)
    at = timezone.now()
    if manager is None:
        return _gone(request, "unknown")
    if manager.accepted_at is not None:
        return _gone(request, "used")
    if not invitations.is_valid(manager.invited_at, at):
        return _manager_expired(request, manager)
    user = request.user if isinstance(request.user, User) else None
    context = {
        "manager": manager,
        "other_account": user is not None and user.email != manager.email,
        "translations": other_languages(request),
    }
    if request.method != "POST" or context["other_account"]:
        return render(request, "employers/invitation_manager.html", context)
    return _accept_manager(request, manager, user, token)


def _manager_expired(request: HttpRequest, manager: Manager) -> HttpResponse:
    """Offers a new one, which goes to the same address; whoever was removed has no row left to renew."""
    if request.method != "POST":
        return _gone(request, "expired", renewable=True)
    try:
        invitations.invite_manager(
            manager.organisation, manager.email, manager.added_by, timezone.now(), get_language() or "nl"
        )
    except ValidationError:
        return _gone(request, "used")
    return _gone(request, "sent")


def _new_user(email: str, at: datetime) -> User | None:
    """An account for this address; None where there is one, also when it was made this very moment."""
    if User.objects.filter(email=email).exists():
        return None
    try:
        with transaction.atomic():
            return User.objects.create_user(email, language=get_language() or "nl", email_confirmed_at=at)
    except IntegrityError:
        return None


def _accept_manager(request: HttpRequest, manager: Manager, user: User | None, token: str) -> HttpResponse:
    at = timezone.now()
    if user is None:
        user = _new_user(manager.email, at)
        if user is None:
            messages.info(request, _("There is an account with your address. Sign in, then accept."))
            back = reverse("invitations:manage", args=[token])
            return redirect(second_factor.with_next(reverse("accounts:sign_in"), back))
        cards.sign_in(request, user)
    invitations.accept_manager(manager, user, at)
    return redirect("employers:dashboard", manager.organisation.public_id)
