"""Where editors keep channels and texts of the reporting page."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.reporting.models import ReportingChannel, ReportingText


class ChannelViewSet(SnippetViewSet):
    """Every number with its promise, and when it was checked."""

    model = ReportingChannel
    icon = "mobile-alt"
    list_display = ["name", "number", "promise_kind", "checked_on", "review_on", "live"]
    list_filter = ["promise_kind", "live", "key"]
    search_fields = ["name", "number", "when"]
    ordering = ["order"]


class TextViewSet(SnippetViewSet):
    """The text around the numbers."""

    model = ReportingText
    icon = "doc-full"
    list_display = ["title", "live"]


class ReportingGroup(SnippetViewSetGroup):
    """One entry in the CMS's menu."""

    items = (ChannelViewSet, TextViewSet)
    menu_label = _("Reporting page")
    menu_icon = "warning"
    menu_order = 250


register_snippet(ReportingGroup)
