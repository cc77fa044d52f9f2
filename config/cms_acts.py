"""Acts of the CMS that reach further than the page they stand at: on many things at once, and on translations.
Wagtail names what somebody has no right on ("you may not delete these"); its translations ask for less than the
same act by hand. Here each of them needs the rights that it would need one by one."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.http import HttpRequest, QueryDict
from django.urls import ResolverMatch
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry
from wagtail_localize.models import TranslationSource

ALL = "all"
#: Rights of which one is enough to know that a picture, a document, a snippet or a person is there.
_KNOWN_BY = ("change", "delete", "choose")


def is_closed(request: HttpRequest, found: ResolverMatch) -> bool:
    """Whether this address does something to, or names, what this user has no right on."""
    match found.view_name:
        case "wagtail_bulk_action":
            return not _may_act_on_all(request, found.kwargs)
        case "wagtail_localize:convert_to_alias":
            return not _may_publish(request.user, found.kwargs["page_id"])
        case "wagtail_localize:update_translations":
            return not _may_edit_source(request.user, found.kwargs["translation_source_id"])
        case "wagtail_localize:translations_report" | "wagtail_localize:translations_report_results":
            return not edits_everything(request.user)
    return False


def edits_everything(user: Any) -> bool:
    """Whether this user may change every page: who may, sees the list of all translations, drafts included."""
    if user.is_superuser:
        return True
    own = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    return bool(own.filter(depth=1).exists())


def _may_act_on_all(request: HttpRequest, named: dict[str, Any]) -> bool:
    try:
        model = apps.get_model(named["app_label"], named["model_name"])
    except LookupError:
        return True  # the view answers that it isn't there
    chosen = request.GET.getlist("id")
    if issubclass(model, Page):
        return _may_see_pages(request.user, chosen, request.GET, request.POST)
    policy = policy_registry.get_by_type(model)
    if not policy.user_has_any_permission(request.user, ("add", *_KNOWN_BY)):
        return False
    if ALL in chosen:
        return True  # Wagtail takes those that may be changed
    known = policy.instances_user_has_any_permission_for(request.user, _KNOWN_BY)
    return _are_all_in(chosen, known)


def _may_see_pages(user: Any, chosen: list[str], asked: QueryDict, sent: QueryDict) -> bool:
    """Whether all these pages, and where they would move to, are on this user's own part of the tree."""
    seen = PagePermissionPolicy().explorable_instances(user)
    if ALL in chosen:  # everything below `childOf`: then that must be the user's own, not only on the way to it
        own = PagePermissionPolicy().instances_user_has_any_permission_for(user, ("add", "change", "publish"))
        return _are_all_in(asked.getlist("childOf")[-1:] or [""], own) and _are_all_in(sent.getlist("chooser"), seen)
    return _are_all_in([*chosen, *sent.getlist("chooser")], seen)


def _are_all_in(chosen: Iterable[str], found: Any) -> bool:
    numbers = {int(pk) for pk in chosen if pk.isdecimal() and len(pk) < 10}
    return len(numbers) == len(set(chosen)) and found.filter(pk__in=numbers).count() == len(numbers)


def _may_publish(user: Any, page_id: int) -> bool:
    """An alias takes over what its source has live, and whether that is live."""
    page = Page.objects.filter(pk=page_id).first()
    return page is None or bool(page.specific.permissions_for_user(user).can_publish())


def _may_edit_source(user: Any, source_id: int) -> bool:
    """Whoever takes a page's newest texts over into its translations may edit that page."""
    source = TranslationSource.objects.filter(pk=source_id).first()
    if source is None:
        return True
    try:
        original = source.get_source_instance()
    except source.specific_content_type.model_class().DoesNotExist:
        return False
    if isinstance(original, Page):
        return bool(original.specific.permissions_for_user(user).can_edit())
    meta = original._meta
    return bool(user.has_perm(f"{meta.app_label}.change_{meta.model_name}"))
