"""The CMS's list of pages to check."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.pages import review

PER_PAGE = 50
_ACTS = ("change", "publish")


@require_safe
def pages_to_check(request: HttpRequest) -> HttpResponse:
    """The pages with something to check that this person may edit or publish; the longest overdue first is not
    knowable across types, so they stand in the order of the tree. Filters: `reason`, `language`, `page`."""
    if not has_pages(request.user):
        raise PermissionDenied
    own = PagePermissionPolicy().instances_user_has_any_permission_for(request.user, _ACTS)
    today = timezone.localdate()
    reason, language = request.GET.get("reason", ""), request.GET.get("language", "")
    pages = review.due(today, reason if reason in review.Reason.values else "")
    pages = pages.filter(pk__in=own.values("pk")).select_related("locale").order_by("path")
    if language:
        pages = pages.filter(locale__language_code=language[:10].replace("\0", ""))
    page = Paginator(pages, PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"page": each, "reasons": review.reasons(each, today)} for each in _own_types(page.object_list)]
    return render(request, "pages/admin/to_check.html", _context(request, rows, page, reason, language))


def has_pages(user: Any) -> bool:
    """Whether this person may edit or publish pages anywhere."""
    return bool(PagePermissionPolicy().user_has_any_permission(user, _ACTS))


def _own_types(pages: Any) -> list[Any]:
    """The pages as their own types, in the same order, with their languages."""
    return list(pages.specific().prefetch_related("locale"))


def _context(request: HttpRequest, rows: list[Any], page: Any, reason: str, language: str) -> dict[str, Any]:
    return {
        "rows": rows,
        "page_obj": page,
        "reasons": review.Reason.choices,
        "reason": reason,
        "language": language,
        "languages": Page.objects.order_by().values_list("locale__language_code", flat=True).distinct(),
        "address": reverse("pages_to_check"),
    }
