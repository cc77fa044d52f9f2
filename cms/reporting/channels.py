"""The reporting channels as other pages show them: read from what `build.py` wrote, never from the
database, so that a call-out costs no query and says the same as the reporting page."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

#: The keys by which blocks point to a channel, in the order of the reporting page.
CHANNEL_CHOICES = [
    ("noodgeval", _("112, danger")),
    ("m", _("Meld Misdaad Anoniem (M.)")),
    ("politie", _("police, no urgency")),
    ("meldkamer-douane", _("customs control room")),
    ("tci", _("criminal intelligence team (TCI)")),
    ("arbeidsinspectie", _("labour inspectorate")),
    ("sncu", _("SNCU, temporary work")),
    ("werk", _("at work: PFSO, manager, confidential adviser")),
    ("huis-voor-klokkenluiders", _("Huis voor Klokkenluiders, whistleblowers")),
    ("rijksrecherche", _("Rijksrecherche, corrupt official")),
    ("vertrouwenslijn", _("Vertrouwenslijn, extortion and integrity")),
]

_read: dict[str, tuple[tuple[int, int], dict[str, Any]]] = {}


def channels_file(language: str) -> Path:
    """Where the live channels of a language lie; `build.rebuild` writes it."""
    return Path(settings.REPORTING_DIR) / f"channels.{language}.json"


def mark(language: str) -> tuple[int, int]:
    """Changes whenever the channels of this language were built anew; (0, 0) before. Costs one `stat`."""
    try:
        status = channels_file(language).stat()
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)


def for_block(key: str, language: str) -> dict[str, Any] | None:
    """The live channel with this key in this language: `name`, `when`, `number`, `href`, `promise`.

    `promise` is empty where none may be made in this language. None when the channel is a draft, does
    not exist in this language, or nothing was built yet. Costs one `stat` of a file.
    """
    path, now = channels_file(language), mark(language)
    try:
        known = _read.get(str(path))
        if known is None or known[0] != now:
            known = (now, json.loads(path.read_text(encoding="utf-8")))
            _read[str(path)] = known
    except (OSError, ValueError):
        return None
    channel = known[1].get(key)
    return dict(channel) if channel else None
