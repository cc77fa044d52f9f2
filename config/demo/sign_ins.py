"""Who can sign in to the demo. These passwords and secrets are public on purpose."""

import hashlib
from base64 import b32encode
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_otp.oath import TOTP

Text = str | Promise

PASSWORD = "demo-wachtwoord-2026"  # noqa: S105
PIN = "271828"
CARD = "KADEWERK2026"
NEW_CARD = "WEERBAAR2026"


@dataclass(frozen=True)
class SignIn:
    """One line of the table. `secret` says what stands in `name`: an address with a password, or a code."""

    key: str
    role: Text
    name: str
    secret: str
    try_this: Text
    first_name: str = ""
    last_name: str = ""
    second_factor: bool = True

    @property
    def totp_key(self) -> str:
        """The secret of the authenticator app, in hexadecimal: always the same for the same name."""
        return hashlib.sha1(f"weerbaar demo {self.name}".encode()).hexdigest()  # noqa: S324 (no secret at all)

    @property
    def totp_secret(self) -> str:
        """The same, as an app wants it; empty for who needs no second factor."""
        return b32encode(bytes.fromhex(self.totp_key)).decode() if self.second_factor else ""

    def code(self) -> str:
        """What the authenticator app shows now; empty for who needs none."""
        return f"{TOTP(bytes.fromhex(self.totp_key)).token():06}" if self.second_factor else ""


SIGN_INS = (
    SignIn(
        "employee",
        _("Employee"),
        "sam@kadewerk.example",
        PASSWORD,
        _("Take a module and its quiz under My modules; show the certificate."),
        "Sam",
        "de Vries",
        second_factor=False,
    ),
    SignIn(
        "card",
        _("Employee without e-mail"),
        CARD,
        PIN,
        _("Sign in with code and PIN; one module is done, one has a deadline."),
        "Aylin",
        "Demir",
        second_factor=False,
    ),
    SignIn(
        "new_card",
        _("Employee with a new card"),
        NEW_CARD,
        "",
        _("Open /start/WEERBAAR2026 as the QR on the card does, and choose a PIN."),
        "Marek",
        "Nowak",
        second_factor=False,
    ),
    SignIn(
        "manager",
        _("Manager of an employer"),
        "manager@kadewerk.example",
        PASSWORD,
        _("Upload staff, invite someone and follow the mail, assign a module, download the list."),
        "Mila",
        "Bakker",
    ),
    SignIn(
        "stranger",
        _("Manager of another employer"),
        "manager@kasgoed.example",
        PASSWORD,
        _("See nothing of the first employer: its addresses answer 404."),
        "Sil",
        "Vos",
    ),
    SignIn(
        "communicator",
        _("Communicator"),
        "communicatie@weerbaar.example",
        PASSWORD,
        _("Open the campaign plan in the CMS, schedule a campaign page, hang up a QR code."),
        "Coen",
        "Dekker",
    ),
    SignIn(
        "professional",
        _("Safety professional"),
        "professional@havendienst.example",
        PASSWORD,
        _("Open /professionals/mijn/: a restricted page and document of one area. Ask to go on, or end the access."),
        "Pim",
        "Kuiper",
    ),
    SignIn(
        "editor",
        _("Editor"),
        "redactie@weerbaar.example",
        PASSWORD,
        _("Release a module; check a number of the reporting page; judge a request for an account under Requests."),
        "Eva",
        "Smit",
    ),
    SignIn(
        "administrator",
        _("Administrator"),
        "beheer@weerbaar.example",
        PASSWORD,
        _("Everything in the CMS: users, groups, pages."),
        "Bo",
        "Visser",
    ),
)


def sign_in(key: str) -> SignIn:
    """The line with this key. Raises `KeyError` when there is none."""
    return {line.key: line for line in SIGN_INS}[key]
