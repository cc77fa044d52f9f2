"""What a person is told when something changed that keeps others out of their account (OWASP ASVS 5.0
V6.3.7). Who has no address reads it on the account page."""

from typing import Literal

from cms.accounts.models import User
from cms.mail.outbox import queue

Change = Literal["address", "password", "factor_added", "factor_removed"]


def tell(user: User, change: Change, to: str | None = None) -> None:
    """Mails what changed to the user, or to the address they had until now."""
    address = to or user.email
    if address:
        queue("account_changed", address, {"change": change}, language=user.language)
