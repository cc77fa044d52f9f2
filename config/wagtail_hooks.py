"""What the CMS's own screens leave out; see `cms_doors.py`."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks

from config.cms_acts import edits_everything
from config.cms_doors import choosable


@hooks.register("construct_page_chooser_queryset")
def choose_among_ones_own(pages: Any, request: HttpRequest) -> Any:
    """No page chooser names the drafts of others."""
    return pages if getattr(request.user, "is_superuser", False) else choosable(request.user, pages)


@hooks.register("construct_reports_menu")
def without_closed_reports(request: HttpRequest, items: list[Any]) -> None:
    """The menu doesn't offer what is closed."""
    if not getattr(request.user, "is_superuser", False):
        items[:] = [item for item in items if item.name != "page-types-usage"]
    if not edits_everything(request.user):
        translations = reverse("wagtail_localize:translations_report")
        items[:] = [item for item in items if item.url != translations]
