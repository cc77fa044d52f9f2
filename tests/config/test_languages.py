"""Eleven languages: no address shows a page in another language than it says, and nobody is offered a language
that has no texts."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse
from django.utils import translation

from cms.accounts import languages
from cms.accounts.forms import DetailsForm
from learning.employers.forms import LanguageForm
from tests import test_tenancy
from tests.conftest import signed_in
from tests.factories.modules import make_edition, make_text
from tests.test_tenancy import cast, house  # noqa: F401  fixtures

ALL = [code for code, _name in settings.LANGUAGES]
PREPARED = [code for code in ALL if code not in settings.OFFERED_LANGUAGES]
#: Learners' languages, in which managers have no screens.
LEARNERS = [code for code in settings.OFFERED_LANGUAGES if code not in settings.STAFF_LANGUAGES]
LANG = re.compile(r'<html[^>]* lang="([^"]*)"')


def addresses_in(language: str, house: dict[str, Any]) -> list[tuple[str, str]]:  # noqa: F811
    """`(name, address)` of everything that stands under a language, with ids that exist."""
    found = []
    with translation.override(language):
        for name, path in test_tenancy._walk(get_resolver().url_patterns):
            if name == "None":
                continue
            if name == "wagtail_serve":
                address = f"/{language}/"
            elif name in ("wagtaildocs_serve", "accounts:sign_out"):
                continue
            else:
                known = test_tenancy._arguments(name, path, house)
                address = reverse(name, kwargs={**_anything(path), **known})
            if address.startswith(f"/{language}/"):
                found.append((name, address))
    return found


def _anything(path: str) -> dict[str, Any]:
    """A value of the right kind for each part of an address."""
    kinds = {"int": 1, "uuid": uuid4(), "slug": "x", "str": "a" * 43, "path": "x"}
    return {name: kinds[kind] for kind, name in re.findall(r"<(\w+):(\w+)>", path)}


@pytest.fixture
def browsers(house, cast, sam):  # noqa: F811
    """A visitor, a learner with an employer, and a manager past the second factor."""
    return [Client(), signed_in(sam), signed_in(cast["manager"], verified=True)]


def test_the_languages_are_those_that_were_meant():
    assert list(settings.OFFERED_LANGUAGES) == ["nl", "en", "pl", "ro", "de", "uk"]
    assert PREPARED == ["bg", "ru", "es", "lt", "tr"]
    assert settings.WAGTAIL_CONTENT_LANGUAGES == settings.LANGUAGES


@pytest.mark.parametrize("language", settings.OFFERED_LANGUAGES)
def test_no_address_shows_a_page_in_another_language(language, house, browsers):  # noqa: F811
    shown, other = 0, []
    for browser in browsers:
        for name, address in addresses_in(language, house):
            answer = browser.get(address)
            if answer.status_code in (301, 302, 304, 405) or "html" not in answer.get("Content-Type", ""):
                continue
            said = LANG.findall(answer.content.decode())
            shown += answer.status_code == 200
            if said != [language] or answer["Content-Language"] != language:
                other.append((name, address, answer.status_code, said))
    assert other == []
    assert shown > (40 if language in settings.STAFF_LANGUAGES else 15)


@pytest.mark.parametrize("language", PREPARED)
def test_a_prepared_language_has_no_page_at_all(language, house, browsers):  # noqa: F811
    for browser in browsers:
        for name, address in [*addresses_in(language, house), ("home", f"/{language}"), ("page", f"/{language}/x/")]:
            answer = browser.get(address, headers={"accept-language": language})
            assert answer.status_code == 404, name
            assert LANG.findall(answer.content.decode()) == ["en"], name
            assert answer["Content-Language"] == "en"


@pytest.mark.django_db
def test_that_404_is_in_a_language_the_visitor_asked_for():
    answer = Client().get("/bg/modules/", headers={"accept-language": "bg,nl;q=0.8"})
    assert LANG.findall(answer.content.decode()) == ["nl"]
    assert "Accept-Language" in answer["Vary"]


@pytest.mark.parametrize("language", LEARNERS)
def test_a_screen_of_staff_goes_to_the_english_one(language, house, browsers):  # noqa: F811
    for name, address in addresses_in(language, house):
        staff = name in ("employers:home", "invitations:manage") or name.startswith("professionals:")
        if staff or test_tenancy.who_of(name) == test_tenancy.EMPLOYER:
            for browser in browsers:
                answer = browser.get(address, {"page": "2"})
                assert answer.status_code == 302, name
                assert answer["Location"] == f"/en{address[3:]}?page=2", name


@pytest.mark.parametrize("language", LEARNERS)
def test_learners_see_their_employers_in_their_own_language(language, house, sam):  # noqa: F811
    for address in (f"/{language}/werkgever/mijn/", f"/{language}/uitnodiging/{house['invitation']}/"):
        answer = signed_in(sam).get(address)
        assert answer.status_code == 200
        assert LANG.findall(answer.content.decode()) == [language]


def test_a_managers_screen_offers_no_other_language_than_it_has(house, cast):  # noqa: F811
    body = signed_in(cast["manager"], verified=True).get(f"/en/werkgever/{house['org']}/").content.decode()
    assert set(re.findall(r'hreflang="([^"]*)"', body)) <= {"nl"}


@pytest.mark.django_db
def test_an_address_in_capitals_goes_to_the_right_one():
    assert Client().get("/PL/inloggen/?x=1")["Location"] == "/pl/inloggen/?x=1"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/c/", "/start/"])
@pytest.mark.parametrize(("asked", "shown"), [("uk", "uk"), ("de-AT,de;q=0.9", "de"), ("bg", "en"), ("", "nl")])
def test_a_printed_address_speaks_an_offered_language(path, asked, shown):
    answer = Client(headers={"accept-language": asked}).get(path)
    assert LANG.findall(answer.content.decode()) == [shown]
    switch = re.findall(rf'href="{path}\?lang=([a-z]+)"', answer.content.decode())
    assert set(switch) == set(settings.OFFERED_LANGUAGES) - {shown}
    assert LANG.findall(Client().get(f"{path}?lang=bg").content.decode()) == ["nl"]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "nl"),
        ("*", "nl"),
        ("ro", "ro"),
        ("ro-MD,ru;q=0.8", "ro"),
        ("bg,pl;q=0.5", "pl"),
        ("bg,*;q=0.1", "nl"),
        ("tr,lt;q=0.5", "en"),
        ("fr", "en"),
        ("x" * 5000, "nl"),
    ],
)
def test_the_language_of_a_browser(header, language):
    request = RequestFactory().get("/", headers={"accept-language": header})
    assert languages.of_browser(request) == language


def test_a_language_that_is_not_there_yet_is_never_chosen():
    request = RequestFactory().get("/", headers={"accept-language": "en"})
    assert languages.of_browser(request, ["nl"]) == "nl"


@pytest.mark.parametrize("path", ["/beheer/login/", "/beheer/"])
@pytest.mark.django_db
def test_the_cms_speaks_dutch_and_english_only(path):
    answer = Client(headers={"accept-language": "pl"}).get(path)
    assert answer["Content-Language"] == "en"


def test_forms_offer_what_has_texts():
    offered = list(settings.OFFERED_LANGUAGES)
    for form in (DetailsForm(), LanguageForm()):
        assert [code for code, _name in form.fields["language"].choices] == offered


def test_each_language_is_named_in_its_own_words():
    assert dict(languages.offered()) == {
        code: name for code, name in settings.LANGUAGES if code in settings.OFFERED_LANGUAGES
    }


def test_a_module_that_editors_wrote_in_a_prepared_language_is_led_to_nowhere(sam):
    edition = make_edition()
    make_text(edition, "bg", "terminal-bg")
    browser = signed_in(sam)
    for address in ("/en/modules/terminal-en/", "/en/mijn/toets/terminal-en/", "/en/mijn/"):
        body = browser.get(address).content.decode()
        assert "/nl/" in body, address
        assert "/bg/" not in body, address
    assert browser.get("/bg/modules/terminal-bg/").status_code == 404
