"""The directory's own page."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms.pages.directory import DirectoryFilter, page_of
from cms.pages.models.frame import LocalisedContext


class PartnerIndexPage(LocalisedContext, Page):
    """The directory, at `/<language>/partners/`."""

    intro = models.TextField(_("introduction"), max_length=400)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar = ["pages.HomePage"]
    subpage_types: ClassVar = ["pages.PartnerPage", "pages.PartnershipPage"]
    max_count_per_parent = 1
    template = "pages/partner_index.html"

    class Meta:
        verbose_name = _("directory of partners")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the filters, and this page of what they find. The address holds their whole state."""
        context = super().get_context(request, *args, **kwargs)
        form = DirectoryFilter(request.GET, self.locale)
        found = page_of(self, form, request.GET.get("page"))
        asked = request.GET.copy()
        asked.pop("page", None)
        total = found.paginator.count
        count = ngettext("%(total)s partner or partnership", "%(total)s partners and partnerships", total)
        context.update(form=form, page_obj=found, querystring=asked.urlencode(), count=count % {"total": total})
        return context
