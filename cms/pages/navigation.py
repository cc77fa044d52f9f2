"""Where a page stands: its address and its other languages."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language_info


def address_of(page: Any) -> str:
    """The page's path in its own language."""
    with translation.override(page.locale.language_code):
        return page.get_url() or f"/{page.locale.language_code}/"


def for_page(page: Any) -> dict[str, Any]:
    """What the frame shows of a page: `translations` (its other live languages, for the switch),
    `alternates` and `canonical` (whole addresses, for search engines)."""
    live = list(page.get_translations(inclusive=True).live().select_related("locale").order_by("locale__pk"))
    own = page.locale.language_code
    return {
        "translations": [
            {"code": code, "label": get_language_info(code)["name_local"].capitalize(), "url": address_of(other)}
            for other in live
            if (code := other.locale.language_code) != own
        ],
        "alternates": [
            {"code": other.locale.language_code, "url": settings.BASE_URL + address_of(other)} for other in live
        ],
        "canonical": settings.BASE_URL + address_of(page),
    }


def links(pages: Iterable[Any]) -> list[dict[str, str]]:
    """Address and title of each page, as the footer shows them."""
    return [{"url": address_of(page), "label": page.title} for page in pages]
