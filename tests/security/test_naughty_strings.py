"""Text that breaks things elsewhere: through every form that anybody meets. No error of ours, nothing
unescaped, no header or mail that somebody else writes."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone, translation

from cms.mail.models import OutboxMessage
from tests.conftest import signed_in
from tests.factories import employers as make
from tests.factories import records
from tests.factories.modules import make_edition

MARKUP = "<script>alert('kanarie')</script>"
NAUGHTY = {
    "nul": "a\x00b",
    "right to left": "‮moc.elpmaxe‬",
    "emoji": "👩‍🚒🏴‍☠️\U0001f4a9",
    "long": "x" * 10_000,
    "digits": "9" * 5_000,
    "markup": MARKUP,
    "template": "{{ settings.SECRET_KEY }}{% load x %}${7*7}%(name)s%s",
    "path": "../../../../etc/passwd",
    "two lines": "a@example.org\r\nBcc: kanarie@example.org\r\n\r\nhello",
    "sql": "' OR 1=1 --",
    "far date": "9999-12-31",
    "first date": "0001-01-01",
    "half a letter": "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "control": "\x1b[31m\x07\x08",
    "formula": "=cmd|' /C calc'!A0",
    "empty": "",
}


@pytest.fixture
def house(sam, manager_user) -> dict[str, Any]:
    with translation.override("en"):
        edition = make_edition()
        employer = make.make_organisation("Kadewerk", manager_user)
        team = make.make_team(employer)
        person = make.make_employment(employer, email="new@example.org")
        card = make.make_card(make.make_employment(employer))
        claimed = records.certificate_of(records.make_passed(sam, make_edition(slugs={"en": "o", "nl": "a"})))
        attempt = records.make_attempt(sam, edition)
    org = f"/en/werkgever/{employer.public_id}"
    return {
        "anonymous": [
            ("/en/inloggen/", ["email", "password", "next"]),
            ("/en/inloggen/link/", ["email", "next"]),
            ("/en/inloggen/kaart/", ["code", "pin", "next"]),
            ("/start/", ["code"]),
            (f"/start/{card}", ["first_name", "last_name", "pin", "pin_again", "as"]),
            (f"/c/{claimed.code}", ["name", "lang"]),
        ],
        "sam": [
            ("/en/account/", ["first_name", "last_name", "language"]),
            ("/en/account/adres/", ["email", "proof"]),
            ("/en/account/wachtwoord/", ["proof", "new_password", "again"]),
            ("/en/account/tweede-stap/", ["code", "next"]),
            ("/en/mijn/toets/terminal-en/vraag/", ["act", "attempt", "question", "chosen", "go"]),
        ],
        "manager": [
            (f"{org}/mensen/nieuw/", ["first_name", "last_name", "email", "personnel_number", "starts_on", "ends_on"]),
            (f"{org}/mensen/{person.public_id}/einde/", ["ends_on"]),
            (f"{org}/mensen/{person.public_id}/team/", ["team"]),
            (f"{org}/mensen/{person.public_id}/uitnodigen/", ["language"]),
            (f"{org}/mensen/kaarten/", ["team", "part", "person"]),
            (f"{org}/teams/", ["name"]),
            (f"{org}/teams/{team.public_id}/", ["name"]),
            (f"{org}/opdrachten/nieuw/", ["module", "team", "due_on"]),
            (f"{org}/beheerders/", ["email"]),
            (f"{org}/namen/", ["ground", "consent_on", "declared_as"]),
        ],
        "module": edition.module.pk,
        "attempt": attempt,
    }


def _right(house: dict[str, Any]) -> dict[str, str]:
    """A value for every field that the form itself accepts, so that the odd one gets further."""
    question = house["attempt"].drawn[0]
    return {
        "email": "somebody@example.org",
        "first_name": "Piet",
        "last_name": "Puk",
        "name": "Nachtploeg",
        "starts_on": "2026-01-01",
        "module": str(house["module"]),
        "due_on": "2099-01-01",
        "language": "en",
        "ground": "none_required",
        "declared_as": "P. Puk",
        "consent_on": "2026-01-01",
        "pin": "294517",
        "pin_again": "294517",
        "act": "answer",
        "attempt": str(house["attempt"].pk),
        "question": question["question"],
        "chosen": question["options"][0],
    }


def _browser(role: str, sam, manager_user) -> Client:
    if role == "anonymous":
        return Client()
    return signed_in(manager_user if role == "manager" else sam, verified=True)


@pytest.mark.parametrize("role", ["anonymous", "sam", "manager"])
@pytest.mark.parametrize("kind", NAUGHTY)
def test_no_form_breaks_and_nothing_comes_back_unescaped(role, kind, house, sam, manager_user, settings):
    browser, found = _browser(role, sam, manager_user), []
    browser.raise_request_exception = False
    for address, fields in house[role]:
        for field in fields:
            data = {name: value for name, value in _right(house).items() if name in fields}
            answer = browser.post(f"{address}?next={'x'}", {**data, field: NAUGHTY[kind]})
            body = answer.content.decode("utf-8", "replace") if "html" in answer.headers.get("Content-Type", "") else ""
            if answer.status_code >= 500:
                found.append((address, field, answer.status_code))
            if MARKUP in body or settings.SECRET_KEY in body or "alert('kanarie')</script" in body:
                found.append((address, field, "unescaped"))
            if any("\n" in value or "\r" in value for value in answer.headers.values()):
                found.append((address, field, "header"))
    assert found == []


@pytest.mark.parametrize("kind", NAUGHTY)
def test_no_address_breaks(kind, client, db, house, manager_user):
    manager = signed_in(manager_user, verified=True)
    org = house["manager"][5][0].removesuffix("teams/")
    manager.raise_request_exception = client.raise_request_exception = False
    for name in ("next", "lang", "nr", "page", "code", "q", "team", "module", "status", "sort", "state", "answer"):
        query = {name: NAUGHTY[kind]}
        for address in ("/en/inloggen/", "/c/", "/start/", "/en/", "/en/modules/terminal-en/", "/nl/melden/"):
            assert client.get(address, query).status_code < 500, (address, name)
        for address in (org, f"{org}mensen/", f"{org}overzicht.csv", f"{org}teams/", f"{org}opdrachten/"):
            assert manager.get(address, query).status_code < 500, (address, name)
        sam_page = signed_in(house["attempt"].registration.user)
        assert sam_page.get("/en/mijn/toets/terminal-en/vraag/", query).status_code < 500, name
        assert sam_page.get("/en/mijn/", query).status_code < 500, name
    odd = quote(NAUGHTY[kind][:2000], safe="")
    for address in (
        "/c/{}",
        "/start/{}",
        "/q/{}",
        "/en/uitnodiging/{}/",
        "/en/inloggen/link/{}/",
        "/en/{}/",
        "/media/{}",
    ):
        assert client.get(address.format(odd)).status_code < 500, address


def test_no_line_of_a_header_can_be_added_to_a_mail(house, sam, manager_user):
    manager = signed_in(manager_user, verified=True)
    client = Client()
    for email in ("a@example.org\nBcc: kanarie@example.org", "a@example.org,kanarie@example.org", "a@b\r\n.c"):
        manager.post(house["manager"][8][0], {"email": email})
        client.post("/en/inloggen/link/", {"email": email})
        signed_in(sam).post("/en/account/adres/", {"email": email, "proof": "correct horse battery"})
    assert not OutboxMessage.objects.filter(to__contains="kanarie").exists()
    organisation = make.make_organisation("Kade\r\nBcc: kanarie@example.org")
    person = make.make_employment(organisation, email="new2@example.org")
    make.make_invitation(person, timezone.now())
    for message in OutboxMessage.objects.all():
        assert "\n" not in message.subject
        assert "\r" not in message.subject + message.to
        assert "kanarie" not in json.dumps(message.headers)


OPEN_REDIRECTS = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "/en/\r\nSet-Cookie: a=b",
    "http:evil.example",
    "///evil.example",
)


@pytest.mark.parametrize("target", OPEN_REDIRECTS)
def test_no_next_leads_away(target, sam):
    answer = Client().post("/en/inloggen/", {"email": sam.email, "password": "correct horse battery", "next": target})
    assert answer.status_code == 302
    assert answer.url == "/en/mijn/"
    assert "Set-Cookie: a" not in str(answer.headers)
    page = Client().get("/en/inloggen/", {"next": target}).content.decode()
    assert "evil.example" not in page
    assert "evil.example" not in Client().get("/en/inloggen/link/", {"next": target}).url
