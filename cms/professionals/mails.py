"""What people are told by mail about their request and their access. Nothing personal stands in a subject, and
an area's name is all that a text gives away."""

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from cms.accounts.links import address_of
from cms.accounts.models import User
from cms.mail.outbox import queue
from cms.professionals import areas, tokens
from cms.professionals.models import Access, AccountRequest


def mine_url(language: str) -> str:
    """The whole address of "My areas"."""
    with translation.override(language):
        return address_of(reverse("professionals:mine"))


def tell(kind: str, request: AccountRequest, dedupe_key: str | None = None, **context: Any) -> None:
    """Mails the person who asked. `kind` is the last part of the template's name; with a `dedupe_key` the same
    mail is never written twice."""
    values = {
        "area": areas.name_of(request.area, request.language),
        "link": tokens.url_of(request, "state"),
        "mine": mine_url(request.language),
        **context,
    }
    queue(f"professional_{kind}", request.email, values, language=request.language, dedupe_key=dedupe_key)


def confirm(request: AccountRequest, until: date) -> None:
    """The link that confirms the address; it works until this day."""
    tell("confirm", request, link=tokens.url_of(request, "confirm"), until=until)


def about_access(kind: str, access: Access, dedupe_key: str, **context: Any) -> None:
    """Mails who has this access: at the address of the account, or at the one that was confirmed."""
    request = access.request
    user = access.user
    language = user.language if user else request.language
    to = (user.email if user else None) or request.email
    values = {
        "area": areas.name_of(access.area, language),
        "until": access.until,
        "mine": mine_url(language),
        **context,
    }
    queue(f"professional_{kind}", to, values, language=language, dedupe_key=dedupe_key)


def overdue(editor: User, count: int) -> None:
    """Reminds an editor of requests past the day that people were told."""
    language = editor.language if editor.language in settings.STAFF_LANGUAGES else "nl"
    values = {"count": count, "link": address_of(reverse("professionals_queue"))}
    queue("professional_overdue", str(editor.email), values, language=language)
