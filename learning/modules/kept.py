"""Files of an edition. They are kept under a name made from what they hold, so that changing or deleting the
picture or film in the CMS never changes what was released."""

import hashlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.core.files.base import File
from django.core.files.storage import default_storage

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile

FOLDER = "editions"


def kept_name(file: "FieldFile") -> str:
    """The name under which an edition keeps this file: a hash of its content, and its extension.

    Raises `OSError` when the file is not there.
    """
    name = str(file.name)
    with file.storage.open(name) as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return f"{FOLDER}/{digest[:40]}{PurePosixPath(name).suffix.lower()}"


def keep(file: "FieldFile") -> None:
    """Copies the file to where editions find it; does nothing when it is there already."""
    name = kept_name(file)
    if not default_storage.exists(name):
        with file.storage.open(str(file.name)) as content:
            default_storage.save(name, File(content))
