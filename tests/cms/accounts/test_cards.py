"""Claim cards: code, PIN, claim and reset."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cms.accounts import cards
from cms.accounts.models import AuditEvent, ClaimCard, User
from tests.cms.accounts.conftest import PIN

NEW_PIN = "738291"
CARD = "/en/inloggen/kaart/"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("ab-cd 12", "ABCD12"), ("o0iIl1", "001111"), ("A‑B–C", "ABC"), ("  a.b_c ", "ABC")],
)
def test_a_code_is_read_however_it_is_typed(typed, code):
    assert cards.normalise(typed) == code


@pytest.mark.parametrize(
    "pin",
    [
        "000000",
        "999999",
        "123456",
        "654321",
        "890123",
        "210987",
        "121212",
        "123123",
        "112233",
        "12345",
        "1234567",
        "12a456",
        "",
        "１２３４５６",
        "٤٩٢٨٣٧",
    ],
)
def test_a_pin_that_is_easy_to_guess_is_refused(pin):
    with pytest.raises(cards.CardError):
        cards.check_pin(pin)


def test_a_part_of_the_code_is_refused():
    cards.check_pin("492837", "AB492836XYZ1")
    with pytest.raises(cards.CardError):
        cards.check_pin("492837", "AB492837XYZ1")


def test_a_card_works_for_ninety_days(db):
    at = timezone.now()
    card = cards.issue(at)
    assert len(card.code) == 12
    assert card.usable(at + timedelta(days=89, hours=23))
    with pytest.raises(cards.CardError):
        cards.claim(card, PIN, "Ali", "Yilmaz", "nl", at + timedelta(days=90))
    assert not User.objects.exists()


def test_a_claimed_card_keeps_working_after_ninety_days(client, card, time_machine_at):
    time_machine_at(days=200)
    assert client.post(CARD, {"code": card.code, "pin": PIN, "next": "/en/account/"}).status_code == 302


def test_claiming_makes_a_person_without_an_address(card):
    assert card.user.email is None
    assert card.user.get_full_name() == "Ali Yilmaz"
    assert not card.user.has_usable_password()
    assert PIN not in card.pin


def test_a_card_is_claimed_once(card):
    with pytest.raises(cards.CardError):
        cards.claim(card, NEW_PIN, "Eva", "Mol", "nl", timezone.now())
    assert User.objects.count() == 1


def test_two_who_claim_one_card_at_the_same_moment_one_wins(committed):
    card = cards.issue(timezone.now())

    def claim() -> str:
        try:
            cards.claim(ClaimCard.objects.get(pk=card.pk), PIN, "Ali", "Yilmaz", "nl", timezone.now())
        except cards.CardError:
            return "refused"
        return "claimed"

    assert sorted(committed(claim, times=4)) == ["claimed", "refused", "refused", "refused"]
    assert User.objects.count() == 1


def test_a_revoked_card_neither_claims_nor_signs_in(client, card):
    ClaimCard.objects.update(revoked_at=timezone.now())
    assert client.post(CARD, {"code": card.code, "pin": PIN}).status_code == 200
    fresh = cards.issue(timezone.now())
    ClaimCard.objects.filter(pk=fresh.pk).update(revoked_at=timezone.now())
    with pytest.raises(cards.CardError):
        cards.claim(fresh, PIN, "Ali", "Yilmaz", "nl", timezone.now())


def test_somebody_who_is_signed_in_claims_a_card_for_their_own_account(client, sam):
    card = cards.issue(timezone.now())
    assert cards.claim(card, "", "", "", "nl", timezone.now(), user=sam) == sam
    card.refresh_from_db()
    assert card.user == sam
    assert User.objects.get().first_name == "Sam"
    assert client.post(CARD, {"code": card.code, "pin": ""}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_weak_pin_claims_nothing(db):
    card = cards.issue(timezone.now())
    with pytest.raises(cards.CardError):
        cards.claim(card, "123456", "Ali", "Yilmaz", "nl", timezone.now())
    card.refresh_from_db()
    assert card.claimed_at is None
    assert not User.objects.exists()


def test_a_reset_ends_sessions_hides_what_is_older_and_needs_a_new_claim(card, manager_user):
    browser = Client()
    browser.post(CARD, {"code": card.code, "pin": PIN, "next": "/en/account/"})
    assert browser.get("/en/account/").status_code == 200
    old_code, at = card.code, timezone.now()

    reset = cards.reset_pin(card, manager_user, at)

    assert browser.get("/en/account/").status_code == 302
    assert reset.code != old_code
    assert reset.pin == ""
    assert User.objects.get(pk=reset.user_id).private_since == at
    for code in (old_code, reset.code):
        assert Client().post(CARD, {"code": code, "pin": PIN}).status_code == 200
    event = AuditEvent.objects.get(act="card.pin_reset")
    assert (event.actor, event.object_id) == (manager_user, str(card.pk))

    holder = cards.claim(reset, NEW_PIN, "", "", "nl", timezone.now())
    assert holder.get_full_name() == "Ali Yilmaz"
    assert User.objects.filter(first_name="Ali").count() == 1
    assert browser.post(CARD, {"code": reset.code, "pin": NEW_PIN, "next": "/en/account/"}).status_code == 302
    assert b"Your PIN was reset" in browser.get("/en/account/").content


def test_a_reset_card_cannot_be_claimed_for_another_account(card, manager_user, sam):
    reset = cards.reset_pin(card, manager_user, timezone.now())
    with pytest.raises(cards.CardError):
        cards.claim(reset, NEW_PIN, "", "", "nl", timezone.now(), user=sam)


def test_nobody_who_was_not_reset_sees_the_notice(client, card):
    client.post(CARD, {"code": card.code, "pin": PIN, "next": "/en/account/"})
    assert b"Your PIN was reset" not in client.get("/en/account/").content
