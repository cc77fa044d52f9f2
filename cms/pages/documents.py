"""Documents that editors upload: checked by what they hold, not by their name alone; and which of them visitors may
find."""

from collections.abc import Collection
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.documents.forms import BaseDocumentForm
from wagtail.models import Page, ReferenceIndex

from cms.pages.downloads import restricted_collections

MAX_BYTES = 20 * 1024 * 1024
#: How a PDF begins (ISO 32000-2, 7.5.2). Programs accept it later in the file too; a polyglot needs that.
PDF = b"%PDF-"


class DocumentForm(BaseDocumentForm):
    """The CMS's form for one document."""

    def clean_file(self) -> Any:
        """A PDF of at most 20 MB."""
        file = self.cleaned_data["file"]
        return check_pdf(file) if "file" in self.changed_data else file


def check_pdf(file: Any) -> Any:
    """The uploaded file, when it is a PDF of at most 20 MB. Raises `ValidationError`."""
    if file.size > MAX_BYTES:
        raise ValidationError(_("This document is larger than 20 MB. Make it smaller or split it."))
    head = file.read(len(PDF))
    file.seek(0)
    if head != PDF:
        raise ValidationError(_("This is not a PDF. Save the document as PDF and try again."))
    return file


def content_type() -> ContentType:
    """The content type of documents."""
    return ContentType.objects.get_for_model(get_document_model())


def public() -> Any:
    """Documents that stand in no restricted collection, nor below one."""
    restricted = Q(pk__in=[])
    for path in restricted_collections():
        restricted |= Q(collection__path__startswith=path)
    return get_document_model().objects.exclude(restricted)


def offered_by(pages: Collection[int], ids: list[int]) -> list[int]:
    """Those of these documents that are public and that one of these pages offers, in the same order. Three queries
    at most, none for no documents."""
    if not ids:
        return []
    links = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=content_type(),
        to_object_id__in=[str(pk) for pk in ids],
    ).values_list("object_id", "to_object_id")
    offered = {int(document) for page, document in links if int(page) in pages}
    offered &= set(public().filter(pk__in=offered).values_list("pk", flat=True))
    return [pk for pk in ids if pk in offered]


def in_order(ids: list[int]) -> list[Any]:
    """These documents, in this order."""
    found = get_document_model().objects.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]
