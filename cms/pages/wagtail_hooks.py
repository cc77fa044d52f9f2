"""What the public pages add to the CMS's own screens."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from cms.pages.review_report import pages_to_check
from cms.pages.translating import submit_for_review, translation_of


@hooks.register("register_admin_urls")
def review_urls() -> list[URLPattern]:
    """The screen that puts a translation in the review, and the list of pages to check."""
    return [
        path("vertalingen/<int:page_id>/nakijken/", submit_for_review, name="pages_submit_translation"),
        path("paginas-nakijken/", pages_to_check, name="pages_to_check"),
    ]


@hooks.register("register_reports_menu_item")
def to_check_menu_item() -> MenuItem:
    """To the list of pages to check, among the reports."""
    return MenuItem(_("Pages to check"), reverse("pages_to_check"), name="to-check", icon_name="time", order=50)


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
