"""What learners are mailed is in their own language, all of it."""

import re

import pytest
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext

from cms.accounts import links
from cms.mail.models import OutboxMessage
from learning.employers import invitations
from tests.factories import employers as make


def letters(message: OutboxMessage) -> str:
    """Subject and text without addresses and names."""
    return re.sub(r"https?://\S+|\S+@\S+", " ", f"{message.subject}\n{message.text}")


@pytest.fixture
def mailed(sam):
    """`mailed(kind, language)`: the message of this kind, asked for in this language."""

    def send(kind: str, language: str) -> OutboxMessage:
        if kind == "sign_in_link":
            links.ask(sam.email, language, "", "192.0.2.1", timezone.now())
        else:
            employment = make.make_employment(make.make_organisation("Kade"), email=f"{language}@example.org")
            invitations.invite(employment, timezone.now(), language)
        return OutboxMessage.objects.filter(kind=kind).latest("pk")

    return send


@pytest.mark.parametrize("language", settings.OFFERED_LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "subject"),
    [("sign_in_link", "Your link to sign in"), ("invitation", "Your employer invites you to Weerbaar")],
)
def test_a_mail_is_in_the_language_of_who_gets_it(mailed, kind, subject, language):
    message = mailed(kind, language)
    with translation.override(language):
        assert message.subject == gettext(subject)
    assert f'<html lang="{language}"' in message.html
    assert f"/{language}/" in message.text
    for other in settings.OFFERED_LANGUAGES:
        if other != language:
            with translation.override(other):
                assert gettext(subject) not in letters(message)


def test_a_date_in_a_mail_is_written_in_its_language(mailed):
    message = mailed("invitation", "uk")
    assert re.search(
        r"\d (січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня) ", message.text
    )
