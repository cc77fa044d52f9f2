"""Short links in the CMS."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from campaigns.publishing import views
from campaigns.publishing.models import ShortLink


def _qr(link: ShortLink) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("short_link_detail", args=[link.pk]), _("QR and weeks"))


class ShortLinkViewSet(SnippetViewSet):
    """Short links with their QR, one per placement."""

    model = ShortLink
    icon = "link"
    menu_label = _("Short links")
    menu_order = 160
    add_to_admin_menu = True
    list_display: ClassVar = ["placement", Column("qr", label="QR", accessor=_qr), "code", "means", "page"]
    list_filter: ClassVar = ["means", "language"]
    list_per_page = 50
    panels: ClassVar = [
        FieldPanel("placement"),
        FieldPanel("means"),
        FieldPanel("page"),
        FieldRowPanel([FieldPanel("language"), FieldPanel("after")]),
    ]


register_snippet(ShortLinkViewSet)


@hooks.register("register_admin_urls")
def short_link_urls() -> list[Any]:
    """A link's QR and weeks."""
    return [
        path("short-links/<int:pk>/", views.detail, name="short_link_detail"),
        path("short-links/<int:pk>/qr.svg", views.qr_file, {"kind": "svg"}, name="short_link_svg"),
        path("short-links/<int:pk>/qr.png", views.qr_file, {"kind": "png"}, name="short_link_png"),
    ]


@hooks.register("before_delete_snippet")
def a_printed_code_never_dies(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """Refuses to delete a short link: it may hang on a wall."""
    if not any(isinstance(instance, ShortLink) for instance in instances):
        return None
    messages.error(
        request, _now("A printed code must keep working, so a short link can't be deleted. Change where it leads.")
    )
    return redirect("wagtailsnippets_publishing_shortlink:list")
