"""The fixed cast. Everyone here exists in every test that asks for them; a *stranger* must get 404
wherever something private is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

if TYPE_CHECKING:
    from cms.accounts.models import User


@pytest.fixture(autouse=True)
def _quiet_cache():
    """No test sees another's cached pages."""
    from django.core.cache import cache

    cache.clear()


def make_user(email: str | None, first_name: str, last_name: str, **fields) -> User:
    from cms.accounts.models import User

    return User.objects.create_user(
        email,
        "correct horse battery",
        first_name=first_name,
        last_name=last_name,
        email_confirmed_at=timezone.now() if email else None,
        **fields,
    )


def signed_in(user: User, *, verified: bool = False) -> Client:
    """A browser in which this person is signed in; with `verified`, past the second factor too."""
    client = Client()
    client.force_login(user, backend="cms.accounts.backends.PasswordBackend")
    if verified:
        from django_otp import DEVICE_ID_SESSION_KEY
        from django_otp.plugins.otp_totp.models import TOTPDevice

        device, _created = TOTPDevice.objects.get_or_create(user=user, name="phone", confirmed=True)
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session.save()
    return client


@pytest.fixture
def sam(db):
    """An employee: a terminal worker with an e-mail address."""
    return make_user("sam@example.org", "Sam", "de Vries")


@pytest.fixture
def colleague(db):
    """Sam's colleague."""
    return make_user("noor@example.org", "Noor", "Jansen")


@pytest.fixture
def manager_user(db):
    """A manager at Sam's employer (the organisation is made by the employers' fixtures)."""
    return make_user("manager@example.org", "Mila", "Bakker")


@pytest.fixture
def stranger(db):
    """A manager of another employer."""
    return make_user("stranger@example.org", "Sil", "Vos")


@pytest.fixture
def communicator(db):
    """An editor who runs campaigns; an administrator until groups are loaded."""
    return make_user("communicator@example.org", "Coen", "Dekker", is_staff=True, is_superuser=True)


@pytest.fixture
def partner(db):
    """Someone of a partner organisation."""
    return make_user("partner@example.org", "Pia", "Smit")
