"""The release screen and the films in the CMS."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from learning.modules.models import Video
from learning.modules.pages import ModulePage
from learning.modules.release_screen import may_release, release_module


class VideoViewSet(SnippetViewSet):
    """Films with their captions and transcript."""

    model = Video
    icon = "media"
    menu_label = _("Films")
    list_per_page = 50
    list_display: ClassVar = ["title"]
    search_fields: ClassVar = ["title"]
    panels: ClassVar = [FieldPanel("title"), FieldPanel("file"), FieldPanel("captions"), FieldPanel("transcript")]


register_snippet(VideoViewSet)


@hooks.register("register_admin_urls")
def release_urls() -> list[URLPattern]:
    """The release screen."""
    return [path("modules/<int:page_id>/release/", release_module, name="modules_release")]


def _release_button(page: Any, user: Any) -> Iterator[Button]:
    """To the release screen, for who may publish this module."""
    if page.specific_class is ModulePage and may_release(user, page):
        yield Button(_("Release"), reverse("modules_release", args=[page.pk]), icon_name="upload", priority=5)


@hooks.register("register_page_header_buttons")
def header_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """On the page's own screens."""
    return _release_button(page, user)


@hooks.register("register_page_listing_more_buttons")
def listing_button(page: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """In the list of pages."""
    return _release_button(page, user)
