"""Who may see which organisation. Every view of the employer's room gets its organisation here, and
nowhere else: what isn't yours doesn't exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from cms.accounts.models import User
from cms.accounts.second_factor import require_verified
from learning.employers.models import Organisation


def organisation_for(user: User | AnonymousUser, public_id: UUID) -> Organisation:
    """The organisation with this address, if `user` manages it, and whether there are more (`has_others`).

    Raises `Http404` for every other one: a stranger can't tell it from one that doesn't exist.
    """
    managed = Organisation.objects.for_manager(user)
    has_others = Exists(managed.exclude(public_id=public_id))
    organisation = managed.filter(public_id=public_id).annotate(has_others=has_others).first()
    if organisation is None:
        raise Http404
    return organisation


def is_manager(user: User) -> bool:
    """Whether this person manages any organisation, and so must have a second factor."""
    return Organisation.objects.for_manager(user).exists()


def manager_view(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For a view at `/<language>/werkgever/<org>/...`: asks for the second factor, then calls
    `view(request, organisation, ...)`. Nothing of it is kept by a browser or proxy."""

    @wraps(view)
    @never_cache
    @require_verified
    def guarded(request: HttpRequest, org: UUID, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, organisation_for(request.user, org), *args, **kwargs)

    return guarded
