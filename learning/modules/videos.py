"""Checks on an uploaded film and its captions: by what the file holds, never by its name alone."""

import re
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile

MAX_FILM_BYTES = 50 * 1024 * 1024
MAX_CAPTION_BYTES = 512 * 1024
#: Type by extension; what a browser plays without help.
FILM_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}
_CUE = re.compile(r"^(?:\d+:)?\d\d:\d\d\.\d{3} --> (?:\d+:)?\d\d:\d\d\.\d{3}", re.MULTILINE)


def _head(file: "FieldFile", length: int) -> bytes:
    """The first bytes of an upload, which is left at its start."""
    file.open()
    file.seek(0)
    head: bytes = file.read(length)
    file.seek(0)
    return head


def extension(name: str) -> str:
    """The part of a file name after its last dot, in lower case."""
    return name.rpartition(".")[2].lower()


def validate_film(file: "FieldFile") -> None:
    """Accepts an MP4 or WebM film of at most 50 MB; raises `ValidationError`."""
    if file.size > MAX_FILM_BYTES:
        raise ValidationError(_("This film is larger than 50 MB. Make it smaller: people watch it on a phone."))
    head = _head(file, 12)
    is_mp4 = extension(file.name or "") == "mp4" and head[4:8] == b"ftyp"
    is_webm = extension(file.name or "") == "webm" and head[:4] == b"\x1a\x45\xdf\xa3"
    if not (is_mp4 or is_webm):
        raise ValidationError(_("This is not an MP4 or WebM film. Save it as .mp4 or .webm and try again."))


def validate_captions(file: "FieldFile") -> None:
    """Accepts WebVTT captions with at least one line; raises `ValidationError`."""
    if file.size > MAX_CAPTION_BYTES:
        raise ValidationError(_("This captions file is larger than 512 KB. Is it the right file?"))
    try:
        text = _head(file, MAX_CAPTION_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(_("These captions are not UTF-8 text. Save the file as UTF-8 and try again.")) from error
    if extension(file.name or "") != "vtt" or not text.startswith("WEBVTT"):
        raise ValidationError(_("These are not WebVTT captions. The file ends in .vtt and starts with WEBVTT."))
    if not _CUE.search(text.replace("\r\n", "\n")):
        raise ValidationError(_("There is no line with a time in these captions, such as 00:01.000 --> 00:04.000."))
