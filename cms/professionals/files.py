"""Restricted documents: adding one, adding a version, taking one away, handing one out."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import FileResponse
from django.utils.text import slugify

from cms.accounts import audit
from cms.accounts.models import User
from cms.professionals.models import DocumentVersion, RestrictedDocument
from cms.professionals.models.restricted import CACHE_CONTROL


class VersionThere(Exception):
    """The document has a version of this number already."""


@transaction.atomic
def add(area: UUID, entered: dict[str, Any], editor: User, at: datetime) -> RestrictedDocument:
    """A new document of this area with its first version."""
    document = RestrictedDocument.objects.create(
        area=area,
        title=entered["title"],
        source=entered["source"],
        note=entered["note"],
        page_key=entered["page_key"],
        created_at=at,
    )
    _add_version(document, entered, editor, at)
    return document


def add_version(document: RestrictedDocument, entered: dict[str, Any], editor: User, at: datetime) -> None:
    """A next version; those before stay listed. Raises `VersionThere` for a number that is there."""
    try:
        with transaction.atomic():
            _add_version(document, entered, editor, at)
    except IntegrityError as error:
        raise VersionThere from error


def _add_version(document: RestrictedDocument, entered: dict[str, Any], editor: User, at: datetime) -> None:
    file: UploadedFile = entered["file"]
    if document.versions.filter(number=entered["number"]).exists():
        raise IntegrityError("before anything is stored")
    version = DocumentVersion.objects.create(
        document=document,
        number=entered["number"],
        date=entered["date"],
        file=file,
        size=file.size or 0,
        uploaded_at=at,
        uploaded_by=editor,
    )
    audit.record("restricted_document.version", version, editor)


def remove(document: RestrictedDocument, editor: User) -> None:
    """Takes a document away with all its versions and their files."""
    stored = [(version.file.storage, version.file.name) for version in document.versions.all()]
    with transaction.atomic():
        audit.record("restricted_document.removed", document, editor, versions=len(stored))
        document.delete()
        for storage, name in stored:
            transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))  # type: ignore[misc]


def hand_out(version: DocumentVersion) -> FileResponse:
    """The file as a download, through us from whatever store: nobody is sent to the store's own address."""
    name = slugify(f"{version.document.title}-{version.number}")[:100] or "document"
    response = FileResponse(
        version.file.open("rb"), as_attachment=True, filename=f"{name}.pdf", content_type="application/pdf"
    )
    response.headers["Cache-Control"] = CACHE_CONTROL
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
