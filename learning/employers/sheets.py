"""Claim cards on A4, eight a page, as PDF/UA: to print and cut."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from learning.employers.models import Employment

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "employers" / "cards.typ"


def in_fours(code: str) -> str:
    """A code as it is printed: in groups of four."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def cards_pdf(people: Sequence[Employment], language: str) -> bytes:
    """The sheet for these people, each of whom has a card. Every card says how it works in Dutch and in
    English; `language` is the document's own."""
    data = {
        "language": language,
        "cards": [_card(employment) for employment in people if employment.card is not None],
        "how": [_how_to(code) for code in ("nl", "en")],
    }
    with translation.override(language):
        data["title"] = _("Cards to sign in")
        data["qr_alt"] = _("QR code with the address of this card")
    inputs = {"data": json.dumps(data)}
    try:
        pdf = typst.compile(TEMPLATE.read_bytes(), format="pdf", sys_inputs=inputs, pdf_standards="ua-1")
    except typst.TypstError:  # a letter that no font here has: one name must not keep everybody from a card
        pdf = typst.compile(TEMPLATE.read_bytes(), format="pdf", sys_inputs=inputs)
    return bytes(pdf) if isinstance(pdf, bytes) else b""


def _shown(text: str, most: int) -> str:
    """The text as it is printed: without what can't be, and not too long for a card."""
    return Truncator("".join(letter for letter in text if letter.isprintable())).chars(most)


def _card(employment: Employment) -> dict[str, Any]:
    card = employment.card
    if card is None:
        return {}
    url = f"{settings.BASE_URL}{reverse('claim:start', args=[card.code])}"
    qr = segno.make(url, error="m", micro=False)
    return {
        "name": _shown(employment.name, 48),
        "organisation": _shown(employment.organisation.name, 44),
        "team": _shown(employment.team.name, 40) if employment.team else "",
        "code": in_fours(card.code),
        "address": f"{settings.BASE_URL}/start".split("//", 1)[-1],
        "link": url,
        "until": [_until(card.expires_at, code) for code in ("nl", "en")],
        "rows": ["".join("1" if dark else "0" for dark in row) for row in qr.matrix],
    }


def _until(expires_at: Any, language: str) -> str:
    with translation.override(language):
        return _("Use it before %(day)s.") % {"day": date_format(localtime(expires_at), "DATE_FORMAT")}


def _how_to(language: str) -> dict[str, Any]:
    with translation.override(language):
        return {
            "language": language,
            "steps": [
                _("Scan the code, or go to the address and type the code."),
                _("Choose a PIN of your own. Tell it to nobody."),
                _("Take your module. Your employer only sees whether it is done."),
            ],
        }
