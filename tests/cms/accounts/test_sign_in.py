"""The sign-in page and its doors: password, link, card."""

import pytest
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from cms.accounts.models import User
from tests.cms.accounts.conftest import PASSWORD, PIN, with_password

SIGN_IN = "/en/inloggen/"


@pytest.fixture
def hashes(monkeypatch):
    """Counts how many passwords are hashed: what costs time, measured without a clock."""
    counted = []
    encode = MD5PasswordHasher.encode

    def counting(self, password, salt):
        counted.append(1)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    return counted


def test_the_page_offers_three_ways(client, db):
    page = client.get(SIGN_IN)
    assert page.status_code == 200
    for name in ("ask_link", "sign_in", "sign_in_card"):
        assert f'action="{reverse("accounts:" + name)}"'.replace("/nl/", "/en/") in page.content.decode()


def test_the_right_password_signs_in(client, sam):
    assert with_password(client, "sam@example.org").url == "/en/account/"
    assert client.get("/en/account/").status_code == 200


def test_the_address_counts_in_any_case(client, sam):
    assert with_password(client, " SAM@Example.ORG ").status_code == 302


@pytest.mark.parametrize(
    ("email", "password"),
    [("sam@example.org", "wrong"), ("nobody@example.org", PASSWORD)],
    ids=["wrong password", "no such account"],
)
def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(client, sam, email, password):
    answer = with_password(client, email, password)
    assert answer.status_code == 200
    assert "don&#x27;t belong together" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_what_was_typed_stays_but_not_the_password(client, sam):
    page = with_password(client, "sam@example.org", "some-wrong-secret").content.decode()
    assert 'value="sam@example.org"' in page
    assert "some-wrong-secret" not in page


def test_an_inactive_account_cannot_sign_in(client, sam):
    sam.is_active = False
    sam.save(update_fields=["is_active"])
    assert with_password(client, "sam@example.org").status_code == 200


@pytest.mark.parametrize("kind", ["known", "unknown", "no_password", "inactive"])
def test_every_password_try_costs_one_hash(client, sam, hashes, kind):
    if kind == "no_password":
        sam.set_unusable_password()
        sam.save(update_fields=["password"])
    if kind == "inactive":
        sam.is_active = False
        sam.save(update_fields=["is_active"])
    hashes.clear()
    with_password(client, "nobody@example.org" if kind == "unknown" else "sam@example.org", "wrong")
    assert len(hashes) == 1


@pytest.mark.parametrize("kind", ["known", "unknown", "unclaimed", "revoked"])
def test_every_pin_try_costs_one_hash(client, card, hashes, kind):
    if kind == "unclaimed":
        type(card).objects.update(pin="", claimed_at=None)
    if kind == "revoked":
        type(card).objects.update(revoked_at=card.issued_at)
    hashes.clear()
    code = "0" * 12 if kind == "unknown" else card.code
    client.post(f"{SIGN_IN}kaart/", {"code": code, "pin": "111112"})
    assert len(hashes) == 1


def test_a_card_and_its_pin_sign_in_however_the_code_is_typed(client, card):
    typed = f"{card.code[:4].lower()} {card.code[4:8]}-{card.code[8:]}".replace("0", "o").replace("1", "l")
    answer = client.post(f"{SIGN_IN}kaart/", {"code": typed, "pin": PIN, "next": "/en/account/"})
    assert answer.url == "/en/account/"
    assert int(client.session["_auth_user_id"]) == card.user_id


def test_a_wrong_pin_does_not_sign_in_and_keeps_the_code(client, card):
    answer = client.post(f"{SIGN_IN}kaart/", {"code": card.code, "pin": "111112"})
    assert answer.status_code == 200
    assert card.code in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_signing_in_gives_the_session_a_new_key(client, sam):
    session = client.session  # a session from before, as an attacker could have planted it
    session["planted"] = True
    session.save()
    before = session.session_key
    with_password(client, "sam@example.org")
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_signing_in_again_gives_a_new_key_too(client, sam):
    with_password(client, "sam@example.org")
    before = client.session.session_key
    with_password(client, "sam@example.org")
    assert client.session.session_key != before


def test_a_card_sign_in_gives_the_session_a_new_key(client, card):
    client.get(SIGN_IN)
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    client.post(f"{SIGN_IN}kaart/", {"code": card.code, "pin": PIN, "next": "/en/account/"})
    assert client.session.session_key != before


def test_signing_in_as_somebody_else_leaves_nothing_of_the_first(client, sam, colleague):
    with_password(client, "sam@example.org")
    session = client.session
    session["of_sam"] = "private"
    session.save()
    with_password(client, "noor@example.org")
    assert "of_sam" not in client.session


def test_signing_out_ends_the_session(client, sam):
    with_password(client, "sam@example.org")
    key = client.session.session_key
    assert client.get("/en/uitloggen/").status_code == 405
    client.post("/en/uitloggen/")
    assert not Session.objects.filter(session_key=key).exists()
    assert client.get("/en/account/").status_code == 302


@pytest.mark.parametrize(
    "next_path",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "/\t/evil.example/",
        "/\n/evil.example",
        "//evil.example\\@testserver/",
        "/en/" + "a" * 400,
    ],
)
@pytest.mark.parametrize("door", ["password", "card", "link"])
def test_no_door_leads_to_another_site(client, sam, card, next_path, door, mail_link):
    if door == "password":
        answer = client.post(SIGN_IN, {"email": "sam@example.org", "password": PASSWORD, "next": next_path})
    elif door == "card":
        answer = client.post(f"{SIGN_IN}kaart/", {"code": card.code, "pin": PIN, "next": next_path})
    else:
        answer = client.post(mail_link("sam@example.org", next_path))
    assert answer.status_code == 302
    assert answer.url == reverse("records:mine").replace("/nl/", "/en/")


def test_the_page_itself_does_not_repeat_a_foreign_next(client, db):
    assert "evil.example" not in client.get(SIGN_IN, {"next": "//evil.example/"}).content.decode()


@pytest.mark.parametrize("path", ["", "link/", "kaart/", "tweede-stap/"])
def test_no_form_is_taken_without_its_token(db, path):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(f"{SIGN_IN}{path}", {"email": "sam@example.org"})
    assert answer.status_code == 403
    assert b"This page was open too long" in answer.content
    assert strict.post("/en/uitloggen/").status_code == 403


def test_somebody_signed_in_is_told_so_and_can_sign_out(client, sam):
    with_password(client, "sam@example.org")
    page = client.get(SIGN_IN, {"next": "/en/account/"})
    assert page.status_code == 200
    assert "Sam de Vries" in page.content.decode()


@pytest.mark.parametrize(
    "body",
    [{}, {"email": "x"}, {"email": "a\x00b@example.org", "password": "x"}, {"email": "a@b.nl", "password": "x" * 5000}],
)
def test_odd_input_gets_a_message_not_an_error(client, db, body):
    assert client.post(SIGN_IN, body).status_code == 200


@pytest.mark.parametrize("code", ["", "\x00", "💥" * 5, "A" * 41, "' OR 1=1 --"])
def test_an_odd_code_gets_a_message_not_an_error(client, db, code):
    assert client.post(f"{SIGN_IN}kaart/", {"code": code, "pin": "123456"}).status_code == 200


def test_no_answer_may_be_kept_by_a_cache(client, sam):
    assert "no-store" in client.get(SIGN_IN)["Cache-Control"]


def test_an_account_without_a_password_has_none_that_matches(client, db):
    User.objects.create(email="new@example.org")
    assert with_password(client, "new@example.org", "").status_code == 200
    assert not User.objects.get(email="new@example.org").has_usable_password()


def test_the_language_switch_keeps_one_on_the_sign_in_page(client, db):
    page = client.get("/nl/inloggen/?next=/nl/mijn/").content.decode()
    for code in settings.OFFERED_LANGUAGES[1:]:
        assert f'href="/{code}/inloggen/"' in page
