"""Certificates: as a page of PDF/UA for the holder, and what anybody may learn who has the code."""

import hashlib
import hmac
import io
import json
import unicodedata
from datetime import date
from importlib import resources

import segno
import typst
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.accounts.cards import normalise
from learning.records.models import Certificate
from learning.records.texts import quiz_text

#: The fonts of the typst wheel only, so that every machine prints the same page.
_FONTS = typst.Fonts(include_system_fonts=False)


def code_of(typed: str) -> str:
    """A typed code as it is stored. Only letters and digits are left: a database refuses some others."""
    return "".join(letter for letter in normalise(typed) if letter.isalnum())[:64]


def find(typed: str) -> Certificate | None:
    """The certificate with this code, with everything its page shows loaded; None when there is none."""
    return (
        Certificate.objects.select_related("completion__edition", "completion__module")
        .defer("completion__edition__answer_key")
        .filter(code=code_of(typed))
        .first()
    )


def status_of(certificate: Certificate, on: date) -> str:
    """`revoked`, `expired` or `valid` on this date."""
    if certificate.revoked_at:
        return "revoked"
    until = certificate.completion.valid_until
    return "expired" if until and until < on else "valid"


def plain_name(name: str) -> str:
    """A name without what people type differently: case, accents, spaces, dots, hyphens, apostrophes."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def confirms(certificate: Certificate | None, name: str) -> bool:
    """Whether this is the holder's name. An unknown certificate takes the same work as a wrong name; a
    certificate without a name confirms none."""
    holder = plain_name(certificate.holder_name) if certificate else ""
    typed = plain_name(name)
    digests = [hashlib.sha256(text.encode()).digest() for text in (holder, typed)]
    return hmac.compare_digest(*digests) and bool(holder) and certificate is not None


def address(certificate: Certificate) -> str:
    """The public page of a certificate, as its QR holds it."""
    return f"{settings.BASE_URL.rstrip('/')}/c/{certificate.code}"


def host() -> str:
    """Where certificates are checked, as people read it: what stands before a code."""
    return settings.BASE_URL.rstrip("/").split("://")[-1] + "/c/"


def address_shown(certificate: Certificate) -> str:
    """A certificate's address as people read it."""
    return host() + certificate.printed_code


def qr_svg(certificate: Certificate) -> str:
    """The QR of a certificate's address as inline SVG, without a size of its own."""
    return str(segno.make(address(certificate), error="m").svg_inline(omitsize=True, border=2, light="#fff"))


def module_title(certificate: Certificate, language: str) -> str:
    """The module's title in this language, as it was when the certificate was made."""
    return quiz_text(certificate.completion.edition, language).title


def pdf(certificate: Certificate) -> bytes:
    """The certificate as one page of PDF/UA, in the language it was made in.

    A name in a script that the wheel's fonts lack is set with the machine's own fonts, and where those
    lack it too, the page is made without the promise of PDF/UA rather than not at all.
    """
    source = (resources.files("learning.records") / "typst" / "certificate.typ").read_bytes()
    inputs = {"data": json.dumps(_data(certificate))}
    stamp = certificate.issued_at
    try:
        return _compile(source, inputs, ["ua-1"], _FONTS, int(stamp.timestamp()))
    except typst.TypstError:
        system = typst.Fonts(include_system_fonts=True)
    try:
        return _compile(source, inputs, ["ua-1"], system, int(stamp.timestamp()))
    except typst.TypstError:
        return _compile(source, inputs, [], system, int(stamp.timestamp()))


def _compile(
    source: bytes, inputs: dict[str, str], standards: "list[typst.PDFStandard]", fonts: "typst.Fonts", stamp: int
) -> bytes:
    made = typst.compile(source, sys_inputs=inputs, pdf_standards=standards, font_paths=fonts, timestamp=stamp)
    if not isinstance(made, bytes):
        raise TypeError("typst made more than one page file")
    return made


def _data(certificate: Certificate) -> dict[str, object]:
    completion = certificate.completion
    qr = io.BytesIO()
    segno.make(address(certificate), error="m").save(qr, kind="svg", border=2, light="#fff", xmldecl=False)
    with translation.override(certificate.language):
        facts = [{"label": _("Completed on"), "value": date_format(completion.completed_on)}]
        if completion.valid_until:
            facts.append({"label": _("Valid until"), "value": date_format(completion.valid_until)})
        facts.append({"label": _("Edition"), "value": str(completion.edition.number)})
        name = "".join(letter for letter in certificate.holder_name if letter.isprintable())
        module = module_title(certificate, certificate.language)
        return {
            "language": certificate.language,
            "audience": completion.module.audience,
            "title": _("Certificate %(module)s: %(name)s") % {"module": module, "name": name},
            "heading": _("Certificate Weerbaar"),
            "before": _("This certificate is in the name of"),
            "name": name or "-",
            "after": _("who completed the module"),
            "module": module,
            "facts": facts,
            "qr": qr.getvalue().decode(),
            "qr_alt": _("QR code to %(address)s") % {"address": address_shown(certificate)},
            "check_heading": _("Check this certificate"),
            "check_text": _("Scan the code or open the address. You see whether it is valid today."),
            "address": address(certificate),
            "address_shown": address_shown(certificate),
            "code_label": _("Code"),
            "code": certificate.printed_code,
        }
