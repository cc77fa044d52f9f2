"""Requests for an account, the access that follows, and what only those who have it may read."""

from cms.professionals.models.requests import Access, AccountRequest, EditorReminder, Question, State
from cms.professionals.models.restricted import DocumentVersion, RestrictedDocument, RestrictedPage

__all__ = [
    "Access",
    "AccountRequest",
    "DocumentVersion",
    "EditorReminder",
    "Question",
    "RestrictedDocument",
    "RestrictedPage",
    "State",
]
