"""Invitations: only the person makes the tie, and opening a link uses nothing up."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from cms.accounts import second_factor
from cms.accounts.models import AuditEvent, User
from cms.mail.models import OutboxMessage
from learning.employers import hiring, invitations
from learning.employers.models import Employment, Manager
from learning.employers.tasks import invite_everyone
from tests.conftest import signed_in
from tests.factories import employers as make
from tests.learning.employers.addresses import reverse


@pytest.fixture
def newcomer(organisation):
    return make.make_employment(organisation, first_name="Noor", last_name="Jansen", email="nieuw@example.org")


def page_of(token):
    return f"/en/uitnodiging/{token}/"


def test_opening_the_link_uses_nothing_up(client, newcomer):
    token = make.make_invitation(newcomer)
    before = Employment.objects.filter(pk=newcomer.pk).values().get()
    for _time in range(3):
        assert client.get(page_of(token)).status_code == 200
        client.head(page_of(token))
    assert Employment.objects.filter(pk=newcomer.pk).values().get() == before
    assert not User.objects.filter(email=newcomer.email).exists()


def test_only_a_hash_of_the_token_is_kept(newcomer):
    token = make.make_invitation(newcomer)
    newcomer.refresh_from_db()
    assert token not in str(Employment.objects.filter(pk=newcomer.pk).values().get())
    assert newcomer.token_hash == invitations.hashed(token)


def test_without_an_account_accepting_makes_one_and_signs_in(client, newcomer):
    token = make.make_invitation(newcomer)
    response = client.post(page_of(token), {"answer": "accept"})
    assert response["Location"] == reverse("records:mine")
    user = User.objects.get(email=newcomer.email)
    assert (user.first_name, user.last_name, user.has_usable_password()) == ("Noor", "Jansen", False)
    assert user.email_confirmed_at is not None
    newcomer.refresh_from_db()
    assert newcomer.user == user
    assert client.session["_auth_user_id"] == str(user.pk)


def test_with_an_account_one_signs_in_first(client, organisation, sam):
    employment = make.make_employment(organisation, email=sam.email)
    token = make.make_invitation(employment)
    response = client.post(page_of(token), {"answer": "accept"})
    assert response["Location"].startswith(reverse("accounts:sign_in"))
    employment.refresh_from_db()
    assert employment.user is None
    browser = signed_in(sam)
    assert browser.post(page_of(token), {"answer": "accept"}).status_code == 302
    employment.refresh_from_db()
    assert employment.user == sam


def test_somebody_with_another_address_accepts_with_the_account_they_are_signed_in_with(newcomer, sam):
    """Two employers, one person, no second address invented."""
    token = make.make_invitation(newcomer)
    assert signed_in(sam).post(page_of(token), {"answer": "accept"}).status_code == 302
    newcomer.refresh_from_db()
    assert newcomer.user == sam
    assert not User.objects.filter(email=newcomer.email).exists()


def test_declining_makes_no_tie_and_no_account(client, newcomer):
    token = make.make_invitation(newcomer)
    assert client.post(page_of(token), {"answer": "decline"}).status_code == 200
    newcomer.refresh_from_db()
    assert newcomer.user is None
    assert newcomer.declined_at
    assert not User.objects.filter(email=newcomer.email).exists()
    assert client.post(page_of(token), {"answer": "accept"}).status_code == 410
    with pytest.raises(ValidationError):
        invitations.invite(newcomer, timezone.now())


def test_a_used_link_says_so(client, newcomer, sam, colleague):
    token = make.make_invitation(newcomer)
    signed_in(sam).post(page_of(token), {"answer": "accept"})
    page = signed_in(colleague).post(page_of(token), {"answer": "accept"})
    assert page.status_code == 410
    assert "answered before" in page.content.decode()
    newcomer.refresh_from_db()
    assert newcomer.user == sam


def test_an_expired_link_says_so_and_offers_a_new_one(client, newcomer):
    token = make.make_invitation(newcomer, timezone.now() - timedelta(days=31))
    page = client.get(page_of(token))
    assert page.status_code == 410
    assert "Send me a new one" in page.content.decode()
    client.post(page_of(token))
    assert OutboxMessage.objects.filter(kind="invitation", to=newcomer.email).count() == 2
    assert not User.objects.filter(email=newcomer.email).exists()
    assert client.get(page_of(token)).status_code == 404  # the new one took its place


@pytest.mark.parametrize(("days", "status"), [(29, 200), (31, 410)])
def test_it_works_for_thirty_days(client, newcomer, days, status):
    token = make.make_invitation(newcomer)
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        assert client.get(page_of(token)).status_code == status


def test_an_invented_token_is_not_found(client, newcomer):
    make.make_invitation(newcomer)
    assert client.get(page_of("x" * 43)).status_code == 404
    assert client.post(page_of("x" * 43), {"answer": "accept"}).status_code == 404


def test_after_the_last_day_the_invitation_is_void(client, newcomer, manager_user):
    token = make.make_invitation(newcomer)
    hiring.end(newcomer, timezone.localdate() - timedelta(days=1), manager_user, timezone.now())
    assert client.post(page_of(token), {"answer": "accept"}).status_code == 410
    assert not User.objects.filter(email=newcomer.email).exists()


def test_at_most_one_invitation_a_day(manager, organisation, newcomer):
    address = reverse("employers:person_invite", args=[organisation.public_id, newcomer.public_id])
    for _time in range(3):
        manager.post(address, {"language": "nl"})
    assert OutboxMessage.objects.filter(kind="invitation").count() == 1


def test_the_mail_is_in_the_chosen_language_and_names_nobody_in_its_subject(newcomer):
    invitations.invite(newcomer, timezone.now(), "en")
    message = OutboxMessage.objects.get(kind="invitation")
    assert message.language == "en"
    assert "/en/uitnodiging/" in message.text
    assert "/en/uitnodiging/" in message.html
    assert newcomer.last_name not in message.subject


def test_everyone_who_waits_is_invited_once(organisation, newcomer, sam):
    make.make_employment(organisation, email=None)
    make.make_employment(organisation, sam, email=sam.email)
    declined = make.make_employment(organisation, email="nee@example.org")
    declined.declined_at = timezone.now()
    declined.save()
    invite_everyone.call(organisation.pk, "nl")
    invite_everyone.call(organisation.pk, "nl")
    assert list(OutboxMessage.objects.filter(kind="invitation").values_list("to", flat=True)) == [newcomer.email]


def test_inviting_looks_the_same_whether_or_not_an_account_exists(manager, organisation, sam):
    shown = []
    for email in (sam.email, "onbekend@example.org"):
        number = f"PNR-{len(shown)}"
        employment = make.make_employment(
            organisation, email=email, first_name="A", last_name="B", personnel_number=number
        )
        response = manager.post(
            reverse("employers:person_invite", args=[organisation.public_id, employment.public_id]), {"language": "nl"}
        )
        text = manager.get(response["Location"]).content.decode().split("<main")[1]
        for own in (str(employment.public_id), email, employment.personnel_number):
            text = text.replace(own, "X")
        shown.append([line for line in text.splitlines() if "csrfmiddlewaretoken" not in line])
    assert shown[0] == shown[1]


# One's own ties -----------------------------------------------------------------------------------


def test_a_person_sees_every_tie_and_can_end_it(organisation, sams_employment, sam, edition):
    make.make_assignment(organisation, edition.module)
    make.make_completion(sam, edition)
    browser = signed_in(sam)
    page = browser.get(reverse("employers:ties")).content.decode()
    assert organisation.name in page
    assert "Completed" in page
    address = reverse("employers:tie_end", args=[sams_employment.public_id])
    assert browser.get(address).status_code == 200
    sams_employment.refresh_from_db()
    assert sams_employment.user == sam
    browser.post(address)
    sams_employment.refresh_from_db()
    assert sams_employment.user is None
    assert AuditEvent.objects.filter(act="employment.untied").exists()
    assert sam.completions.exists()


def test_after_the_tie_the_employer_sees_nothing_of_the_record(manager, organisation, sams_employment, sam, edition):
    make.make_assignment(organisation, edition.module)
    make.make_completion(sam, edition)
    signed_in(sam).post(reverse("employers:tie_end", args=[sams_employment.public_id]))
    page = manager.get(reverse("employers:person", args=[organisation.public_id, sams_employment.public_id]))
    assert "is-done" not in page.content.decode()


def test_an_invitation_at_ones_own_address_can_be_answered_on_ones_own_page(organisation, sam):
    employment = make.make_employment(organisation, email=sam.email)
    make.make_invitation(employment)
    browser = signed_in(sam)
    assert "Accept" in browser.get(reverse("employers:ties")).content.decode()
    browser.post(reverse("employers:tie_accept", args=[employment.public_id]))
    employment.refresh_from_db()
    assert employment.user == sam


def test_an_address_that_isnt_confirmed_shows_no_invitation(organisation, sam):
    sam.email_confirmed_at = None
    sam.save()
    employment = make.make_employment(organisation, email=sam.email)
    make.make_invitation(employment)
    assert signed_in(sam).post(reverse("employers:tie_accept", args=[employment.public_id])).status_code == 404


# Managers -----------------------------------------------------------------------------------------


def manager_token(organisation, email, by):
    invitations.invite_manager(organisation, email, by, timezone.now(), "en")
    message = OutboxMessage.objects.filter(kind="manager_invitation").latest("pk")
    return message.text.split("/en/uitnodiging/beheer/")[1].split("/")[0]


def test_a_new_manager_gets_in_with_a_second_step_only(client, organisation, manager_user):
    token = manager_token(organisation, "tweede@example.org", manager_user)
    address = f"/en/uitnodiging/beheer/{token}/"
    client.get(address)
    assert Manager.objects.filter(user__isnull=False).count() == 1
    response = client.post(address)
    user = User.objects.get(email="tweede@example.org")
    assert Manager.objects.get(user=user).accepted_at
    assert second_factor.is_required(user)
    assert client.get(response["Location"])["Location"].startswith(reverse("accounts:enrol"))


def test_a_managers_invitation_works_for_its_own_address_only(organisation, manager_user, sam):
    token = manager_token(organisation, "tweede@example.org", manager_user)
    signed_in(sam).post(f"/en/uitnodiging/beheer/{token}/")
    assert not Manager.objects.filter(user=sam).exists()


def test_a_managers_expired_link_says_so_and_offers_a_new_one(client, organisation, manager_user):
    token = manager_token(organisation, "tweede@example.org", manager_user)
    address = f"/en/uitnodiging/beheer/{token}/"
    Manager.objects.filter(email="tweede@example.org").update(invited_at=timezone.now() - timedelta(days=30))
    OutboxMessage.objects.update(dedupe_key="last-month")
    page = client.get(address)
    assert page.status_code == 410
    assert "Send me a new one" in page.content.decode()
    assert "on its way" in client.post(address).content.decode()
    assert not User.objects.filter(email="tweede@example.org").exists()
    message = OutboxMessage.objects.filter(kind="manager_invitation").latest("pk")
    assert message.to == "tweede@example.org"
    fresh = message.text.split("/en/uitnodiging/beheer/")[1].split("/")[0]
    assert client.get(f"/en/uitnodiging/beheer/{fresh}/").status_code == 200
    assert client.get(address).status_code == 404


def test_the_last_manager_cant_be_removed(manager, organisation):
    only = organisation.managers.get()
    manager.post(reverse("employers:manager_remove", args=[organisation.public_id, only.pk]))
    assert organisation.managers.count() == 1


def test_a_removed_manager_sees_nothing_at_the_next_request(manager, organisation, manager_user, colleague):
    second = make.make_manager(organisation, colleague)
    browser = signed_in(colleague, verified=True)
    address = reverse("employers:dashboard", args=[organisation.public_id])
    assert browser.get(address).status_code == 200
    manager.post(reverse("employers:manager_remove", args=[organisation.public_id, second.pk]))
    assert browser.get(address).status_code == 404


def test_who_manages_must_have_a_second_factor(organisation, manager_user, sam):
    assert second_factor.is_required(manager_user)
    assert not second_factor.is_required(sam)


def test_a_manager_who_signs_in_comes_to_the_employer(organisation, manager_user, sam):
    assert second_factor.home_of(manager_user) == reverse("employers:home")
    assert second_factor.home_of(sam) == reverse("records:mine")
