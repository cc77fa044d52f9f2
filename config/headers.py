"""Response headers: one policy for public and learner pages, a wider one for the CMS."""

from csp.constants import SELF
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

CMS_PREFIX = "/beheer/"


class HeadersMiddleware(CSPMiddleware):
    """Content-Security-Policy by address: strict everywhere, wider under the CMS (whose own pages
    need inline script and frames of themselves)."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """The policy for this address; nothing is ever sent as report-only."""
        if report_only:
            return PolicyParts()
        if request.path_info.startswith(CMS_PREFIX):
            return PolicyParts(config=settings.CMS_CONTENT_SECURITY_POLICY)
        if getattr(request, "is_dummy", False):
            # Wagtail renders a preview by a request to the page's own address, and frames the answer.
            return PolicyParts(config={**settings.CONTENT_SECURITY_POLICY["DIRECTIVES"], "frame-ancestors": [SELF]})
        return PolicyParts(config=settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Adds the policies; the CMS may frame its own pages, for previews."""
        response = super().process_response(request, response)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), browsing-topics=()"
        )
        if request.path_info.startswith(CMS_PREFIX):
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response
