"""Rules of security that hold across the rooms."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from campaigns.publishing.models import ShortLink, ShortLinkWeek
from cms.accounts.models import AuditEvent, Lockout, User
from cms.mail.models import OutboxMessage
from learning.employers.models import Employment, Organisation
from learning.records import registrations
from learning.records.models import Attempt
from tests.conftest import signed_in
from tests.factories import employers as make
from tests.factories import records
from tests.factories.campaigns import MeansFactory
from tests.factories.modules import make_edition

PASSWORD = "correct horse battery"


@pytest.fixture
def edition(db):
    return make_edition()


def _everything(model: type[Any]) -> dict[str, Any]:
    """A value for every column of a model, as a form would send it."""
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.is_relation:
            value = "1"
        elif field.get_internal_type() == "BooleanField":
            value = "on"
        elif "Date" in field.get_internal_type():
            value = "2020-01-01"
        elif "Integer" in field.get_internal_type():
            value = "77"
        else:
            value = "taken@example.org" if "email" in field.name else "taken"
        values[field.name] = values[field.attname] = value
    return values


def test_no_form_of_ones_own_account_takes_another_field(sam):
    browser = signed_in(sam)
    before = User.objects.filter(pk=sam.pk).values().get()
    extra = {**_everything(User), "groups": "1", "user_permissions": "1"}
    names = {"first_name": "Samira", "last_name": "Vos", "language": "en"}
    assert browser.post("/en/account/", {**extra, **names}).status_code == 302
    after = User.objects.filter(pk=sam.pk).values().get()
    assert {name for name in before if before[name] != after[name]} <= {"first_name", "last_name", "language"}
    assert not User.objects.get(pk=sam.pk).user_permissions.exists()


def test_no_form_of_a_claim_takes_another_field(manager_user):
    employment = make.make_employment(make.make_organisation("Kade", manager_user))
    code = make.make_card(employment)
    data = {"first_name": "Piet", "last_name": "Puk", "pin": "294517", "pin_again": "294517"}
    assert Client().post(f"/start/{code}", {**_everything(User), **data}).status_code == 302
    user = Employment.objects.get(pk=employment.pk).user
    assert (user.email, user.is_staff, user.is_superuser, user.session_epoch) == (None, False, False, 0)
    assert user.last_name == "Puk"


def test_no_form_of_an_employer_takes_another_field(manager_user, stranger):
    organisation, other = make.make_organisation("Kade", manager_user), make.make_organisation("Elders", stranger)
    before = Organisation.objects.order_by("pk").values()
    rows = list(before)
    browser, org = signed_in(manager_user, verified=True), f"/en/werkgever/{organisation.public_id}"
    extra = {**_everything(Organisation), **_everything(Employment), "organisation": other.pk, "user": stranger.pk}
    person = {"last_name": "Puk", "starts_on": "2026-01-01", "email": "", "team": "", "ends_on": ""}
    assert browser.post(f"{org}/mensen/nieuw/", {**extra, "first_name": "", **person}).status_code in {302, 422}
    browser.post(f"{org}/teams/", {**extra, "name": "Nachtploeg"})
    browser.post(f"{org}/beheerders/", {**extra, "email": "new@example.org", "accepted_at": "2020-01-01"})
    assert list(Organisation.objects.order_by("pk").values()) == rows
    assert not other.employments.exists()
    assert not Employment.objects.filter(user__isnull=False).exists()
    assert not organisation.managers.filter(email="new@example.org", accepted_at__isnull=False).exists()


def _key_words(edition) -> list[str]:
    """What only somebody with the key knows: the reasons, which name the right answer."""
    words = edition.texts.get(language="en").questions
    graded = [item["uuid"] for item in edition.answer_key["questions"] if item["graded"]]
    return [words[uuid]["feedback"] + "<" for uuid in graded]


def test_nothing_before_a_pass_holds_the_key(sam, edition):
    browser = signed_in(sam)
    attempt = records.make_attempt(sam, edition)
    quiz = "/en/mijn/toets/terminal-en/"
    pages = [browser.get(address) for address in (quiz, quiz + "vraag/", "/en/mijn/", "/en/modules/terminal-en/")]
    pages += [browser.get(f"{quiz}vraag/?nr={number}") for number in range(1, 11)]
    pages += [browser.get(f"/en/modules/terminal-en/lesson-{number}/") for number in range(1, 5)]
    for item in attempt.drawn:
        data = {"attempt": attempt.pk, "question": item["question"], "chosen": records.wrong(edition, item["question"])}
        pages.append(browser.post(quiz + "vraag/", {"act": "answer", **data}))
    pages.append(browser.post(quiz + "vraag/", {"act": "submit", "attempt": attempt.pk}))
    assert Attempt.objects.get(pk=attempt.pk).passed is False
    pages.append(browser.get(f"/en/mijn/uitslag/{attempt.pk}/"))
    text = "".join(page.content.decode() for page in pages)
    assert [words for words in _key_words(edition) if words in text] == []
    assert not re.search(r"data-(right|correct|points)", text)


def test_what_was_handed_in_takes_no_answer_any_more(sam, edition):
    browser, attempt = signed_in(sam), records.make_failed(sam, edition)
    before = Attempt.objects.filter(pk=attempt.pk).values().get()
    for item in attempt.drawn:
        data = {"attempt": attempt.pk, "question": item["question"], "chosen": records.right(edition, item["question"])}
        assert browser.post("/en/mijn/toets/terminal-en/vraag/", {"act": "answer", **data}).status_code == 409
    browser.post("/en/mijn/toets/terminal-en/vraag/", {"act": "submit", "attempt": attempt.pk})
    assert Attempt.objects.filter(pk=attempt.pk).values().get() == before


def test_the_language_of_an_attempt_is_not_taken_from_a_form(sam, edition):
    browser, attempt = signed_in(sam), records.make_attempt(sam, edition)
    records.fill(attempt)
    data = {"act": "submit", "attempt": attempt.pk, "language": "nl", "passed": "on", "points": "99", "edition": "1"}
    browser.post("/en/mijn/toets/terminal-en/vraag/", data)
    attempt.refresh_from_db()
    assert records.certificate_of(attempt).language == "en"
    assert attempt.points <= attempt.max_points


def test_after_a_reset_of_the_pin_nothing_older_is_told(sam, edition):
    """A manager could claim the new card: not even that a module was begun, or failed just now, shows."""
    begun = registrations.open_for(sam, edition.module, "own", timezone.now() - timedelta(days=2))
    registrations.start_attempt(begun, edition, timezone.now() - timedelta(days=2))
    User.objects.filter(pk=sam.pk).update(private_since=timezone.now() - timedelta(days=1))
    fresh = User.objects.create_user("fresh@example.org", first_name="Sam", last_name="de Vries", language="en")
    theirs = signed_in(User.objects.get(pk=sam.pk)).get("/en/mijn/").content.decode()
    nobodys = signed_in(fresh).get("/en/mijn/").content.decode()
    notice = re.compile(r'<div class="alert alert--warn">.*?</div>', re.DOTALL)
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert notice.search(theirs)
    assert notice.sub("", token.sub("", theirs)).split() == token.sub("", nobodys).split()


COUNTED = (User, Session, Lockout, AuditEvent, OutboxMessage, ShortLinkWeek, ShortLink)


def _database() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in COUNTED]


def test_a_visit_to_the_reporting_page_or_a_code_to_it_changes_nothing(sam, client, caplog):
    link = ShortLink.objects.create(placement="Quay", means=MeansFactory())
    browser = signed_in(sam)
    browser.get("/en/mijn/")
    before = _database()
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    for who in (browser, client):
        for address in (
            f"/q/{link.code}",
            f"/q/{link.code.lower()}",
            "/q/UNKNOWN",
            "/nl/melden/",
            "/en/report/",
            "/melden",
        ):
            answer = who.get(address, headers={"referer": "http://testserver/en/", "x-forwarded-for": "192.0.2.7"})
            assert answer.status_code in {200, 302}
            assert not answer.cookies
            assert answer["Referrer-Policy"] == "no-referrer"
            assert "no-store" in answer["Cache-Control"]
    assert _database() == before
    assert [line for line in caplog.messages if "melden" in line or "/q/" in line or "report" in line] == []


PUBLIC = ("/", "/en/modules/terminal-en/", "/en/inloggen/", "/c/", "/start/", "/q/X", "/nl/melden/", "/robots.txt")


@pytest.mark.parametrize("address", [*PUBLIC, "/sitemap.xml", "/livez", "/en/nothing/", "/media/x", "/en/mijn/"])
def test_every_answer_has_a_policy_and_public_ones_set_no_cookie(address, client, edition):
    answer = client.get(address)
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sessionid" not in answer.cookies
    if address not in {"/en/inloggen/", "/start/"}:
        assert not answer.cookies


@pytest.mark.parametrize("address", ["/sw.js", "/nl/sw.js", "/static/sw.js", "/service-worker.js"])
def test_there_is_no_service_worker(address, client, db):
    assert client.get(address).status_code == 404


def test_a_session_gets_a_new_key_at_every_step(sam):
    browser = Client()
    browser.get("/en/inloggen/")
    session = browser.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key
    browser.cookies["sessionid"] = planted
    browser.post("/en/inloggen/", {"email": sam.email, "password": PASSWORD})
    assert browser.session.session_key != planted
    assert not Session.objects.filter(pk=planted).exists()
    signed = browser.session.session_key
    browser.post("/en/uitloggen/")
    assert not Session.objects.filter(pk=signed).exists()
    browser.cookies["sessionid"] = signed
    assert browser.get("/en/account/").status_code == 302


def test_a_new_password_ends_every_other_session(sam):
    here, elsewhere = signed_in(sam), signed_in(sam)
    data = {"proof": PASSWORD, "new_password": "another long phrase 7", "again": "another long phrase 7"}
    assert here.post("/en/account/wachtwoord/", data).status_code == 302
    assert here.get("/en/account/").status_code == 200
    assert elsewhere.get("/en/account/").status_code == 302


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:80@evil.example", ""])
def test_another_host_is_refused(host, client, db):
    answer = client.get("/en/inloggen/", headers={"host": host or "\t"})
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


def test_a_mail_leads_to_our_own_address_whatever_host_was_asked(sam, settings):
    settings.ALLOWED_HOSTS = ["*"]
    Client(headers={"host": "evil.example", "x-forwarded-host": "evil.example"}).post(
        "/en/inloggen/link/", {"email": sam.email}
    )
    message = OutboxMessage.objects.get(kind="sign_in_link")
    assert "evil.example" not in message.text + message.html
    assert settings.BASE_URL in message.text


def test_rotating_x_forwarded_for_buys_no_tries(sam):
    statuses = [
        Client(headers={"x-forwarded-for": f"198.51.100.{number}"})
        .post("/en/inloggen/", {"email": sam.email, "password": "wrong"})
        .status_code
        for number in range(8)
    ]
    assert 429 in statuses[:6]
    assert statuses[-1] == 429


def test_no_secret_of_anybody_stands_in_the_log_of_an_error(monkeypatch, manager_user, caplog):
    """An error in a page whose address holds a token names neither."""
    with translation.override("en"):
        person = make.make_employment(make.make_organisation("Kade", manager_user), email="new@example.org")
        token = make.make_invitation(person)
        address = reverse("invitations:accept", args=[token])

    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("learning.employers.views.invited.invitations.is_valid", broken)
    browser = Client(raise_request_exception=False)
    written: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if all(one.filter(record) for one in console.filters):
                written.append(console.format(record))

    console = next(one for one in logging.getLogger().handlers if one.__class__ is logging.StreamHandler)
    logging.getLogger().addHandler(kept := Kept())
    try:
        assert browser.get(address).status_code == 500
    finally:
        logging.getLogger().removeHandler(kept)
    assert written
    assert token not in "".join(written)
