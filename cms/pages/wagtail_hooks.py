"""What the public pages add to the CMS's own screens."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from cms.pages.translating import submit_for_review, translation_of


@hooks.register("register_admin_urls")
def review_urls() -> list[URLPattern]:
    """The screen that puts a translation in the review."""
    return [path("vertalingen/<int:page_id>/nakijken/", submit_for_review, name="pages_submit_translation")]


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
