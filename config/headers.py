"""Response headers: one policy for public and learner pages, a wider one for the CMS."""

from csp.constants import HEADER, SELF
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

CMS_PREFIX = "/beheer/"
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), browsing-topics=()"


class HeadersMiddleware(CSPMiddleware):
    """Content-Security-Policy by address: strict everywhere, wider under the CMS (whose own pages
    need inline script and frames of themselves). No nonces: cached pages are the same for everyone, so the
    policies are written out once, at start-up."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        strict = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        self.strict = build_policy(config=strict)
        self.preview = build_policy(config={**strict, "frame-ancestors": [SELF]})
        self.cms = build_policy(config=settings.CMS_CONTENT_SECURITY_POLICY)

    def process_request(self, request: HttpRequest) -> None:
        """Nothing: there are no nonces to prepare."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Adds the policies where the answer has none of its own; the CMS may frame its own pages, for
        previews."""
        in_cms = request.path_info.startswith(CMS_PREFIX)
        if HEADER not in response.headers:
            # Wagtail renders a preview by a request to the page's own address, and frames the answer.
            preview = getattr(request, "is_dummy", False)
            response.headers[HEADER] = self.cms if in_cms else self.preview if preview else self.strict
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if in_cms:
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response
