"""Two pages of the demo: who can sign in, and the mail that was sent."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.demo import mailbox
from config.demo.sign_ins import SIGN_INS

PAGE_SIZE = 20
#: A mail's HTML part is shown by itself: no script, no form, nothing from elsewhere.
_SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-top-navigation"


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """The table of sign-ins, with the code that each authenticator app shows now."""
    return render(request, "demo/index.html", {"sign_ins": SIGN_INS, "mails": len(mailbox.names())})


@require_safe
@never_cache
def mail(request: HttpRequest) -> HttpResponse:
    """Sent mail, newest first."""
    page: Any = Paginator(mailbox.names(), PAGE_SIZE).get_page(request.GET.get("page"))
    found = [mailbox.read(name) for name in page.object_list]
    return render(request, "demo/mail.html", {"page_obj": page, "mails": [message for message in found if message]})


@require_safe
@never_cache
def message(request: HttpRequest, name: str) -> HttpResponse:
    """One message: its text, with links that work. 404 when there is none of this name."""
    return render(request, "demo/message.html", {"mail": _found(name)})


@require_safe
@never_cache
def message_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part of one message, in a sandbox. 404 when there is none of this name."""
    response = HttpResponse(_found(name).html)
    response.headers["Content-Security-Policy"] = _SANDBOX
    return response


def _found(name: str) -> mailbox.Mail:
    found = mailbox.read(name)
    if found is None:
        raise Http404
    return found
