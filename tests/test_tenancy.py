"""Whose data shows where: every address of the platform outside the CMS, by every role, with Sam's ids. A new
address without a line in `WHO` fails here; what must never show for others is planted as a canary."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone, translation

from campaigns.publishing.models import ShortLink
from cms.accounts import addresses, links
from cms.accounts.models import User
from cms.mail.models import OutboxMessage
from cms.professionals import tokens
from config import roles
from learning.employers import invitations, uploads
from tests.conftest import make_user, signed_in
from tests.factories import employers as make
from tests.factories import professionals, records
from tests.factories.campaigns import MeansFactory
from tests.factories.modules import make_edition

#: The same page for everybody: nothing of a person stands on it, whoever looks.
ALL = "all"
#: One's own things only; the address itself names nobody's.
OWN = "own"
#: The id in the address is Sam's alone.
SAM = "sam"
#: The organisation in the address is Sam's employer's: its managers.
EMPLOYER = "employer"
#: Who holds the code or link; it is a secret of its own.
HOLDER = "holder"
#: Restricted to an area: its professionals and its editors.
AREA = "area"

WHO = {
    "None": ALL,  # the bare address, robots, sitemap, security.txt, health, the CMS's sign-in
    "publishing:short_link": ALL,
    "look": ALL,
    "style_guide": OWN,
    "media": ALL,
    "wagtail_serve": ALL,
    "search": ALL,
    "news_feed": ALL,
    "event_calendar": ALL,
    "pages_not_yet": ALL,
    "wagtaildocs_serve": ALL,
    "wagtaildocs_authenticate_with_password": ALL,
    "wagtailcore_authenticate_with_password": ALL,
    "wagtailcore_login": ALL,
    "modules:overview": ALL,
    "modules:lesson": ALL,
    "claim:enter": ALL,
    "claim:start": HOLDER,
    "certificates:lookup": ALL,
    "certificates:check": HOLDER,
    "invitations:accept": HOLDER,
    "invitations:manage": HOLDER,
    "accounts:sign_in": ALL,
    "accounts:ask_link": ALL,
    "accounts:link_sent": ALL,
    "accounts:use_link": HOLDER,
    "accounts:sign_in_card": ALL,
    "accounts:second_factor": OWN,
    "accounts:sign_out": OWN,
    "accounts:account": OWN,
    "accounts:address": OWN,
    "accounts:confirm_address": HOLDER,
    "accounts:password": OWN,
    "accounts:pin": OWN,
    "accounts:end_sessions": OWN,
    "accounts:enrol": OWN,
    "accounts:backup_codes": OWN,
    "accounts:remove_factor": OWN,
    "records:mine": OWN,
    "records:quiz": OWN,
    "records:question": OWN,
    "records:result": SAM,
    "records:certificate_pdf": SAM,
    "employers:home": OWN,
    "employers:ties": OWN,
    "employers:tie_accept": SAM,
    "employers:tie_decline": SAM,
    "employers:tie_end": SAM,
    "professionals:about": ALL,
    "professionals:ask": ALL,
    "professionals:sent": ALL,
    "professionals:confirm": HOLDER,
    "professionals:state": HOLDER,
    "professionals:withdraw": HOLDER,
    "professionals:mine": OWN,
    "professionals:open": SAM,
    "professionals:renew": SAM,
    "professionals:end": SAM,
    "professionals:document": AREA,
}
#: Machines: each refuses without its secret; see tests/cms/mail/test_events.py.
MACHINES = "mail:"

CANARIES = {
    "name": "Kanariesam",
    "address": "kanarie.sam@example.org",
    "answer": "Kanariepoints",
    "other employer": "Kanariewerkgever",
}


def _walk(items: list[Any], prefix: str = "", spaces: tuple[str, ...] = ()):
    for item in items:
        if isinstance(item, URLResolver):
            below = (*spaces, item.namespace) if item.namespace else spaces
            yield from _walk(item.url_patterns, prefix + str(item.pattern), below)
        elif isinstance(item, URLPattern) and not prefix.startswith("beheer/"):
            yield ":".join((*spaces, str(item.name))) if item.name else "None", prefix + str(item.pattern)


def names() -> set[str]:
    """The name of every address outside the CMS."""
    return {name for name, _path in _walk(get_resolver().url_patterns)}


def who_of(name: str) -> str | None:
    """Who may see what an address shows; None when nobody decided that."""
    if name.startswith(MACHINES):
        return ALL
    if name.startswith("employers:") and name not in WHO:
        return EMPLOYER
    return WHO.get(name)


@pytest.fixture
def house(sam, colleague, manager_user, stranger) -> dict[str, Any]:
    """Sam with one of everything; his account bears another name than his employer's list."""
    with translation.override("en"):
        edition = make_edition()
        employer = make.make_organisation("Kadewerk Terminals", manager_user)
        elsewhere = make.make_organisation("Vreemd Transport", stranger)
        second = make.make_organisation(CANARIES["other employer"])
        team = make.make_team(employer)
        tie = make.make_employment(employer, sam, team=team, first_name="Sam", last_name="de Vries")
        make.make_employment(employer, colleague, team=team)
        make.make_employment(elsewhere)
        make.make_employment(second, sam)
        User.objects.filter(pk=sam.pk).update(first_name=CANARIES["name"], email=CANARIES["address"])
        sam.refresh_from_db()
        assignment = make.make_assignment(employer, edition.module, team=team)
        failed = records.make_failed(sam, edition)
        type(failed).objects.filter(pk=failed.pk).update(points="3.1416", max_points="10")
        passed = records.make_passed(sam, make_edition(slugs={"en": "other", "nl": "ander"}))
        invited = make.make_employment(employer, email="new@example.org")
        addresses.ask(sam, "moved@example.org", "en", "192.0.2.1", timezone.now())
        links.ask(sam.email, "en", "", "192.0.2.1", timezone.now())
        upload = uploads.stage(employer, manager_user, "x.csv", b"naam;nummer\nPiet;9\n", timezone.now())
        means = MeansFactory()
        area = professionals.make_area()
        access = professionals.make_access(area, sam)
        waiting = professionals.make_request(
            area, email=CANARIES["address"], first_name=CANARIES["name"], why=CANARIES["other employer"]
        )
        document = professionals.make_document(area.translation_key, sam)
    return {
        "area": area.slug,
        "access": access.public_id,
        "version": document.versions.get().public_id,
        "waiting": waiting,
        "attempt_id": failed.pk,
        "code": records.certificate_of(passed).code,
        "tie": tie.public_id,
        "org": employer.public_id,
        "elsewhere": elsewhere.public_id,
        "person": tie.public_id,
        "team": team.public_id,
        "assignment": assignment.public_id,
        "upload": upload.public_id,
        "manager": employer.managers.get().pk,
        "token": _token("address_change"),
        "invitation": make.make_invitation(invited),
        "link": ShortLink.objects.create(placement="Quay", means=means).code,
        "slug": "terminal-en",
        "edition": edition,
        "failed": failed,
        "passed": passed,
    }


def _token(kind: str) -> str:
    message = OutboxMessage.objects.filter(kind=kind).latest("pk")
    return next(part for part in message.text.replace("\n", "/").split("/") if len(part) == 43)


ROLES = ("anonymous", "colleague", "manager", "stranger", "editor", "communicator", "administrator")
#: Who edits every area.
EDITORS = {"editor", "administrator"}


def browser_of(role: str, cast: dict[str, User]) -> Client:
    """A browser of this role, past the second factor."""
    if role == "anonymous":
        return Client()
    if role in {"editor", "communicator"}:
        roles.load()
        user = make_user(f"{role}-group@example.org", "Eva", "Smit")
        user.groups.add(Group.objects.get(name=roles.EDITORS if role == "editor" else roles.COMMUNICATORS))
        return signed_in(user, verified=True)
    return signed_in(cast[role], verified=True)


@pytest.fixture
def cast(colleague, manager_user, stranger, communicator):
    return {
        "colleague": colleague,
        "manager": manager_user,
        "stranger": stranger,
        "administrator": communicator,
    }


def _arguments(name: str, path: str, house: dict[str, Any]) -> dict[str, Any]:
    """What stands in the address: Sam's ids, wherever it names a thing of somebody."""
    special = {
        "publishing:short_link": {"code": house["link"]},
        "modules:lesson": {"slug": house["slug"], "lesson_key": "lesson-1"},
        "accounts:use_link": {"token": "a" * 43},
        "accounts:remove_factor": {"device": "otp_totp.totpdevice/1"},
        "invitations:accept": {"token": "a" * 43},
        "invitations:manage": {"token": "a" * 43},
        "claim:start": {"code": "AAAAAAAAAAAA"},
        "certificates:check": {"code": "AAAAAAAAAAAA"},
        "wagtailcore_authenticate_with_password": {"page_view_restriction_id": 1, "page_id": 1},
        "wagtaildocs_authenticate_with_password": {"restriction_id": 1},
        "media": {"path": "uploads/x.csv"},
        "look": {"digest": "0" * 16},
        "pages_not_yet": {"page_id": 1},
        "professionals:confirm": {"token": tokens.token_for(house["waiting"], "confirm")},
        "professionals:state": {"token": tokens.token_for(house["waiting"], "state")},
        "professionals:withdraw": {"token": tokens.token_for(house["waiting"], "state")},
    }
    if name in special:
        return special[name]
    return {argument: house[argument] for argument in house if f":{argument}>" in path}


def addresses_of(house: dict[str, Any]):
    """`(name, address)` of everything outside the CMS that has a name, with Sam's ids."""
    for name, path in _walk(get_resolver().url_patterns):
        if name == "None":
            yield name, "/" + path if "<" not in path and "^" not in path else "/"
        elif name == "wagtail_serve":
            yield name, "/en/"
        elif name == "wagtaildocs_serve":
            yield name, "/documents/1/a.pdf"
        else:
            with translation.override("en"):
                yield name, reverse(name, kwargs=_arguments(name, path, house))


def test_every_address_has_a_line_here():
    assert {name for name in names() if who_of(name) is None} == set()
    assert len(names()) > 75


def _seen(answer: Any) -> list[str]:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = body.decode("utf-8", "replace") + str(answer.headers)
    return [what for what, canary in CANARIES.items() if canary in text]


@pytest.mark.parametrize("role", ROLES)
def test_nobody_else_sees_anything_of_sam(role, house, cast):
    """Asked for and acted on: no canary, and nothing of Sam's behind an id of his."""
    browser = browser_of(role, cast)
    shown = []
    for name, address in addresses_of(house):
        for method in ("get", "post"):
            if name == "accounts:sign_out" or (role == "manager" and method == "post" and who_of(name) == EMPLOYER):
                continue
            answer = getattr(browser, method)(address)
            shown += [(name, method, what) for what in _seen(answer)]
            if answer.status_code >= 500:
                shown.append((name, method, str(answer.status_code)))
            if who_of(name) == SAM and answer.status_code not in {302, 404, 405}:
                shown.append((name, method, str(answer.status_code)))
            if who_of(name) == EMPLOYER and role != "manager" and answer.status_code not in {302, 404, 405}:
                shown.append((name, method, str(answer.status_code)))
            if who_of(name) == AREA and role not in EDITORS and answer.status_code not in {404, 405}:
                shown.append((name, method, str(answer.status_code)))
            if role != "anonymous" and answer.status_code == 302 and who_of(name) == SAM:
                shown.append((name, method, answer.url))
    assert shown == []


def test_the_walk_would_find_sams_data_were_it_shown(house, sam):
    """Sam himself sees most of it: the zero above means something."""
    browser, seen = signed_in(sam), set()
    for name, address in addresses_of(house):
        if who_of(name) in {OWN, SAM} and name != "accounts:sign_out":
            seen |= set(_seen(browser.get(address)))
    assert seen == {"name", "address", "other employer"}


@pytest.mark.parametrize("role", ["colleague", "manager", "stranger", "administrator"])
def test_nobody_acts_on_sams_attempt(role, house, cast, sam):
    attempt = records.make_attempt(sam, house["edition"])
    question = attempt.drawn[0]
    browser, address = browser_of(role, cast), f"/en/mijn/toets/{house['slug']}/vraag/"
    for act in ("answer", "submit"):
        data = {"act": act, "attempt": attempt.pk, "question": question["question"], "chosen": question["options"][0]}
        assert browser.post(address, data).status_code == 404
    attempt.refresh_from_db()
    assert (attempt.answers, attempt.submitted_at) == ({}, None)


def test_the_manager_learns_four_facts_and_no_score(house, cast, sam):
    """What an employer sees of Sam: no points, no attempts, no other name, address or employer of his."""
    browser = browser_of("manager", cast)
    for name, address in addresses_of(house):
        if who_of(name) == EMPLOYER:
            answer = browser.get(address)
            assert _seen(answer) == [], name
            if not answer.streaming:
                assert "3.14" not in answer.content.decode("utf-8", "replace"), name
                assert str(house["failed"].pk) not in answer.content.decode("utf-8", "replace"), name


def test_the_page_of_a_certificate_names_nobody(house, client):
    answer = client.get(f"/c/{house['code']}")
    assert answer.status_code == 200
    assert _seen(answer) == []
    assert "de Vries" not in answer.content.decode()


def test_an_invitation_names_no_account(house, client):
    assert invitations.find(house["invitation"]) is not None
    answer = client.get(f"/en/uitnodiging/{house['invitation']}/")
    assert answer.status_code == 200
    assert _seen(answer) == []


def test_an_id_that_exists_and_one_that_does_not_get_the_same_answer(house, cast):
    browser = browser_of("stranger", cast)
    for path, known in (
        ("/en/werkgever/{}/", house["org"]),
        ("/en/mijn/uitslag/{}/", house["attempt_id"]),
        ("/en/werkgever/mijn/{}/beeindigen/", house["tie"]),
        ("/en/professionals/mijn/{}/beeindigen/", house["access"]),
        ("/en/professionals/documenten/{}/", house["version"]),
    ):
        theirs, nobodys = browser.get(path.format(known)), browser.get(path.format(uuid4()))
        assert theirs.status_code == nobodys.status_code == 404
        assert theirs.content.replace(str(known).encode(), b"") == nobodys.content
