"""Who may read what is restricted to an area: people with a current access, and the area's editors; both past
the second factor. Asked anew at every request."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from cms.accounts import second_factor
from cms.accounts.models import User
from cms.professionals import areas
from cms.professionals.models.requests import Access


def has_access(user: User, area: UUID, at: datetime) -> bool:
    """Whether this user has a current access to this area."""
    return Access.objects.current(timezone.localdate(at)).filter(user=user, area=area).exists()


def has_any_access(user: User) -> bool:
    """Whether this user has a current access at all: then a second factor is required."""
    return Access.objects.current(timezone.localdate()).filter(user=user).exists()


def may_know(request: HttpRequest, area: UUID | None) -> bool:
    """Whether who asks may learn that something restricted to this area exists. Without a session nothing is
    looked up, so that a page which isn't there answers in the same way."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    user: Any = request.user
    if not user.is_authenticated or area is None:
        return False
    return has_access(user, area, timezone.now()) or _edits(user, area)


def may_read(request: HttpRequest, area: UUID | None) -> bool:
    """Whether who asks may read it now: who may know of it, past the second factor."""
    return may_know(request, area) and second_factor.is_verified(request.user)


def _edits(user: Any, area: UUID) -> bool:
    """Whether this user edits the area, in a session that is past the second factor."""
    return second_factor.is_verified(user) and second_factor.may_use_cms(user) and areas.edits(user, area)
