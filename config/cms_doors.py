"""The CMS's side doors. Wagtail and its translations show more than the pages, pictures and snippets that an
editor has rights on: choosers, their own API, a report, moving. Here whoever has no right on a thing doesn't
get at it by another address."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch
from wagtail.models import Page, TaskState
from wagtail.permission_policies.pages import PagePermissionPolicy

from config import cms_acts

CMS_PREFIX = "/beheer/"
#: What an address calls the page that it is about.
PAGE_ARGUMENTS = ("page_id", "page_to_move_id", "destination_id", "parent_page_id", "page_pk")
CHOOSER = "wagtailsnippetchoosers_"
#: Shown to administrators only: they tell of every page, picture and document, whoever asks.
OF_ALL = frozenset({"wagtailadmin_reports:page_types_usage", "wagtailadmin_reports:page_types_usage_results"})
OF_ALL_API = ("wagtailadmin_api:images:", "wagtailadmin_api:documents:")


class CmsDoors:
    """Closes what the CMS leaves open; costs one query, and none for administrators and outside the CMS."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page itself."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Raises `PermissionDenied` at a side door of something that this user has no right on."""
        if not request.path_info.startswith(CMS_PREFIX) or request.resolver_match is None:
            return
        if not request.user.is_authenticated or request.user.is_superuser:
            return
        name = request.resolver_match.view_name
        if name in OF_ALL or name.startswith(OF_ALL_API):
            raise PermissionDenied
        if (model := _snippet_of(request.resolver_match)) and not _has_any_right(request.user, model):
            raise PermissionDenied
        if cms_acts.is_closed(request, request.resolver_match):
            raise PermissionDenied
        pages = {int(kwargs[argument]) for argument in PAGE_ARGUMENTS if argument in kwargs}
        if name == "wagtailadmin_choose_page_chosen_multiple":
            pages |= {int(pk) for pk in request.GET.getlist("id") if pk.isdecimal() and len(pk) < 10}
        if pages and not _may_see(request.user, name, pages):
            raise PermissionDenied


def _snippet_of(match: ResolverMatch) -> type[Any] | None:
    """The model whose snippets this chooser or API would list."""
    space = match.namespace
    if space.startswith(CHOOSER):
        return apps.get_model(space.removeprefix(CHOOSER).replace("_", ".", 1))
    if match.view_name.startswith("wagtail_localize:") and "model_name" in match.kwargs:
        try:
            return apps.get_model(match.kwargs["app_label"], match.kwargs["model_name"])
        except LookupError:
            return None
    return None


def _has_any_right(user: Any, model: type[Any]) -> bool:
    meta = model._meta
    return any(user.has_perm(f"{meta.app_label}.{act}_{meta.model_name}") for act in ("add", "change", "view"))


def _may_see(user: Any, name: str, pages: set[int]) -> bool:
    """Whether all these pages are on this user's own part of the tree, wait for their judgement, or could be chosen
    to link to."""
    seen = PagePermissionPolicy().explorable_instances(user)
    if name.startswith("wagtailadmin_choose_page_"):
        seen = choosable(user, Page.objects.all())
    hidden = pages - set(seen.filter(pk__in=pages).values_list("pk", flat=True))
    return not hidden or hidden <= _submitted_to(user)


def _submitted_to(user: Any) -> set[int]:
    """The pages that wait for this person's judgement, by their id."""
    states = TaskState.objects.reviewable_by(user).filter(
        workflow_state__base_content_type__app_label="wagtailcore", workflow_state__base_content_type__model="page"
    )
    return {int(pk) for pk in states.values_list("workflow_state__object_id", flat=True)}


def choosable(user: Any, pages: Any) -> Any:
    """Of these pages, those that a user may link to: on their own part of the tree, or public as they stand. A
    page with a draft on top is named by its draft, so it isn't for others; nor is what only some may read."""
    own = Q(pk__in=PagePermissionPolicy().explorable_instances(user).values("pk"))
    public = Page.objects.public().filter(live=True, has_unpublished_changes=False)
    found = Page.objects.filter(own | Q(pk__in=public.values("pk")))
    return pages.filter(pk__in=list(found.values_list("pk", flat=True)))  # the search takes no subquery
