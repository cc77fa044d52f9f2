"""What the public pages add to the CMS's own screens."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from cms.pages.guide import guide
from cms.pages.review_report import has_pages, pages_to_check
from cms.pages.translating import submit_for_review, translation_of


@hooks.register("register_admin_urls")
def review_urls() -> list[URLPattern]:
    """The screen that puts a translation in the review, the list of pages to check, and the guide."""
    return [
        path("vertalingen/<int:page_id>/nakijken/", submit_for_review, name="pages_submit_translation"),
        path("paginas-nakijken/", pages_to_check, name="pages_to_check"),
        path("handleiding/", guide, name="pages_guide"),
    ]


@hooks.register("register_admin_menu_item")
def guide_menu_item() -> MenuItem:
    """To the editors' guide, for everyone in the CMS."""
    return MenuItem(_("Guide"), reverse("pages_guide"), name="guide", icon_name="help", order=9900)


class PagesToCheck(MenuItem):
    """Shown to who edits pages: for a reviewer the list would be closed."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether there are pages that this person may edit or publish."""
        return has_pages(request.user)


@hooks.register("register_reports_menu_item")
def to_check_menu_item() -> MenuItem:
    """To the list of pages to check, among the reports."""
    return PagesToCheck(_("Pages to check"), reverse("pages_to_check"), name="to-check", icon_name="time", order=50)


@hooks.register("register_page_header_buttons")
def review_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """To that screen, for who may edit this translation and not publish it."""
    rights = page.permissions_for_user(user)
    if rights.can_edit() and not rights.can_publish() and translation_of(page) is not None:
        yield Button(
            _("Submit the translation"),
            reverse("pages_submit_translation", args=[page.pk]),
            icon_name="check",
            priority=5,
        )
