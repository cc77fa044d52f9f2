"""Documents that editors upload: checked by what they hold, not by their name alone."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm

MAX_BYTES = 20 * 1024 * 1024
#: How a PDF begins (ISO 32000-2, 7.5.2). Programs accept it later in the file too; a polyglot needs that.
PDF = b"%PDF-"


class DocumentForm(BaseDocumentForm):
    """The CMS's form for one document."""

    def clean_file(self) -> Any:
        """A PDF of at most 20 MB."""
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        if file.size > MAX_BYTES:
            raise ValidationError(_("This document is larger than 20 MB. Make it smaller or split it."))
        head = file.read(len(PDF))
        file.seek(0)
        if head != PDF:
            raise ValidationError(_("This is not a PDF. Save the document as PDF and try again."))
        return file
