"""The screen in the CMS on which a module is released: what changed, what is missing, which kind of change it
is, and the editions so far."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin.views.pages.utils import get_breadcrumbs_items_for_page

from cms.accounts.languages import offered
from learning.modules import changes
from learning.modules.forms import MEANING, ReleaseForm
from learning.modules.models import Edition, EditionText
from learning.modules.pages import ModulePage
from learning.modules.plain import RULES
from learning.modules.release import Candidate, ReleaseRefused, candidate_of, kind_fault, release

EDITIONS_PER_PAGE = 20


@require_http_methods(["GET", "POST"])
def release_module(request: HttpRequest, page_id: int) -> HttpResponse:
    """Shows what a release would change, and releases on POST. For who `may_release` it."""
    page = get_object_or_404(ModulePage.objects.select_related("locale"), pk=page_id).source_page()
    if not may_release(request.user, page):
        raise PermissionDenied
    candidate = candidate_of(page)
    current = page.current_edition()
    form = ReleaseForm(
        request.POST if request.method == "POST" else None,
        initial={"seen": candidate.content_hash},
    )
    if request.method == "POST" and form.is_valid():
        try:
            edition = release(page, form.cleaned_data["kind"], request.user, **_said(form))  # type: ignore[arg-type]
        except ReleaseRefused as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Edition %(number)d is released.") % {"number": edition.number})
            return redirect("modules_release", page_id=page_id)
    return render(request, "modules/admin/release.html", _context(request, page, candidate, current, form))


def may_release(user: Any, page: Any) -> bool:
    """Whether this person may edit and publish the page; a reviewer publishes only what was submitted."""
    rights = page.permissions_for_user(user)
    return bool(rights.can_edit() and rights.can_publish())


def _said(form: ReleaseForm) -> dict[str, str]:
    """The note, and the hash of what was shown."""
    return {"note": form.cleaned_data["note"], "seen": form.cleaned_data["seen"]}


def _kinds(candidate: Candidate, current: Edition | None) -> list[dict[str, Any]]:
    """Every kind of change with what it means, and why it can't be this one."""
    return [
        {"value": kind.value, "label": kind.label, "meaning": MEANING[kind], "fault": fault}
        for kind in Edition.Kind
        for fault in [kind_fault(kind, current, candidate.answer_key)]
        if (kind == Edition.Kind.FIRST) == (current is None)
    ]


def _context(
    request: HttpRequest, page: ModulePage, candidate: Candidate, current: Edition | None, form: ReleaseForm
) -> dict[str, Any]:
    """What the screen shows."""
    editions = Edition.objects.filter(module__key=page.translation_key).select_related("released_by")
    live = {text["language"] for text in candidate.texts}
    return {
        "page": page,
        "candidate": candidate,
        "current": current,
        "form": form,
        "changed": current is None or current.content_hash != candidate.content_hash,
        "unpublished": page.has_unpublished_changes,
        "kinds": _kinds(candidate, current),
        "untranslated": [name for code, name in offered() if code not in live],
        "editions": Paginator(editions.order_by("-number"), EDITIONS_PER_PAGE).get_page(request.GET.get("p")),
        "breadcrumbs_items": [
            *get_breadcrumbs_items_for_page(page, request.user),
            {"url": "", "label": _("Release")},
        ],
        "header_title": _("Release"),
        "header_icon": "upload",
        **_compared(candidate, current),
    }


def _compared(candidate: Candidate, current: Edition | None) -> dict[str, Any]:
    """The candidate beside the current edition."""
    if current is None:
        return {"rule_changes": [], "key_changes": [], "language_changes": []}
    names = [field.name for field in EditionText._meta.fields if field.name not in ("id", "edition")]
    before = list(EditionText.objects.filter(edition=current).order_by("id").values(*names))
    words: dict[str, Any] = {}
    for text in (*before[:1], *candidate.texts[:1]):
        for uuid, question in text["questions"].items():
            known = words.get(uuid, {"options": {}})["options"]
            words[uuid] = {**question, "options": {**known, **question["options"]}}
    labels = {name: str(ModulePage._meta.get_field(name).verbose_name) for name in RULES}
    return {
        "rule_changes": changes.rule_changes({name: getattr(current, name) for name in RULES}, candidate.rules, labels),
        "key_changes": changes.key_changes(current.answer_key, candidate.answer_key, words),
        "language_changes": changes.text_changes(before, candidate.texts),
    }
