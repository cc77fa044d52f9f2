"""Setting a password of one's own."""

from django.db import transaction

from cms.accounts import audit, notices
from cms.accounts.models import User


@transaction.atomic
def change(user: User, password: str) -> None:
    """Sets the password (checked by the form) and tells the user by mail. Every session ends: the caller
    keeps this one with `sessions.keep_only_this`."""
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record("user.password_changed", user, user)
    notices.tell(user, "password")
