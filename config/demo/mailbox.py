"""The demo's mail: every message that the worker sends is a file under `VAR_DIR`, in place of a mail
server."""

import re
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as ParsedMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

_NAME = re.compile(r"[0-9]{20}-[0-9a-f]{8}")


class EmailBackend(BaseEmailBackend):
    """Writes each message to a file of its own; the newest has the highest name."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Writes them, each whole or not at all. Returns how many."""
        folder().mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{time.time_ns():020}-{secrets.token_hex(4)}"
            draft = folder() / f"{name}.part"
            draft.write_bytes(message.message().as_bytes())
            draft.rename(folder() / f"{name}.eml")
        return len(email_messages)


@dataclass(frozen=True)
class Mail:
    """One message as the demo shows it."""

    name: str
    to: str
    subject: str
    sent_at: datetime
    text: str
    html: str


def folder() -> Path:
    """Where the messages lie."""
    return Path(settings.VAR_DIR) / "mail"


def names() -> list[str]:
    """Every message's name, newest first."""
    return sorted((path.stem for path in folder().glob("*.eml") if _NAME.fullmatch(path.stem)), reverse=True)


def read(name: str) -> Mail | None:
    """The message of this name; None when there is none."""
    path = folder() / f"{name}.eml"
    if not _NAME.fullmatch(name) or not path.is_file():
        return None
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    return Mail(
        name=name,
        to=message["To"],
        subject=message["Subject"],
        sent_at=_moment(message["Date"]),
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _moment(header: str) -> datetime:
    """When it was sent. Mail says UTC as -0000, which Python reads as a moment without a zone."""
    moment = parsedate_to_datetime(header)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _part(message: ParsedMessage, kind: str) -> str:
    body = message.get_body((kind,))
    return str(body.get_content()) if body else ""
