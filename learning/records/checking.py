"""The public page of a certificate: valid, expired or revoked, and whether a name is the holder's. No
session, no cookie, and no trace of who asked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from cms.accounts import languages, lockout
from learning.records import certificates
from learning.records.forms import CheckForm, CodeForm
from learning.records.models import Certificate


def _language(request: HttpRequest) -> str:
    """The language asked for with `?lang=`, else the browser's."""
    asked = request.GET.get("lang", "")
    return asked if languages.is_offered(asked) else get_language()


@never_cache
@require_safe
def lookup(request: HttpRequest) -> HttpResponse:
    """A form to type a code in; goes to its page."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("certificates:check", code=certificates.code_of(form.cleaned_data["code"]) or "0")
    with translation.override(_language(request)):
        return _page(request, "lookup", {"form": form, "translations": _translations(request)})


@csrf_exempt  # it changes nothing, and the page sets no cookie
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, code: str) -> HttpResponse:
    """What anybody who has the code may know; and, for who types the holder's name, that it is right."""
    with translation.override(_language(request)):
        certificate = certificates.find(code)
        if request.method == "POST":
            return _confirm(request, certificate)
        if certificate is None:
            return _page(request, "unknown", {"form": CodeForm()}, status=404)
        return _page(request, "check_certificate", _facts(request, certificate))


def _page(request: HttpRequest, name: str, context: dict[str, object], status: int = 200) -> HttpResponse:
    """A page that says in its headers which language it is in."""
    response = render(request, f"records/{name}.html", context, status=status)
    response["Content-Language"] = get_language()
    return response


def _confirm(request: HttpRequest, certificate: Certificate | None) -> HttpResponse:
    """A wrong name and a code that doesn't exist get the same answer for the same work."""
    now, visitor = timezone.now(), lockout.client_address(request)
    form = CheckForm(request.POST)
    lockout.take(now, address=visitor)
    right = certificates.confirms(certificate, form.cleaned_data["name"] if form.is_valid() else "")
    if certificate is None or not right:
        return _page(request, "not_confirmed", {"form": CheckForm()})
    lockout.succeed(address=visitor)
    return _page(request, "check_certificate", {**_facts(request, certificate), "confirmed": True})


def _facts(request: HttpRequest, certificate: Certificate) -> dict[str, object]:
    return {
        "state": certificates.status_of(certificate, timezone.localdate()),
        "certificate": certificate,
        "title": certificates.module_title(certificate, get_language()),
        "audience": certificate.completion.module.audience,
        "form": CheckForm(),
        "translations": _translations(request),
    }


def _translations(request: HttpRequest) -> list[dict[str, str]]:
    """The same page in the other languages."""
    return [
        {
            "code": code,
            "label": label,
            "url": f"{request.path}?lang={code}",
        }
        for code, label in languages.offered()
        if code != get_language()
    ]
