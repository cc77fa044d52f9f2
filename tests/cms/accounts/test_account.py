"""Somebody's own account: what changes needs a proof, rotates this session and ends the others."""

import pytest
from django.test import Client

from cms.accounts.models import AddressChange, AuditEvent, SignInLink, User
from cms.mail.models import OutboxMessage
from tests.cms.accounts.conftest import PASSWORD, PIN, link_in, with_password
from tests.conftest import signed_in

ACCOUNT = "/en/account/"
NEW_PASSWORD = "other horse, other battery"
PRIVATE = [
    "",
    "adres/",
    "wachtwoord/",
    "pin/",
    "tweede-stap/",
    "tweede-stap/codes/",
    "tweede-stap/weg/x/",
    "adres/token/",
]


@pytest.fixture
def browser(sam):
    """Sam, signed in with a password."""
    client = Client()
    with_password(client, "sam@example.org")
    return client


@pytest.fixture
def with_card(card):
    """Ali, signed in with a card."""
    client = Client()
    client.post("/en/inloggen/kaart/", {"code": card.code, "pin": PIN, "next": ACCOUNT})
    return client


def asked_for(browser: Client, email: str, **proof: str) -> str:
    """Asks to change the address and gives the path in the mail to the new one."""
    assert browser.post(f"{ACCOUNT}adres/", {"email": email, **proof}).url == ACCOUNT
    return link_in(OutboxMessage.objects.filter(kind="address_change", to=email).latest("pk"))


@pytest.mark.parametrize("path", PRIVATE)
def test_a_visitor_sees_no_account(client, db, path):
    answer = client.get(f"{ACCOUNT}{path}")
    assert answer.status_code == 302
    assert answer.url.startswith("/en/inloggen/?next=")


def test_nobody_sees_the_account_of_somebody_else(stranger, sam):
    page = signed_in(stranger).get(ACCOUNT).content.decode()
    assert "stranger@example.org" in page
    assert "sam@example.org" not in page


def test_name_and_language_can_be_changed_and_nothing_else(browser, sam):
    answer = browser.post(
        ACCOUNT,
        {
            "first_name": "Samira", "last_name": "de Vries", "language": "nl", "email": "evil@example.org",
            "is_superuser": "on", "is_staff": "on", "is_active": "", "session_epoch": "9", "private_since": "",
        },
    )  # fmt: skip
    assert answer.url == "/nl/account/"
    sam.refresh_from_db()
    assert (sam.first_name, sam.language, sam.email) == ("Samira", "nl", "sam@example.org")
    assert (sam.is_superuser, sam.is_staff, sam.is_active, sam.session_epoch) == (False, False, True, 0)


def test_a_name_cannot_be_empty_and_the_rest_stays(browser, sam):
    page = browser.post(ACCOUNT, {"first_name": "", "last_name": "Ander", "language": "en"})
    assert page.status_code == 200
    assert b'value="Ander"' in page.content
    sam.refresh_from_db()
    assert sam.first_name == "Sam"


# E-mail address ----------------------------------------------------------------------------------


def test_a_new_address_counts_once_its_link_is_used(browser, sam):
    elsewhere = signed_in(sam)
    path = asked_for(browser, "sam@new.example", proof=PASSWORD)
    assert browser.get(path).status_code == 200
    sam.refresh_from_db()
    assert sam.email == "sam@example.org"

    before = browser.session.session_key
    assert browser.post(path).url == ACCOUNT
    sam.refresh_from_db()
    assert sam.email == "sam@new.example"
    assert browser.session.session_key != before
    assert browser.get(ACCOUNT).status_code == 200
    assert elsewhere.get(ACCOUNT).status_code == 302
    told = OutboxMessage.objects.get(kind="account_changed")
    assert told.to == "sam@example.org"
    assert "new.example" not in told.text
    assert AuditEvent.objects.get(act="user.address_changed").actor == sam
    assert browser.get(path).status_code == 410


def test_a_new_address_needs_a_proof(browser):
    for proof in ({}, {"proof": "wrong"}):
        answer = browser.post(f"{ACCOUNT}adres/", {"email": "sam@new.example", **proof})
        assert answer.status_code == 200
        assert b'value="sam@new.example"' in answer.content
    assert not OutboxMessage.objects.exists()


def test_wrong_proofs_lock(browser):
    for _n in range(5):
        browser.post(f"{ACCOUNT}adres/", {"email": "sam@new.example", "proof": "wrong"})
    assert browser.post(f"{ACCOUNT}adres/", {"email": "sam@new.example", "proof": PASSWORD}).status_code == 429


def test_an_address_of_another_account_is_told_only_to_who_reads_its_mail(browser, sam, colleague):
    path = asked_for(browser, "noor@example.org", proof=PASSWORD)  # the same answer as for a free one
    answer = browser.post(path)
    assert answer.status_code == 410
    assert b"belongs to another account" in answer.content
    sam.refresh_from_db()
    assert sam.email == "sam@example.org"


def test_a_link_for_one_account_changes_no_other(browser, sam, colleague):
    path = asked_for(browser, "mine@example.org", proof=PASSWORD)
    theirs = signed_in(colleague)
    assert theirs.get(path).status_code == 410
    assert theirs.post(path).status_code == 410
    assert AddressChange.objects.get().used_at is None


def test_the_link_to_a_new_address_works_for_an_hour(browser, time_machine_at):
    path = asked_for(browser, "sam@new.example", proof=PASSWORD)
    time_machine_at(minutes=61)
    assert browser.post(path).status_code == 410


def test_links_to_the_old_address_end_with_it(browser, sam, mail_link):
    old = mail_link("sam@example.org")
    browser.post(asked_for(browser, "sam@new.example", proof=PASSWORD))
    assert Client().post(old).status_code == 404
    assert not SignInLink.objects.filter(email="sam@example.org").exists()


def test_somebody_with_a_card_can_add_an_address(with_card, card, mail_link):
    with_card.post(asked_for(with_card, "ali@example.org", proof=PIN))
    other = Client()
    other.post(mail_link("ali@example.org", ACCOUNT))
    assert int(other.session["_auth_user_id"]) == card.user_id
    assert User.objects.count() == 1


def test_who_has_only_a_link_must_have_signed_in_just_now(client, db, mail_link, time_machine_at):
    client.post(mail_link("new@example.org"), {"first_name": "Ada", "last_name": "Bos"})
    form = client.get(f"{ACCOUNT}wachtwoord/").content
    assert b'name="proof"' not in form
    time_machine_at(minutes=16)
    late = client.post(f"{ACCOUNT}wachtwoord/", {"new_password": NEW_PASSWORD, "again": NEW_PASSWORD})
    assert late.status_code == 200
    assert b"more than 15 minutes ago" in late.content
    again = mail_link("new@example.org")
    client.post(again)
    assert client.post(f"{ACCOUNT}wachtwoord/", {"new_password": NEW_PASSWORD, "again": NEW_PASSWORD}).url == ACCOUNT
    assert with_password(Client(), "new@example.org", NEW_PASSWORD).status_code == 302


# Password ----------------------------------------------------------------------------------------


def test_a_new_password_rotates_this_session_and_ends_the_others(browser, sam):
    elsewhere = signed_in(sam)
    before = browser.session.session_key
    body = {"proof": PASSWORD, "new_password": NEW_PASSWORD, "again": NEW_PASSWORD}
    assert browser.post(f"{ACCOUNT}wachtwoord/", body).url == ACCOUNT
    assert browser.session.session_key != before
    assert browser.get(ACCOUNT).status_code == 200
    assert elsewhere.get(ACCOUNT).status_code == 302
    assert with_password(Client(), "sam@example.org", PASSWORD).status_code == 200
    assert with_password(Client(), "sam@example.org", NEW_PASSWORD).status_code == 302
    assert OutboxMessage.objects.get().kind == "account_changed"
    assert AuditEvent.objects.filter(act="user.password_changed").exists()


@pytest.mark.parametrize(
    "body",
    [
        {"proof": "wrong", "new_password": NEW_PASSWORD, "again": NEW_PASSWORD},
        {"proof": PASSWORD, "new_password": "short", "again": "short"},
        {"proof": PASSWORD, "new_password": "sam@example.org", "again": "sam@example.org"},
        {"proof": PASSWORD, "new_password": NEW_PASSWORD, "again": "something else"},
        {},
    ],
)
def test_a_password_that_will_not_do_changes_nothing(browser, sam, body):
    assert browser.post(f"{ACCOUNT}wachtwoord/", body).status_code == 200
    assert with_password(Client(), "sam@example.org", PASSWORD).status_code == 302


def test_who_has_no_address_has_no_password(with_card):
    assert with_card.get(f"{ACCOUNT}wachtwoord/").url == f"{ACCOUNT}adres/"


# PIN ---------------------------------------------------------------------------------------------


def test_a_new_pin_rotates_this_session_and_ends_the_others(with_card, card):
    elsewhere = signed_in(card.user)
    before = with_card.session.session_key
    assert with_card.post(f"{ACCOUNT}pin/", {"proof": PIN, "new_pin": "738291", "again": "738291"}).url == ACCOUNT
    assert with_card.session.session_key != before
    assert with_card.get(ACCOUNT).status_code == 200
    assert elsewhere.get(ACCOUNT).status_code == 302
    for pin, status in ((PIN, 200), ("738291", 302)):
        assert Client().post("/en/inloggen/kaart/", {"code": card.code, "pin": pin}).status_code == status


@pytest.mark.parametrize(
    "body",
    [
        {"proof": "111112", "new_pin": "738291", "again": "738291"},
        {"proof": PIN, "new_pin": "123456", "again": "123456"},
        {"proof": PIN, "new_pin": "738291", "again": "738292"},
    ],
)
def test_a_pin_that_will_not_do_changes_nothing(with_card, card, body):
    assert with_card.post(f"{ACCOUNT}pin/", body).status_code == 200
    assert Client().post("/en/inloggen/kaart/", {"code": card.code, "pin": PIN}).status_code == 302


def test_who_has_no_card_has_no_pin(browser):
    assert browser.get(f"{ACCOUNT}pin/").url == ACCOUNT
    assert b"PIN" not in browser.get(ACCOUNT).content


# Sessions ----------------------------------------------------------------------------------------


def test_all_other_sessions_can_be_ended(browser, sam, colleague):
    elsewhere, of_noor = signed_in(sam), signed_in(colleague)
    assert browser.get(f"{ACCOUNT}sessies/").status_code == 405
    before = browser.session.session_key
    assert browser.post(f"{ACCOUNT}sessies/").url == ACCOUNT
    assert browser.session.session_key != before
    assert browser.get(ACCOUNT).status_code == 200
    assert elsewhere.get(ACCOUNT).status_code == 302
    assert of_noor.get(ACCOUNT).status_code == 200


@pytest.mark.parametrize("path", [*PRIVATE[:5], "sessies/"])
def test_no_change_is_taken_without_its_token(sam, path):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(sam, backend="cms.accounts.backends.PasswordBackend")
    assert strict.post(f"{ACCOUNT}{path}", {"proof": PASSWORD}).status_code == 403


def test_sessions_outlive_a_change_of_the_secret_key_with_a_fallback(browser, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-secret-for-the-test-only"
    User.objects.update(session_epoch=0)
    assert browser.get(ACCOUNT).status_code == 200
