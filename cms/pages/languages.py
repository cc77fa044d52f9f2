"""Pages point at each other in any language; what is shown is the same page in the reader's language."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Locale, Page


def in_language(pages: Iterable[Page | None], locale: Locale, *, model: type[Any] = Page) -> list[Any]:
    """These pages as they are live and public in this language, in the same order, each once.

    A page that isn't there in this language is left out. One query, or none for no pages. With `model` the
    pages come as that type, and others are left out.
    """
    keys = [page.translation_key for page in pages if page is not None]
    if not keys:
        return []
    found = model.objects.live().public().filter(locale=locale, translation_key__in=keys)
    by_key = {page.translation_key: page for page in found.select_related("locale")}
    return [by_key[key] for key in dict.fromkeys(keys) if key in by_key]
