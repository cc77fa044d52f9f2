"""The sign-in page and its three doors: a link by e-mail, a password, a card with a PIN."""

from django.contrib.auth import authenticate, logout
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from cms.accounts import cards, links, lockout, second_factor, sessions
from cms.accounts.destinations import safe_next
from cms.accounts.forms import CardForm, EmailForm, NamesForm, PasswordForm
from cms.accounts.languages import other_languages
from cms.accounts.models import SignInLink, User


def _page(request: HttpRequest, **bound: Form) -> HttpResponse:
    """The sign-in page; `bound` is the form that was refused, the others are empty. Their ids differ."""
    forms = {
        "link_form": EmailForm(auto_id="link_%s"),
        "password_form": PasswordForm(auto_id="password_%s"),
        "card_form": CardForm(auto_id="card_%s"),
    }
    refused = next(iter(bound.values()), None)
    context = {"refused": refused, "next": safe_next(request), "translations": other_languages(request, question=False)}
    return render(request, "accounts/sign_in.html", {**forms, **bound, **context})


def _enter(request: HttpRequest, user: User, back: str) -> HttpResponse:
    sessions.sign_in(request, user)
    return redirect(second_factor.next_step(user, back))


@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Shows the three doors; a POST is the one with a password. Somebody who is half signed in goes on to
    the code; somebody who is signed in is told so."""
    back = safe_next(request)
    if request.method == "POST":
        form = PasswordForm(request.POST, auto_id="password_%s")
        if form.is_valid():
            user = authenticate(request, username=form.cleaned_data["email"], password=form.cleaned_data["password"])
            if isinstance(user, User):
                return _enter(request, user, back)
            form.add_error(None, _("This e-mail address and password don't belong together. Check both."))
        return _page(request, password_form=form)
    if request.user.is_authenticated:
        return render(request, "accounts/already.html", {"next": back})
    if second_factor.first_step(request):
        return redirect(second_factor.with_next(reverse("accounts:second_factor"), back))
    return _page(request)


@never_cache
def ask_link(request: HttpRequest) -> HttpResponse:
    """Mails a link, and says so in the same words whether or not there is an account."""
    if request.method != "POST":
        return redirect(second_factor.with_next(reverse("accounts:sign_in"), safe_next(request)))
    form = EmailForm(request.POST, auto_id="link_%s")
    if not form.is_valid():
        return _page(request, link_form=form)
    address = lockout.client_address(request)
    links.ask(form.cleaned_data["email"], get_language() or "nl", safe_next(request), address, timezone.now())
    return redirect("accounts:link_sent")


@never_cache
def link_sent(request: HttpRequest) -> HttpResponse:
    """What to do now: read your mail."""
    minutes = int(links.LIFETIME.total_seconds() // 60)
    return render(request, "accounts/link_sent.html", {"minutes": minutes})


@never_cache
def use_link(request: HttpRequest, token: str) -> HttpResponse:
    """A GET shows a button and changes nothing, so that a mail scanner uses nothing up; the POST signs in,
    after asking the name of somebody new."""
    link, at = links.find(SignInLink, token), timezone.now()
    if link is None or not link.usable(at):
        return _stale(request, 410 if link else 404)
    known = links.account_of(link)
    form = None if known else NamesForm(request.POST or None)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            user = links.use(link, at, **(form.cleaned_data if form else {}))
        except links.LinkRefused as refused:
            return _stale(request, 410, closed=refused.code == "closed")
        return _enter(request, user, safe_next(request, link.next_path))
    return render(request, "accounts/use_link.html", {"link": link, "known": known, "form": form})


def _stale(request: HttpRequest, status: int, closed: bool = False) -> HttpResponse:
    context = {"form": EmailForm(auto_id="link_%s"), "closed": closed}
    return render(request, "accounts/link_stale.html", context, status=status)


@never_cache
@sensitive_post_parameters("pin")
def sign_in_card(request: HttpRequest) -> HttpResponse:
    """Signs in with a card's code and PIN."""
    back = safe_next(request)
    if request.method != "POST":
        return redirect(second_factor.with_next(reverse("accounts:sign_in"), back))
    form = CardForm(request.POST, auto_id="card_%s")
    if form.is_valid():
        user = cards.authenticate_card(request, form.cleaned_data["code"], form.cleaned_data["pin"])
        if user:
            return _enter(request, user, back)
        form.add_error(None, _("This code and PIN don't belong together. Check both. Is your card new? Scan it first."))
    return _page(request, card_form=form)


@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends this session, half a sign-in too."""
    logout(request)
    return redirect(f"/{get_language()}/")


@never_cache
def cms_sign_in(request: HttpRequest, **rest: object) -> HttpResponse:
    """In place of the CMS's own pages to sign in and to reset a password: there is one way in."""
    if request.user.is_authenticated and request.user.is_verified():  # type: ignore[attr-defined]
        return redirect("wagtailadmin_home")
    back = safe_next(request) or reverse("wagtailadmin_home")
    return redirect(second_factor.with_next(reverse("accounts:sign_in"), back))
