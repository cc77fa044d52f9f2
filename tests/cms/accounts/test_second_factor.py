"""The second step: enrolment, codes, backup codes, and that it can't be walked round."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from cms.accounts import factors, second_factor
from cms.accounts.models import AuditEvent, User
from cms.mail.models import OutboxMessage
from tests.cms.accounts.conftest import PASSWORD, PIN, code_of, with_password, wrong_code_of
from tests.conftest import signed_in

CODE = "/en/inloggen/tweede-stap/"
ENROL = "/en/account/tweede-stap/"
ACCOUNT = "/en/account/"


@pytest.fixture
def manager_rule():
    """Sam is somebody who sees others' data."""

    def rule(user: User) -> bool:
        return user.first_name == "Sam"

    second_factor.register_requirement(rule)
    yield rule
    second_factor._requirements.pop(rule)


def enrolled(client: Client) -> tuple[TOTPDevice, list[str]]:
    """Adds an app by way of the page, as somebody who is signed in; gives its device and backup codes."""
    client.get(ENROL)
    device = TOTPDevice(key=client.session["second_factor_key"])
    page = client.post(ENROL, {"code": code_of(device)}).content.decode()
    user_id = client.session["_auth_user_id"]
    return TOTPDevice.objects.get(user=user_id, key=device.key), re.findall(r"<code>([^<\s]+)</code>", page)


# After the first step ----------------------------------------------------------------------------


@pytest.mark.parametrize("door", ["password", "link", "card"])
def test_half_a_sign_in_is_none_by_whichever_door(client, sam, card, mail_link, door):
    user = card.user if door == "card" else sam
    device = TOTPDevice.objects.create(user=user, name="app", confirmed=True)
    if door == "password":
        answer = with_password(client, "sam@example.org")
    elif door == "link":
        answer = client.post(mail_link("sam@example.org", ACCOUNT))
    else:
        answer = client.post("/en/inloggen/kaart/", {"code": card.code, "pin": PIN, "next": ACCOUNT})
    assert answer.url == f"{CODE}?next=%2Fen%2Faccount%2F"
    for path in (ACCOUNT, ENROL, "/en/account/adres/", "/en/account/tweede-stap/codes/", "/beheer/"):
        assert client.get(path).status_code == 302, path
    assert client.get("/en/inloggen/", {"next": ACCOUNT}).url == f"{CODE}?next=%2Fen%2Faccount%2F"
    assert client.post(CODE, {"code": code_of(device), "next": ACCOUNT}).url == ACCOUNT
    assert client.get(ACCOUNT).status_code == 200


@pytest.mark.parametrize("door", ["password", "link", "card"])
def test_who_must_have_one_and_has_none_is_sent_to_enrol(client, sam, card, mail_link, door, manager_rule):
    User.objects.filter(pk=card.user_id).update(first_name="Sam")
    if door == "password":
        answer = with_password(client, "sam@example.org")
    elif door == "link":
        answer = client.post(mail_link("sam@example.org", ACCOUNT))
    else:
        answer = client.post("/en/inloggen/kaart/", {"code": card.code, "pin": PIN, "next": ACCOUNT})
    assert answer.url == f"{ENROL}?next=%2Fen%2Faccount%2F"


def test_the_code_gives_the_session_a_new_key(client, sam, device):
    with_password(client, "sam@example.org")
    before = client.session.session_key
    client.post(CODE, {"code": code_of(device)})
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_a_wrong_code_opens_nothing(client, sam, device):
    with_password(client, "sam@example.org")
    answer = client.post(CODE, {"code": wrong_code_of(device)})
    assert answer.status_code == 200
    assert client.get(ACCOUNT).status_code == 302


def test_a_code_works_once(sam, device):
    code = code_of(device)
    first, second = Client(), Client()
    for browser in (first, second):
        with_password(browser, "sam@example.org")
    assert first.post(CODE, {"code": code}).status_code == 302
    assert second.post(CODE, {"code": code}).status_code == 200
    assert second.get(ACCOUNT).status_code == 302


def test_two_who_use_one_code_at_the_same_moment_one_wins(committed):
    user = User.objects.create_user("two@example.org", PASSWORD)
    device = TOTPDevice.objects.create(user=user, name="app", confirmed=True)
    code = code_of(device)
    factors.new_backup_codes(user)

    def use() -> bool:
        return second_factor.match(User.objects.get(pk=user.pk), code, "192.0.2.1", timezone.now()) is not None

    assert sorted(committed(use, times=4)) == [False, False, False, True]


def test_two_who_use_one_backup_code_at_the_same_moment_one_wins(committed):
    user = User.objects.create_user("two@example.org", PASSWORD)
    TOTPDevice.objects.create(user=user, name="app", confirmed=True)
    backup = factors.new_backup_codes(user)[0]

    def use() -> bool:
        return second_factor.match(User.objects.get(pk=user.pk), backup, "192.0.2.1", timezone.now()) is not None

    assert sorted(committed(use, times=4)) == [False, False, False, True]


def test_after_five_wrong_codes_even_the_right_one_is_refused(sam, device):
    answers = []
    for _n in range(10):
        browser = Client()
        with_password(browser, "sam@example.org")
        answers.append(browser.post(CODE, {"code": wrong_code_of(device)}).status_code)
    assert answers == [200] * 5 + [429] * 5
    with_password(client := Client(), "sam@example.org")
    assert client.post(CODE, {"code": code_of(device)}).status_code == 429


def test_wrong_codes_count_for_the_address_of_the_network_too(sam, device):
    for n in range(29):
        with_password(Client(), f"person{n}@example.org", "wrong")
    browser = Client()
    with_password(browser, "sam@example.org")
    assert browser.post(CODE, {"code": wrong_code_of(device)}).status_code == 200
    assert browser.post(CODE, {"code": code_of(device)}).status_code == 429


def test_codes_of_somebody_else_open_nothing(client, sam, colleague, device):
    theirs = TOTPDevice.objects.create(user=colleague, name="app", confirmed=True)
    with_password(client, "sam@example.org")
    assert client.post(CODE, {"code": code_of(theirs)}).status_code == 200


def test_half_a_sign_in_can_be_left(client, sam, device):
    with_password(client, "sam@example.org")
    client.post("/en/uitloggen/")
    assert client.get(CODE).url.startswith("/en/inloggen/")
    assert not client.session.keys()


def test_nobody_gets_the_page_without_the_first_step(client, db):
    assert client.get(CODE, {"next": ACCOUNT}).url == "/en/inloggen/?next=%2Fen%2Faccount%2F"
    assert client.post(CODE, {"code": "123456"}).url == "/en/inloggen/"


def test_the_code_page_leads_to_no_other_site(client, sam, device):
    with_password(client, "sam@example.org")
    assert client.post(CODE, {"code": code_of(device), "next": "//evil.example/"}).url == "/en/mijn/"


# Enrolment ---------------------------------------------------------------------------------------


def test_an_app_counts_once_it_has_shown_a_code(client, sam):
    client = signed_in(sam)
    page = client.get(ENROL).content.decode()
    assert "<svg" in page
    assert "style=" not in page
    key = client.session["second_factor_key"]
    assert factors.in_letters(key) in page
    assert client.post(ENROL, {"code": wrong_code_of(TOTPDevice(key=key))}).status_code == 200
    assert not TOTPDevice.objects.exists()
    assert client.session["second_factor_key"] == key
    assert b"Keep these backup codes" in client.post(ENROL, {"code": code_of(TOTPDevice(key=key))}).content
    assert second_factor.has_device(sam)
    assert AuditEvent.objects.filter(act="second_factor.added", actor=sam).exists()
    assert OutboxMessage.objects.get(to="sam@example.org").kind == "account_changed"


def test_the_qr_code_holds_the_secret_for_this_account(sam):
    key = factors.new_key()
    address = factors.app_address(key, sam)
    assert address.startswith("otpauth://totp/Weerbaar%3Asam%40example.org?secret=")
    assert factors.in_letters(key).replace(" ", "") in address


def test_somebody_without_an_address_has_an_app_under_their_name(card):
    assert "Ali%20Yilmaz" in factors.app_address(factors.new_key(), card.user)


def test_enrolling_gives_a_new_key_and_ends_other_sessions(sam):
    here, elsewhere = signed_in(sam), signed_in(sam)
    here.get(ENROL)
    before = here.session.session_key
    enrolled(here)
    assert here.session.session_key != before
    assert here.get(ACCOUNT).status_code == 200
    assert elsewhere.get(ACCOUNT).status_code == 302


def test_the_code_of_enrolment_is_not_a_code_to_sign_in_with(sam):
    here = signed_in(sam)
    here.get(ENROL)
    code = code_of(TOTPDevice(key=here.session["second_factor_key"]))
    here.post(ENROL, {"code": code})
    with_password(client := Client(), "sam@example.org")
    assert client.post(CODE, {"code": code}).status_code == 200


def test_a_password_alone_adds_no_app_beside_the_one_there_is(sam, device):
    client = signed_in(sam)  # as a session that began before there was an app
    assert client.get(ENROL).url.startswith(CODE)
    assert client.post(ENROL, {"code": "123456"}).url.startswith(CODE)
    assert TOTPDevice.objects.count() == 1


# Backup codes ------------------------------------------------------------------------------------


def test_ten_backup_codes_are_shown_once_and_kept_as_hashes(sam):
    client = signed_in(sam)
    _device, codes = enrolled(client)
    assert len(set(codes)) == 10
    stored = set(StaticToken.objects.values_list("token", flat=True))
    assert len(stored) == 10
    assert not stored & {second_factor.normalise(code) for code in codes}
    for path in (ACCOUNT, "/en/account/tweede-stap/codes/", ENROL):
        assert codes[0] not in client.get(path).content.decode()


def test_a_backup_code_opens_once_and_says_how_many_are_left(sam):
    _device, codes = enrolled(signed_in(sam))
    typed = codes[3].upper().replace("-", " ")
    with_password(client := Client(), "sam@example.org")
    assert client.post(CODE, {"code": typed, "next": ACCOUNT}).url == ACCOUNT
    assert b"You have 9 left" in client.get(ACCOUNT).content
    with_password(again := Client(), "sam@example.org")
    assert again.post(CODE, {"code": typed}).status_code == 200


def test_new_backup_codes_end_the_old_ones(sam, time_machine_at):
    client = signed_in(sam)
    _device, old = enrolled(client)
    page = client.post("/en/account/tweede-stap/codes/", {"proof": PASSWORD}).content.decode()
    new = re.findall(r"<code>([^<\s]+)</code>", page)
    assert len(new) == 10
    assert second_factor.accepting(sam, old[0]) is None
    time_machine_at(seconds=2)  # a device rests for a moment after a wrong code
    assert second_factor.accepting(sam, new[0]) is not None


def test_new_backup_codes_need_a_proof(sam):
    client = signed_in(sam)
    enrolled(client)
    before = set(StaticToken.objects.values_list("token", flat=True))
    assert client.post("/en/account/tweede-stap/codes/", {"proof": "wrong"}).status_code == 200
    assert client.post("/en/account/tweede-stap/codes/", {}).status_code == 200
    assert set(StaticToken.objects.values_list("token", flat=True)) == before


def test_backup_codes_alone_are_no_second_factor(sam):
    factors.new_backup_codes(sam)
    assert not second_factor.has_device(sam)


# Removing ----------------------------------------------------------------------------------------


def removal(device: TOTPDevice) -> str:
    return f"/en/account/tweede-stap/weg/{device.persistent_id}/"


@pytest.mark.parametrize("proof", ["password", "backup code", "app code"])
def test_an_app_is_removed_after_a_proof_and_the_session_gets_a_new_key(sam, proof, time_machine_at):
    client = signed_in(sam)
    device, codes = enrolled(client)
    elsewhere = signed_in(sam, verified=True)
    before = client.session.session_key
    time_machine_at(minutes=2)
    device.refresh_from_db()
    given = {"password": PASSWORD, "backup code": codes[0], "app code": code_of(device)}[proof]
    TOTPDevice.objects.exclude(pk=device.pk).delete()
    assert client.post(removal(device), {"proof": given}).url == ACCOUNT
    assert not second_factor.has_device(sam)
    assert not StaticToken.objects.exists()
    assert client.session.session_key != before
    assert client.get(ACCOUNT).status_code == 200
    assert elsewhere.get(ACCOUNT).status_code == 302
    event = AuditEvent.objects.get(act="second_factor.removed")
    assert (event.actor, event.detail) == (sam, {"left": 0})
    assert OutboxMessage.objects.filter(kind="account_changed").count() == 2


def test_without_the_proof_an_app_stays(sam):
    client = signed_in(sam)
    device, _codes = enrolled(client)
    for proof in ("", "wrong", "123456"):
        assert client.post(removal(device), {"proof": proof}).status_code == 200
    assert second_factor.has_device(sam)


def test_who_must_have_one_keeps_the_last(sam, manager_rule):
    client = signed_in(sam)
    device, _codes = enrolled(client)
    answer = client.post(removal(device), {"proof": PASSWORD})
    assert answer.status_code == 200
    assert b"must have a second step" in answer.content
    assert second_factor.has_device(sam)
    TOTPDevice.objects.create(user=sam, name="new phone", confirmed=True)
    assert client.post(removal(device), {"proof": PASSWORD}).status_code == 302
    assert second_factor.has_device(sam)


def test_nobody_removes_the_app_of_somebody_else(sam, colleague):
    client = signed_in(sam)
    enrolled(client)
    theirs = TOTPDevice.objects.create(user=colleague, name="app", confirmed=True)
    client.post(removal(theirs), {"proof": PASSWORD})
    assert TOTPDevice.objects.filter(pk=theirs.pk).exists()


# Who must have one, and the closed views ----------------------------------------------------------


def test_editors_and_administrators_must_have_one(sam, colleague, communicator):
    assert second_factor.is_required(communicator)
    assert not second_factor.is_required(sam)
    colleague.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert second_factor.is_required(User.objects.get(pk=colleague.pk))
    communicator.is_active = False
    assert not second_factor.is_required(communicator)


def test_a_room_can_say_who_must_have_one(sam, colleague, manager_rule):
    assert second_factor.is_required(sam)
    assert not second_factor.is_required(colleague)


def test_a_closed_view_opens_only_after_the_second_step(client, sam, device):
    @second_factor.require_verified
    def view(request) -> HttpResponse:
        return HttpResponse("private")

    def asked_by(browser: Client) -> HttpResponse:
        request = browser.get(CODE).wsgi_request
        fresh = RequestFactory().get("/en/werkgever/?page=2")
        fresh.user, fresh.session = request.user, request.session
        if hasattr(request, "half_signed_in"):
            fresh.half_signed_in = request.half_signed_in
        return view(fresh)

    back = "?next=%2Fen%2Fwerkgever%2F%3Fpage%3D2"
    assert asked_by(client).url.endswith(f"/inloggen/{back}")
    with_password(client, "sam@example.org")
    assert asked_by(client).url.endswith(f"/inloggen/tweede-stap/{back}")
    client.post(CODE, {"code": code_of(device)})
    assert asked_by(client).content == b"private"
    device.delete()
    assert asked_by(signed_in(sam)).url.endswith(f"/account/tweede-stap/{back}")


def test_a_public_page_does_not_look_at_the_session(client, db):
    assert "Cookie" not in client.get("/livez").get("Vary", "")


# Where it leads ----------------------------------------------------------------------------------


def test_who_edits_goes_to_the_cms_and_an_employee_to_their_modules(client, sam, communicator):
    for user, home in ((communicator, "/beheer/"), (sam, "/en/mijn/")):
        device = TOTPDevice.objects.create(user=user, name="app", confirmed=True)
        with_password(client, user.email)
        assert client.post(CODE, {"code": code_of(device)}).url == home
        client.post("/en/uitloggen/")
