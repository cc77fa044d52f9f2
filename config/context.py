"""What every template may know. Nothing here depends on who is looking: public pages are the same
for everyone."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from cms.pages import look, menus


def platform(request: HttpRequest) -> dict[str, object]:
    """`demo`: whether this is the demo. `base_url`: the public address without a trailing slash.
    `look`: the style sheet that every page loads first (`cms.pages.look.Look`).
    `frame`: menu, footer and front pages (`cms.pages.menus.Frame`), looked up only by a page that shows them."""
    return {
        "demo": settings.DEMO,
        "base_url": settings.BASE_URL,
        "look": SimpleLazyObject(look.current),
        "frame": SimpleLazyObject(lambda: menus.frame(get_language() or settings.LANGUAGE_CODE)),
    }
