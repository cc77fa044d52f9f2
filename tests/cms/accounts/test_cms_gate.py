"""Nothing of the CMS shows without the second step, by whichever door; and what it shows then."""

import re
from itertools import chain

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern
from django.utils.regex_helper import normalize

from cms.accounts import second_factor
from cms.accounts.models import User
from tests.cms.accounts.conftest import PASSWORD, with_password
from tests.conftest import make_user, signed_in

OPEN = {"/beheer/jsi18n/", "/beheer/sprite/", "/beheer/logout/"}
SAMPLES = {"int": "1", "str": "a", "slug": "a", "path": "a/b", "uuid": "12345678-1234-5678-1234-567812345678"}


def _part(pattern: RoutePattern | RegexPattern) -> str:
    """One concrete text that this part of an address matches."""
    if isinstance(pattern, RoutePattern):
        return re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES.get(found[1] or "str", "1"), str(pattern._route))
    text, names = normalize(pattern._regex)[0]
    return text % dict.fromkeys(names, "1")


def _addresses(patterns: list[URLPattern | URLResolver], prefix: str):
    for pattern in patterns:
        path = prefix + _part(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns, path)
        else:
            yield path


def cms_addresses() -> list[str]:
    """An address for every URL pattern under /beheer/."""
    roots = [pattern for pattern in get_resolver().url_patterns if str(pattern.pattern) == "beheer/"]
    return sorted(set(chain.from_iterable(_addresses(root.url_patterns, "/beheer/") for root in roots)))


@pytest.fixture
def editor(db):
    """Somebody who may use the CMS and nothing more."""
    user = make_user("editor@example.org", "Eva", "Mol")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def test_a_password_alone_shows_no_page_of_the_cms(communicator):
    """The communicator is a superuser: everything would be open."""
    addresses = cms_addresses()
    assert len(addresses) > 200
    client = signed_in(communicator)
    shown = []
    for address in (address for address in addresses if address not in OPEN):
        for method in ("get", "post"):
            answer = getattr(client, method)(address)
            if answer.status_code != 302 or not answer.url.startswith("/nl/account/tweede-stap/"):
                shown.append((method, address, answer.status_code))
    assert shown == []
    assert b"communicator" not in b"".join(client.get(address).content for address in OPEN)


def test_a_visitor_sees_no_page_of_the_cms(db):
    client = Client()
    shown = [
        address
        for address in cms_addresses()
        if address not in OPEN and not client.get(address).headers.get("Location", "").startswith("/nl/inloggen/")
    ]
    assert shown == []


def test_the_walk_would_find_pages_were_they_open(communicator):
    """After the second step the same addresses do answer: the zero above means something."""
    client = signed_in(communicator, verified=True)
    paths = ["/beheer/", "/beheer/pages/", "/beheer/users/", "/beheer/groups/", "/beheer/images/", "/beheer/account/"]
    assert set(paths) <= set(cms_addresses())
    assert [client.get(path).status_code for path in paths] == [200] * len(paths)


def test_a_script_gets_no_redirect_but_a_refusal(communicator):
    answer = signed_in(communicator).get("/beheer/", HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["login/", "password_reset/", "password_reset/confirm/MQ/x/", "password_reset/done/"])
def test_the_cms_has_no_sign_in_of_its_own(client, communicator, path):
    answer = client.post(f"/beheer/{path}", {"username": "communicator@example.org", "password": PASSWORD})
    assert answer.url.startswith("/nl/inloggen/")
    assert "_auth_user_id" not in client.session
    inside = signed_in(communicator, verified=True).get(f"/beheer/{path}")
    assert inside.url == "/beheer/"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_restricted_pages_have_no_sign_in_of_their_own(client, sam, language):
    path = f"/{language}/_util/login/"
    answer = client.post(path, {"username": "sam@example.org", "password": PASSWORD})
    assert answer.url.startswith(f"/{language}/inloggen/")
    assert "_auth_user_id" not in client.session


def test_signing_in_brings_an_editor_back_to_the_cms_by_way_of_the_second_step(client, editor):
    start = client.get("/beheer/pages/")
    assert start.url == "/nl/inloggen/?next=%2Fbeheer%2Fpages%2F"
    answer = client.post("/nl/inloggen/", {"email": editor.email, "password": PASSWORD, "next": "/beheer/pages/"})
    assert answer.url == "/nl/account/tweede-stap/?next=%2Fbeheer%2Fpages%2F"


def test_who_has_no_business_in_the_cms_is_refused(sam):
    client = signed_in(sam, verified=True)
    for path in ("/beheer/", "/beheer/users/", "/beheer/login/", "/beheer/no-such-page/"):
        assert client.get(path).status_code == 403


def test_an_editor_sees_no_users(editor, sam):
    client = signed_in(editor, verified=True)
    assert client.get("/beheer/").status_code == 200
    for path in ("/beheer/users/", f"/beheer/users/edit/{sam.pk}/", "/beheer/users/new/", "/beheer/groups/"):
        answer = client.get(path, follow=True)
        assert answer.redirect_chain, path
        assert "sam@example.org" not in answer.content.decode()


def test_an_administrator_manages_users_without_user_names(communicator, sam, card):
    client = signed_in(communicator, verified=True)
    listing = client.get("/beheer/users/").content.decode()
    assert "Sam de Vries" in listing
    assert "Ali Yilmaz" in listing
    assert client.get("/beheer/users/", {"q": "noor"}).status_code == 200
    form = client.get("/beheer/users/new/")
    assert form.status_code == 200
    assert b'name="username"' not in form.content
    assert b'name="password1"' not in form.content
    group = Group.objects.get(name="Editors")
    names = {"first_name": "Nina", "last_name": "Kok", "groups": [group.pk]}
    assert client.post("/beheer/users/new/", {**names, "email": "Nina@Example.org"}).status_code == 302
    nina = User.objects.get(email="nina@example.org")
    assert not nina.has_usable_password()
    assert second_factor.is_required(nina)
    assert client.get(f"/beheer/users/edit/{nina.pk}/").status_code == 200
    twice = client.post("/beheer/users/new/", {**names, "email": "NINA@example.org"})
    assert twice.status_code == 200


def test_an_address_changed_by_an_administrator_ends_that_persons_sessions(communicator, sam):
    theirs = signed_in(sam)
    signed_in(communicator, verified=True).post(
        f"/beheer/users/edit/{sam.pk}/",
        {"email": "other@example.org", "first_name": "Sam", "last_name": "de Vries", "is_active": "on"},
    )
    assert User.objects.get(pk=sam.pk).email == "other@example.org"
    assert theirs.get("/en/account/").status_code == 302


def test_a_password_sign_in_alone_cannot_open_what_was_signed_in_before(client, communicator):
    with_password(client, "communicator@example.org")
    assert client.get("/beheer/").url.startswith("/nl/account/tweede-stap/")
