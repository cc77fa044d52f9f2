"""The two links of a request: one that confirms the address, and one that shows where the request stands.

They are signed and never stored. What a link may do is decided by the request: confirming works once, since a
request leaves `UNCONFIRMED` once, and both stop when the request is deleted.
"""

from typing import Literal
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation

from cms.accounts.links import address_of
from cms.professionals.models import AccountRequest

Purpose = Literal["confirm", "state"]


def _signer(purpose: Purpose) -> Signer:
    return Signer(salt=f"cms.professionals.{purpose}", sep=".")


def token_for(request: AccountRequest, purpose: Purpose) -> str:
    """The request's token for this purpose; always the same."""
    return _signer(purpose).sign(request.public_id.hex)


def find(token: str, purpose: Purpose) -> AccountRequest | None:
    """The request of this token; None when a character of it is wrong, or the request is gone."""
    try:
        public_id = UUID(_signer(purpose).unsign(token))
    except (BadSignature, ValueError):
        return None
    return AccountRequest.objects.filter(public_id=public_id).first()


def path_of(request: AccountRequest, purpose: Purpose, language: str) -> str:
    """The link's path in this language."""
    with translation.override(language):
        return reverse(f"professionals:{purpose}", args=[token_for(request, purpose)])


def url_of(request: AccountRequest, purpose: Purpose) -> str:
    """The whole link, in the language in which the person asked."""
    return address_of(path_of(request, purpose, request.language))
