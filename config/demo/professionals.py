"""The demo's safety professionals: one who has access, one whose request waits, and what is restricted to an area.
Everything in it is an example and says so. Loading again changes nothing that is there."""

from datetime import datetime, timedelta

import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from cms.accounts.models import User
from cms.pages.models import RegionPage
from cms.pages.starter.tree import find, key, put
from cms.professionals import access, areas, asking, files, judging
from cms.professionals.models import AccountRequest, RestrictedDocument, RestrictedPage

AREA = "region-rotterdam"
PAGE = "restricted-example"
SOURCE = "Voorbeeld bij het platform, te controleren door een redacteur"
#: Title, introduction and text of the restricted page, by language.
_TEXTS = {
    "nl": (
        "Voorbeeld: afspraken tussen professionals",
        "Dit is een voorbeeld van een besloten pagina. Alleen wie toegang heeft, leest haar.",
        "<p>Hier zet de redactie van het gebied wat professionals van elkaar willen leren. Bijvoorbeeld een werkwijze, "
        "een verslag of een lijst met vragen voor een controle.</p><p>Zet hier geen namen van verdachten en geen "
        "informatie uit een onderzoek.</p>",
    ),
    "en": (
        "Example: agreements between professionals",
        "This is an example of a restricted page. Only who has access reads it.",
        "<p>Here the area's editors put what professionals want to learn from each other. For example a way of "
        "working, a report, or a list of questions for a check.</p><p>Put no names of suspects here, and nothing from "
        "an investigation.</p>",
    ),
}
_PDF = b"""
#set document(title: "Voorbeeld: besloten document")
#set text(lang: "nl", size: 12pt)
#set page(margin: 3cm)
= Voorbeeld: besloten document
Dit is een voorbeeld. Alleen wie toegang heeft tot dit gebied, kan het downloaden.

Zet in een besloten document geen namen van verdachten en geen informatie uit een onderzoek.
"""
_WAITING = {
    "first_name": "Robin",
    "last_name": "Kramer",
    "organisation": "Terminal Voorbeeld B.V.",
    "role": "PFSO",
    "email": "robin.kramer@terminal.example",
    "why": "Ik ben PFSO van onze terminal. Ik wil de afspraken in het gebied lezen.",
}


def load(professional: User, editor: User, at: datetime) -> None:
    """Gives the professional access to an area, with a page and a document to read, and leaves a request in the
    queue. Raises `LookupError` without the starter's area."""
    area = RegionPage.objects.filter(translation_key=key(AREA), locale__language_code=areas.FALLBACK).first()
    if area is None:
        raise LookupError("The starter's areas aren't there: run `manage.py load_starter --demo` first.")
    with translation.override(areas.FALLBACK):
        _pages(area)
        _document(area, editor, at)
        _access(area, professional, editor, at)
        _waiting(area, at)


def _pages(area: RegionPage) -> None:
    for region in area.get_translations(inclusive=True).select_related("locale"):
        if region.locale.language_code in _TEXTS and find(RestrictedPage, PAGE, region.locale) is None:
            title, intro, html = _TEXTS[region.locale.language_code]
            put(RestrictedPage, PAGE, region, live=True, title=title, intro=intro, source=SOURCE, body=[("text", html)])


def _document(area: RegionPage, editor: User, at: datetime) -> None:
    if RestrictedDocument.objects.filter(area=area.translation_key).exists():
        return
    pdf = typst.compile(_PDF, format="pdf", pdf_standards="ua-1")
    entered = {
        "title": "Voorbeeld: besloten document",
        "source": SOURCE,
        "note": "Zo ziet een besloten document eruit.",
        "page_key": key(PAGE),
        "number": "1.0",
        "date": timezone.localdate(at),
        "file": SimpleUploadedFile("voorbeeld.pdf", bytes(pdf), "application/pdf"),
    }
    files.add(area.translation_key, entered, editor, at)


def _access(area: RegionPage, professional: User, editor: User, at: datetime) -> None:
    if AccountRequest.objects.filter(email=professional.email).exists():
        return
    entered = {
        "first_name": professional.first_name,
        "last_name": professional.last_name,
        "organisation": "Havendienst Voorbeeld",
        "role": "Toezichthouder",
        "email": professional.email,
        "why": "Ik controleer in dit gebied.",
    }
    request = asking.confirm(asking.ask(area, entered, "127.0.0.1", at), at)
    approved = judging.approve(request, timezone.localdate(at) + timedelta(days=300), editor, at)
    access.open_approval(approved, professional, at)


def _waiting(area: RegionPage, at: datetime) -> None:
    """Asked some days ago, so that its term is near."""
    if not AccountRequest.objects.filter(email=_WAITING["email"]).exists():
        asked = at - timedelta(days=3)
        asking.confirm(asking.ask(area, dict(_WAITING), "127.0.0.1", asked), asked)
