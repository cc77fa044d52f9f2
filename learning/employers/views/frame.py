"""What the employer's screens have in common."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms.accounts.languages import other_languages
from cms.accounts.models import User
from learning.employers.models import Organisation

PER_PAGE = 50


def user_of(request: HttpRequest) -> User:
    """Who is signed in; only for views that are closed to others."""
    if not isinstance(request.user, User):
        raise TypeError("nobody is signed in")
    return request.user


def page(
    request: HttpRequest,
    organisation: Organisation,
    template: str,
    tab: str,
    context: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """A screen of this organisation; `tab` is the entry of the menu it stands under."""
    frame = {
        "organisation": organisation,
        "tab": tab,
        "translations": other_languages(request, settings.STAFF_LANGUAGES),
        "several": getattr(organisation, "has_others", False),
    }
    return render(request, f"employers/{template}.html", {**frame, **(context or {})}, status=status)


def add_errors(form: Form, error: ValidationError) -> None:
    """Puts what a verb refused next to the fields it is about; the rest above the form."""
    if hasattr(error, "error_dict"):
        for name, messages in error.message_dict.items():
            for message in messages:
                form.add_error(name if name in form.fields else None, message)
    else:
        form.add_error(None, error)


def status_of(form: Form) -> int:
    """422 for a form that was refused, so that scripts and tests can tell; 200 else."""
    return 422 if form.is_bound and form.errors else 200
