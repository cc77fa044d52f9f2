"""What a fresh demo holds, for the journeys: starter content in both languages, and an employer."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import zxingcpp
from django.utils import timezone
from django_otp.oath import TOTP
from PIL import Image

from campaigns.plans import starter as plans
from campaigns.publishing import starter as publishing
from cms.accounts.models import User
from cms.pages import starter as pages
from cms.reporting import build
from cms.reporting import starter as reporting
from learning.employers.models import Manager, Organisation
from learning.modules import starter as modules
from learning.modules.models import Edition, Module
from tests.snapshots import loaded


def load_everything() -> None:
    """The demo's content, by the same functions as `make demo`."""
    loaded("everything", _load)
    build.rebuild()


def load_pages() -> None:
    """The public pages and the reporting page alone."""
    loaded("pages and reporting", _load_pages)
    build.rebuild()


def _load_pages() -> None:
    pages.load(demo=True)
    reporting.load(demo=True)


def _load() -> None:
    pages.load(demo=True)
    reporting.load(demo=True)
    modules.load(demo=True)
    plans.load()
    publishing.load(demo=True)


def terminal_module() -> Module:
    """The module of the terminal's staff."""
    return Module.objects.select_related("current_edition").get(audience="terminal")


def employer(manager: User, name: str = "Kadewerk Terminals", *, named: bool = True) -> Organisation:
    """An organisation with this manager; with `named`, its works council agreed."""
    today = timezone.localdate()
    organisation = Organisation.objects.create(
        name=name, sector="terminal", works_council_consent_on=today - timedelta(days=30) if named else None
    )
    Manager.objects.create(organisation=organisation, user=manager, email=manager.email, accepted_at=timezone.now())
    return organisation


def right_options(edition: Edition, question: str) -> list[str]:
    """The options that score, by the edition's own key."""
    entry = next(entry for entry in edition.answer_key["questions"] if entry["uuid"] == question)
    return [option["uuid"] for option in entry["options"] if float(option["points"]) > 0]


def code_now(key: bytes) -> str:
    """What an authenticator app with this secret shows now."""
    return f"{TOTP(key).token():06d}"


def qr_text(png: bytes) -> str:
    """What a phone reads in a picture of a QR code."""
    with Image.open(BytesIO(png)) as picture:
        found = zxingcpp.read_barcodes(picture.convert("L"))
    assert len(found) == 1
    return found[0].text
