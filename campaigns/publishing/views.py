"""Short links for visitors; their QR codes and weeks for communicators."""

from io import BytesIO

import segno
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from campaigns.publishing.models import ShortLink, shown_weeks
from cms.reporting.addresses import REPORTING_PATHS


@require_safe
@never_cache
def short_link(request: HttpRequest, code: str) -> HttpResponse:
    """302 to where this printed code leads now. An unknown code leads to the reporting page: whoever typed
    or scanned it may need just that. HEAD requests (link previews) are not counted."""
    link = ShortLink.objects.select_related("page__locale").filter(code=code.upper()).first()
    now = timezone.now()
    if link is None:
        destination = REPORTING_PATHS["nl"]
    elif request.method == "HEAD":
        destination = link.destination(now)
    else:
        destination = link.follow(now)
    response = HttpResponseRedirect(destination)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def address(link: ShortLink) -> str:
    """The address that is printed next to the QR, in full."""
    return f"{settings.BASE_URL}/q/{link.code}"


def _link_for(request: HttpRequest, pk: int) -> ShortLink:
    if not request.user.has_perm("publishing.change_shortlink"):
        raise PermissionDenied
    return get_object_or_404(ShortLink.objects.select_related("means__plan", "page"), pk=pk)


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """In the CMS: the QR to look at and download, the printed address, and counts of closed weeks."""
    link = _link_for(request, pk)
    return render(
        request,
        "publishing/admin/short_link.html",
        {
            "link": link,
            "address": address(link),
            "qr": segno.make(address(link), error="q").svg_inline(scale=5, border=4, svgclass=None, lineclass=None),
            "destination": link.destination(timezone.now()),
            "weeks": shown_weeks(link, timezone.localdate())[:53],
        },
    )


def qr_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The QR as SVG, or as PNG of about 1,000 pixels, to download. Error correction Q: a quarter of it may be
    damaged."""
    link = _link_for(request, pk)
    out = BytesIO()
    segno.make(address(link), error="q").save(out, kind=kind, border=4, scale=30 if kind == "png" else 10)
    response = HttpResponse(out.getvalue(), content_type="image/png" if kind == "png" else "image/svg+xml")
    response.headers["Content-Disposition"] = f'attachment; filename="qr-{link.code}.{kind}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
