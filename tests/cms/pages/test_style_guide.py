"""The style guide: for who may use the CMS and took the second step, with every component on it."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.test import Client

from cms.pages import style_guide
from tests.conftest import make_user, signed_in

ADDRESS = "/stijlgids/"


@pytest.fixture
def editor(db):
    person = make_user("editor@example.org", "Ed", "Prins")
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return person


def test_who_is_not_signed_in_is_sent_to_sign_in_and_comes_back(db):
    response = Client().get(ADDRESS)
    assert response.status_code == 302
    assert response.headers["Location"].endswith("/inloggen/?next=%2Fstijlgids%2F")


def test_for_who_may_not_use_the_cms_it_does_not_exist(sam):
    assert signed_in(sam).get(ADDRESS).status_code == 404
    assert signed_in(sam, verified=True).get(ADDRESS).status_code == 404


def test_an_editor_without_the_second_step_is_sent_to_take_it(editor):
    response = signed_in(editor).get(ADDRESS)
    assert response.status_code == 302
    assert "inloggen" in response.headers["Location"] or "stap" in response.headers["Location"]


def test_an_editor_sees_every_component_with_how_to_include_it(editor):
    response = signed_in(editor, verified=True).get(ADDRESS)
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    body = response.content.decode()
    files = {path.stem for path in (Path(settings.BASE_DIR) / "templates" / "components").glob("*.html")}
    missing = sorted(name for name in files if f'data-component="{name}"' not in body)
    assert missing == [], "give these a place in templates/pages/admin/style_guide/"
    for name in files:
        assert f"{{% include &quot;components/{name}.html&quot; %}}" in body


def test_every_component_says_what_it_is():
    silent = [part.name for part in style_guide.components().values() if not part.says]
    assert silent == []


def test_every_state_stands_on_it(editor):
    body = signed_in(editor, verified=True).get(ADDRESS).content.decode()
    for state in ("open", "done", "late", "expired", "wait", "planned", "ready", "live"):
        assert f'class="badge is-{state}"' in body
    for kind in ("ok", "warn", "error", "offline"):
        assert f"alert--{kind}" in body
    for size in ("callout--wide", "callout--s", "option--wait", "option--right", "option--wrong", "field--error"):
        assert size in body
