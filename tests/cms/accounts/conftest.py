"""What the tests of this room share: right and wrong codes, cards, and rows that other threads can see."""

from __future__ import annotations

import re
import threading

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

PASSWORD = "correct horse battery"
PIN = "492837"


def code_of(device: TOTPDevice, *, steps: int = 0) -> str:
    """The six digits that an app with this secret shows now, or some steps of 30 seconds away."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = timezone.now().timestamp() + 30 * steps
    return f"{totp.token():06d}"


def wrong_code_of(device: TOTPDevice) -> str:
    """Six digits that no step near now shows."""
    near = {code_of(device, steps=steps) for steps in range(-3, 4)}
    return next(
        code
        for code in ("111111", "222222", "333333", "444444", "555555", "666666", "777777", "888888")
        if code not in near
    )


def with_password(client: Client, email: str, password: str = PASSWORD, **extra):
    """Tries to sign in with a password."""
    return client.post("/en/inloggen/", {"email": email, "password": password, "next": "/en/account/"}, **extra)


def link_in(message) -> str:
    """The path of the link in a mail."""
    return re.search(r"https?://[^/\s]+(/\S+)", message.text).group(1)


@pytest.fixture
def device(sam):
    """Sam's authenticator app."""
    return TOTPDevice.objects.create(user=sam, name="app", confirmed=True)


@pytest.fixture
def card(db):
    """A card that is claimed by Ali, who has no e-mail address; its PIN is `PIN`."""
    from cms.accounts import cards

    card = cards.issue(timezone.now())
    cards.claim(card, PIN, "Ali", "Yilmaz", "nl", timezone.now())
    return card


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """Rows that are really in the database, for tests with several threads; a function that runs one
    callable in each of them at the same moment. What the test made is deleted after it."""
    from django.contrib.sessions.models import Session
    from django.db import connection

    from cms.accounts.models import AuditEvent, ClaimCard, Lockout, SignInLink, User
    from cms.mail.models import OutboxMessage

    def at_once(action, times: int = 2) -> list:
        barrier, results = threading.Barrier(times), []

        def run() -> None:
            try:
                barrier.wait(timeout=20)
                results.append(action())
            except Exception as error:
                results.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=run) for _i in range(times)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert [result for result in results if isinstance(result, Exception)] == []
        assert len(results) == times
        return results

    with django_db_blocker.unblock():
        if connection.settings_dict["NAME"] != connection.creation._get_test_db_name():
            # no test of this run asked for a database: never touch the one of the settings
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=True)
        yield at_once
        for model in (AuditEvent, ClaimCard, SignInLink, Lockout, OutboxMessage, Session, User):
            model.objects.all().delete()
        connection.close()


@pytest.fixture
def mail_link(client):
    """Asks for a link to sign in and gives its path, as it stands in the mail."""
    from cms.mail.models import OutboxMessage

    def ask(email: str, next_path: str = "", language: str = "en") -> str:
        answer = client.post(f"/{language}/inloggen/link/", {"email": email, "next": next_path})
        assert answer.status_code == 302
        return link_in(OutboxMessage.objects.filter(to=email.lower()).latest("pk"))

    return ask


@pytest.fixture
def time_machine_at():
    """Moves the clock to so much later than the start of the test."""
    from datetime import timedelta

    import time_machine

    start, traveller = timezone.now(), None

    def move(**ahead) -> None:
        nonlocal traveller
        if traveller:
            traveller.stop()
        traveller = time_machine.travel(start + timedelta(**ahead), tick=True)
        traveller.start()

    yield move
    if traveller:
        traveller.stop()
