"""What somebody finds in their areas."""

from typing import Any
from uuid import UUID

from cms.pages.models import RegionPage
from cms.pages.navigation import address_of
from cms.professionals.models import Access, RestrictedDocument, RestrictedPage


def below(held: list[Access], pages: dict[UUID, RegionPage]) -> list[dict[str, Any]]:
    """Each access with its area's page, restricted pages and documents. A fixed number of queries."""
    documents: dict[UUID, list[RestrictedDocument]] = {}
    for document in RestrictedDocument.objects.listed().filter(area__in=[access.area for access in held]):
        documents.setdefault(document.area, []).append(document)
    paths = [page.path for page in pages.values()]
    live = RestrictedPage.objects.live().filter(depth__in={page.depth + 1 for page in pages.values()})
    found = list(live.select_related("locale").order_by("path")) if paths else []
    return [
        {
            "access": access,
            "area": area,
            "pages": [
                {"title": page.title, "intro": page.intro, "url": address_of(page)}
                for page in found
                if area is not None and page.path.startswith(area.path)
            ],
            "documents": documents.get(access.area, []),
        }
        for access in held
        for area in [pages.get(access.area)]
    ]
