from django.contrib.auth.backends import ModelBackend


class PasswordBackend(ModelBackend):
    """E-mail address and password."""
