"""A new employer comes in by a command; its first manager by an invitation."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from cms.mail.models import OutboxMessage
from learning.employers.models import Organisation


def test_a_new_employer_and_an_invitation_to_its_manager(db):
    for _time in range(2):
        call_command("add_employer", "Rederij X", "--sector", "terminal", "--manager", "Baas@example.org")
    organisation = Organisation.objects.get()
    assert [manager.email for manager in organisation.managers.all()] == ["baas@example.org"]
    assert OutboxMessage.objects.filter(kind="manager_invitation", to="baas@example.org").count() == 1


@pytest.mark.parametrize("wrong", [["--manager", "nobody"], ["--manager", "a@example.org", "--kvk", "12"]])
def test_a_wrong_address_or_number_makes_nothing(db, wrong):
    with pytest.raises(CommandError):
        call_command("add_employer", "Rederij X", "--sector", "terminal", *wrong)
    assert not Organisation.objects.exists()
