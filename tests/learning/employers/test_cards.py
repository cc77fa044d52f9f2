"""Claim cards: printed by the employer, claimed by the person, and never a way round the person."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from cms.accounts.models import AuditEvent, ClaimCard, User
from learning.employers import claim_cards, hiring, sheets, ties
from learning.employers.models import Employment
from tests.conftest import signed_in
from tests.factories import employers as make
from tests.learning.employers.addresses import reverse

PIN = "274916"


@pytest.fixture
def driver(organisation):
    """Somebody without an e-mail address."""
    return make.make_employment(organisation, first_name="Anna", last_name="Kowalska", email=None)


@pytest.fixture
def code(driver):
    return make.make_card(driver)


def claimed(client, code, **fields):
    data = {"first_name": "Anna", "last_name": "Kowalska", "pin": PIN, "pin_again": PIN, **fields}
    return client.post(f"/start/{code}?lang=en", data)


def test_opening_a_card_uses_nothing_up(client, code, driver):
    for _time in range(3):
        assert client.get(f"/start/{code}").status_code == 200
    driver.refresh_from_db()
    assert driver.user is None
    assert driver.card.claimed_at is None
    assert not User.objects.filter(last_name="Kowalska").exists()


def test_the_card_says_which_employer_and_asks_for_a_pin(client, code, organisation):
    page = client.get(f"/start/{code}?lang=en").content.decode()
    assert organisation.name in page
    assert 'name="pin_again"' in page
    assert 'value="Kowalska"' in page


@pytest.mark.parametrize(("header", "lang", "words"), [("en", "", "Choose a PIN"), ("nl", "en", "Choose a PIN")])
def test_the_language_is_the_browsers_or_the_chosen_one(client, code, header, lang, words):
    page = client.get(f"/start/{code}", {"lang": lang} if lang else {}, headers={"accept-language": header})
    assert words in page.content.decode()
    assert '<html lang="en"' in page.content.decode()


def test_claiming_makes_an_account_ties_it_and_signs_in(client, code, driver):
    response = claimed(client, code)
    assert response.status_code == 302
    assert response["Location"].endswith("/mijn/")
    driver.refresh_from_db()
    assert (driver.user.email, driver.user.get_full_name(), driver.user.language) == (None, "Anna Kowalska", "en")
    assert client.session["_auth_user_id"] == str(driver.user.pk)


def test_a_typed_code_leads_to_the_card(client, code):
    spaced = " ".join([code[:4], code[4:8], code[8:]]).lower()
    assert client.post("/start/", {"code": spaced})["Location"] == f"/start/{code}"
    assert client.get(f"/start/{spaced}").status_code == 200


@pytest.mark.parametrize(
    "fields",
    [
        {"pin_again": "999999"},
        {"pin": "123456", "pin_again": "123456"},
        {"pin": "12", "pin_again": "12"},
        {"last_name": ""},
    ],
)
def test_a_bad_pin_or_name_is_refused_and_the_name_stays(client, code, driver, fields):
    page = claimed(client, code, first_name="Anuszka", **fields)
    assert page.status_code == 422
    assert "Anuszka" in page.content.decode()
    driver.refresh_from_db()
    assert driver.user is None


def test_a_claimed_card_asks_for_the_pin(client, code, driver):
    claimed(Client(), code)
    page = client.get(f"/start/{code}?lang=en")
    assert 'name="pin"' in page.content.decode()
    assert 'name="pin_again"' not in page.content.decode()
    assert client.post(f"/start/{code}?lang=en", {"pin": "999998"}).status_code == 422
    assert client.post(f"/start/{code}?lang=en", {"pin": PIN}).status_code == 302
    driver.refresh_from_db()
    assert client.session["_auth_user_id"] == str(driver.user.pk)


def test_a_claimed_card_cant_be_claimed_again(client, code, driver):
    claimed(Client(), code)
    first = Employment.objects.get(pk=driver.pk).user
    claimed(client, code, pin="815263", pin_again="815263")
    driver.refresh_from_db()
    assert driver.user == first
    assert User.objects.filter(last_name="Kowalska").count() == 1


def test_unknown_expired_and_revoked_cards_get_the_same_page(client, code, driver):
    def shown(address):
        response = client.get(address)
        return response.status_code, response.content.decode().split("<main")[1]

    unknown = shown("/start/ZZZZZZZZZZZZ?lang=en")
    ClaimCard.objects.filter(code=code).update(revoked_at=timezone.now())
    revoked = shown(f"/start/{code}?lang=en")
    ClaimCard.objects.filter(code=code).update(revoked_at=None, expires_at=timezone.now() - timedelta(days=1))
    assert unknown == revoked == shown(f"/start/{code}?lang=en")
    assert unknown[0] == 410


def test_guessing_codes_locks_the_address(client, code):
    statuses = [client.get(f"/start/ZZZZ{i:08}").status_code for i in range(40)]
    assert statuses[-1] == 429
    assert statuses.index(429) <= 30
    assert client.get(f"/start/{code}").status_code == 429


def test_a_whole_shift_can_claim_on_one_network(organisation):
    for i in range(35):
        employment = make.make_employment(organisation, first_name=f"P{i}", last_name=f"Q{i}")
        assert Client().get(f"/start/{make.make_card(employment)}").status_code == 200


def test_who_is_signed_in_adds_the_card_to_their_account(code, driver, sam):
    browser = signed_in(sam)
    assert "signed in as" in browser.get(f"/start/{code}?lang=en").content.decode()
    driver.refresh_from_db()
    assert driver.user is None
    browser.post(f"/start/{code}?lang=en", {"as": "me"})
    driver.refresh_from_db()
    assert driver.user == sam
    assert not User.objects.filter(last_name="Kowalska").exists()
    assert Client().post(f"/start/{code}", {"pin": ""}).status_code in {410, 422}


def test_on_a_shared_tablet_somebody_else_can_claim(code, driver, sam):
    browser = signed_in(sam)
    page = browser.post(f"/start/{code}?lang=en", {"as": "other"})
    assert 'name="pin_again"' in page.content.decode()
    claimed(browser, code, **{"as": "other"})
    driver.refresh_from_db()
    assert driver.user not in {None, sam}
    assert browser.session["_auth_user_id"] == str(driver.user.pk)


def test_after_the_last_day_an_unused_card_works_no_more(client, code, driver, manager_user):
    hiring.end(driver, timezone.localdate() - timedelta(days=1), manager_user, timezone.now())
    assert claimed(client, code).status_code == 410
    driver.refresh_from_db()
    assert driver.user is None


def test_after_the_last_day_a_claimed_card_is_still_its_owners(client, code, driver, manager_user):
    claimed(Client(), code)
    driver.refresh_from_db()
    hiring.end(driver, timezone.localdate() - timedelta(days=1), manager_user, timezone.now())
    assert client.post(f"/start/{code}", {"pin": PIN}).status_code == 302


def test_an_old_card_works_for_ninety_days(client, code):
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        assert client.get(f"/start/{code}").status_code == 410


# Printing -----------------------------------------------------------------------------------------


def test_a_sheet_has_eight_cards_with_name_code_and_address(manager, organisation):
    people = [make.make_employment(organisation, first_name="P", last_name=f"Naam{i}") for i in range(9)]
    response = manager.post(reverse("employers:cards", args=[organisation.public_id]))
    assert response["Content-Type"] == "application/pdf"
    pdf = PdfReader(io.BytesIO(response.content))
    assert len(pdf.pages) == 2
    text = " ".join("".join(page.extract_text() for page in pdf.pages).split())
    for employment in people:
        employment.refresh_from_db()
        assert employment.last_name in text
        assert sheets.in_fours(employment.card.code) in text
    assert organisation.name in text
    assert "localhost:8000/start" in text


def test_the_sheet_is_pdf_ua(organisation, driver, code):
    driver.refresh_from_db()
    pdf = sheets.cards_pdf([driver], "nl")
    assert b"pdfuaid" in pdf
    assert PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/Lang"] == "nl"


def test_printing_twice_gives_the_same_code(driver, code):
    assert make.make_card(driver) == code


def test_an_expired_card_is_replaced(driver, code):
    later = timezone.now() + timedelta(days=91)
    assert make.make_card(driver, later) != code
    assert ClaimCard.objects.get(code=code).revoked_at == later


def test_at_most_two_hundred_cards_in_one_file(manager, organisation, monkeypatch):
    monkeypatch.setattr(claim_cards, "MAX_PER_FILE", 3)
    for i in range(5):
        make.make_employment(organisation, last_name=f"Naam{i}")
    address = reverse("employers:cards", args=[organisation.public_id])
    assert "Part 2 of 2" in manager.get(address).content.decode()
    manager.post(address, {"part": "1"})
    assert ClaimCard.objects.count() == 3
    manager.post(address, {"part": "2"})
    assert ClaimCard.objects.count() == 5


def test_only_chosen_people_of_ones_own_are_printed(manager, organisation, other_organisation):
    chosen, other = make.make_employment(organisation), make.make_employment(organisation)
    theirs = make.make_employment(other_organisation)
    manager.post(
        reverse("employers:cards", args=[organisation.public_id]),
        {"person": [str(chosen.public_id), str(theirs.public_id), "nonsense"]},
    )
    for employment in (chosen, other, theirs):
        employment.refresh_from_db()
    assert chosen.card is not None
    assert other.card is None
    assert theirs.card is None


def test_who_takes_part_already_gets_no_card(manager, organisation, sams_employment):
    response = manager.post(reverse("employers:person_card", args=[organisation.public_id, sams_employment.public_id]))
    assert response.status_code == 302
    sams_employment.refresh_from_db()
    assert sams_employment.card is None


def test_accepting_by_mail_makes_the_printed_card_void(client, organisation, sam):
    employment = make.make_employment(organisation, email=sam.email)
    code = make.make_card(employment)
    ties.accept(employment, sam, timezone.now())
    assert client.get(f"/start/{code}").status_code == 410


# PIN reset ----------------------------------------------------------------------------------------


@pytest.fixture
def settled(client, code, driver):
    """The driver with a claimed card."""
    claimed(Client(), code)
    driver.refresh_from_db()
    return driver


def reset(manager, employment):
    return manager.post(reverse("employers:reset_pin", args=[employment.organisation.public_id, employment.public_id]))


def test_a_manager_resets_the_pin_where_the_card_is_the_only_way_in(manager, settled, code):
    person = settled.user
    reset(manager, settled)
    settled.refresh_from_db()
    assert settled.card.code != code
    assert settled.user == person
    person.refresh_from_db()
    assert person.private_since is not None
    assert AuditEvent.objects.filter(act="card.pin_reset").count() == 1
    assert Client().post(f"/start/{code}", {"pin": PIN}).status_code == 410
    new = make.make_card(settled)
    assert new == settled.card.code
    browser = Client()
    assert claimed(browser, new, pin="815263", pin_again="815263").status_code == 302
    assert browser.session["_auth_user_id"] == str(person.pk)


def with_address(settled):
    settled.user.email = "own@example.org"
    settled.user.save()


def with_password(settled):
    settled.user.set_password("correct horse battery")
    settled.user.save()


def with_another_employer(settled):
    make.make_employment(make.make_organisation("Ander"), settled.user)


def with_another_card(settled):
    ClaimCard.objects.create(
        user=settled.user, pin="x", claimed_at=timezone.now(), expires_at=timezone.now() + timedelta(days=9)
    )


def after_the_last_day(settled):
    Employment.objects.filter(pk=settled.pk).update(ends_on=timezone.localdate() - timedelta(days=1))


def after_the_tie(settled):
    ties.untie(settled, settled.user, timezone.now())


@pytest.mark.parametrize(
    "situation",
    [with_address, with_password, with_another_employer, with_another_card, after_the_last_day, after_the_tie],
)
def test_a_manager_cant_reset_the_pin_of_who_has_another_way_in(manager, settled, code, situation):
    person = settled.user
    situation(settled)
    address = reverse("employers:reset_pin", args=[settled.organisation.public_id, settled.public_id])
    assert "You can't reset" in manager.get(address).content.decode().replace("&#x27;", "'")
    reset(manager, settled)
    assert ClaimCard.objects.filter(code=code, claimed_at__isnull=False).exists()
    person.refresh_from_db()
    assert person.private_since is None


def test_the_reason_doesnt_tell_which_other_way_there_is(manager, settled):
    address = reverse("employers:person", args=[settled.organisation.public_id, settled.public_id])
    shown = set()
    for situation in (with_address, with_password, with_another_employer, with_another_card):
        situation(settled)
        page = manager.get(address).content.decode()
        shown.add(page.split('id="way-in"')[1].split("</section>")[0])
    assert len(shown) == 1


def test_asking_to_reset_changes_nothing(manager, settled, code):
    manager.get(reverse("employers:reset_pin", args=[settled.organisation.public_id, settled.public_id]))
    assert ClaimCard.objects.filter(code=code, claimed_at__isnull=False).exists()
