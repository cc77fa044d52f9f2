"""Translations made in the CMS follow the same rules as other edits.

wagtail-localize writes a translation into the live row, publishes for anybody who may translate, and copies parent
pages wherever they are missing. Here a person's own rights hold for each of these: what they may not publish
becomes a draft, which goes through the review like any other page.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.models import DraftStateMixin, Page
from wagtail_localize.models import Translation, TranslationSource

Writer = Callable[..., Any]


def with_rights(write: Writer) -> Writer:
    """`TranslationSource.create_or_update_translation`, held to the rights of `user`.

    A page or snippet that is live stays as it is unless the translation is published, and that only by who may
    publish it; otherwise the translation becomes a revision. Raises `PermissionDenied` when a new page would come
    where the user may add none, and for a page that the user may not edit. Without a user (loaders, sync) only the
    live row is guarded.
    """

    def write_translation(source: Any, locale: Any, user: Any = None, publish: bool = True, **options: Any) -> Any:
        target = _target(source, locale)
        if target is None:
            original = source.get_source_instance()
            if isinstance(original, Page):
                publish = _may_add(user, original, locale) and publish
            return write(source, locale, user=user, publish=publish, **options)
        if not _may_edit(user, target):
            raise PermissionDenied(_("You may not edit this page in that language."))
        publish = publish and _may_publish(user, target)
        if publish or not isinstance(target, DraftStateMixin) or not target.live:
            return write(source, locale, user=user, publish=publish, **options)
        draft = source.get_ephemeral_translated_instance(locale, fallback=True)
        draft.save_revision(user=user)
        return draft, False

    return write_translation


def _target(source: Any, locale: Any) -> Any:
    try:
        return source.get_translated_instance(locale)
    except ObjectDoesNotExist:
        return None


def _may_edit(user: Any, target: Any) -> bool:
    if user is None:
        return True
    if isinstance(target, Page):
        return bool(target.permissions_for_user(user).can_edit())
    meta = target._meta
    return any(user.has_perm(f"{meta.app_label}.{act}_{meta.model_name}") for act in ("add", "change"))


def _may_publish(user: Any, target: Any) -> bool:
    if user is None:
        return True
    if isinstance(target, Page):
        return bool(target.permissions_for_user(user).can_publish())
    meta = target._meta
    return bool(user.has_perm(f"{meta.app_label}.publish_{meta.model_name}"))


def _may_add(user: Any, original: Page, locale: Any) -> bool:
    """Whether the new page may be published at once; raises `PermissionDenied` when it may not be added at all."""
    if user is None:
        return True
    parent = original.get_parent()
    place = parent.get_translation_or_none(locale) if parent is not None else None
    if place is None:
        if user.is_superuser:
            return True
        raise PermissionDenied(_("Translate the page above this one first, or ask an editor who may."))
    rights = place.specific.permissions_for_user(user)
    if not rights.can_add_subpage():
        raise PermissionDenied(_("You may add no pages here in that language."))
    return bool(rights.can_publish_subpage())


def install() -> None:
    """Puts these rules in wagtail-localize's way; doing so twice changes nothing."""
    write = TranslationSource.create_or_update_translation
    if not getattr(write, "has_rights", False):
        guarded = with_rights(write)
        guarded.has_rights = True  # type: ignore[attr-defined]
        TranslationSource.create_or_update_translation = guarded


def translation_of(page: Page) -> Any:
    """The translation record that this page is written by, or None."""
    found = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale, enabled=True
    ).exclude(source__locale=page.locale)
    return found.select_related("source", "target_locale").first()


@require_http_methods(["GET", "POST"])
def submit_for_review(request: HttpRequest, page_id: int) -> HttpResponse:
    """Asks, and on POST puts a translation in the review: its texts become a draft of the page, for a reviewer to
    approve. For who may edit the page; 404 for a page that isn't written by a translation."""
    page = get_object_or_404(Page.objects.select_related("locale"), pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    translation = translation_of(page)
    workflow = page.get_workflow()
    if translation is None or workflow is None:
        return render(request, "pages/admin/no_review.html", {"page": page}, status=404)
    if request.method == "POST":
        with transaction.atomic():
            if not page.workflow_in_progress:
                translation.save_target(user=request.user, publish=False)
                workflow.start(type(page).objects.get(pk=page.pk), request.user)
        messages.success(
            request, _("“%(title)s” is with the reviewers now.") % {"title": page.get_admin_display_title()}
        )
        return redirect("wagtailadmin_pages:edit", page.pk)
    texts, done = translation.get_progress()
    context = {"page": page, "missing": texts - done, "workflow": workflow}
    return render(request, "pages/admin/submit_translation.html", context)
