"""What every template may know. Nothing here depends on who is looking: public pages are the same
for everyone."""

from django.conf import settings
from django.http import HttpRequest


def platform(request: HttpRequest) -> dict[str, object]:
    """`demo`: whether this is the demo. `base_url`: the public address without a trailing slash."""
    return {"demo": settings.DEMO, "base_url": settings.BASE_URL}
