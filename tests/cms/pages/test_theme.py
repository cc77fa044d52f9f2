"""A partner's theme: a few tokens, refused while a pair of colours is hard to read, worn at once by every page."""

import gzip
import re
import time

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from cms.pages import look, look_contrast, look_tokens, remembered
from cms.pages.models import LookSettings, PartnerTheme
from tests.conftest import make_user, signed_in

GREEN = {"light_button": "#14532d", "light_button_hover": "#0f3d21", "light_button_active": "#0a2916"}
TOKENS = """
/* A partner's colours */
:root {
  --basis-color-action-1-inverse-bg-default: #14532D;
  --nl-button-border-radius: 0;
}
@media (prefers-color-scheme: dark) {
  :root { --basis-color-action-1-inverse-bg-default: #bbf7d0; }
}
"""


@pytest.fixture
def theme(db):
    return PartnerTheme.objects.create(name="Gemeente Havendam", **GREEN)


@pytest.fixture
def administrator(db):
    return make_user("beheer@example.org", "Bo", "Visser", is_staff=True, is_superuser=True)


def choose(theme):
    settings = LookSettings.load()
    settings.theme = theme
    settings.save()


def address(client, page="/nl/"):
    return re.search(r'<link rel="stylesheet" href="([^"]+)">', client.get(page).content.decode()).group(1)


def test_contrast_is_counted_as_wcag_counts_it():
    assert look_contrast.ratio("#000000", "#ffffff") == pytest.approx(21)
    assert look_contrast.ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert look_contrast.ratio("#ffffff", "#777777") == look_contrast.ratio("#777777", "#ffffff")


def test_our_own_look_passes_every_pair_in_both_schemes():
    assert look_contrast.failures({}) == []
    for scheme in look_tokens.SCHEMES:
        assert {token for pair in look_contrast.PAIRS for token in pair[:2]} <= set(look_tokens.defaults()[scheme])


def test_every_token_that_a_theme_sets_is_in_a_pair():
    paired = {token for pair in look_contrast.PAIRS for token in pair[:2]}
    assert set(look_tokens.COLOURS.values()) <= paired


def test_a_pair_that_fails_is_named_with_what_it_reaches_and_what_it_needs(db):
    theme = PartnerTheme(name="Bleek", light_link="#8fb8d0")
    with pytest.raises(ValidationError) as refused:
        theme.full_clean()
    said = refused.value.message_dict["light_link"]
    on_page = next(text for text in said if "--basis-color-default-bg-document" in text)
    ratio = look_contrast.ratio("#8fb8d0", look_tokens.defaults()["light"]["--basis-color-default-bg-document"])
    assert "--basis-color-action-1-color-default" in on_page
    assert f"{int(ratio * 100) / 100:.2f}" in on_page
    assert "4.5" in on_page


def test_the_dark_scheme_is_checked_by_itself(db):
    theme = PartnerTheme(name="Donker", dark_document="#9aa5a8")
    with pytest.raises(ValidationError) as refused:
        theme.full_clean()
    assert set(refused.value.message_dict) == {"dark_document"}
    PartnerTheme(name="Licht", dark_document="#001018").full_clean()


def test_a_colour_is_a_hash_and_six_digits(db):
    with pytest.raises(ValidationError) as refused:
        PartnerTheme(name="Fout", light_link="red;}body{display:none").full_clean()
    assert "light_link" in refused.value.message_dict


def test_a_file_of_tokens_sets_the_fields_of_a_theme():
    assert look_tokens.read_file(TOKENS) == {
        "light_button": "#14532d",
        "dark_button": "#bbf7d0",
        "button_radius": "0",
    }


@pytest.mark.parametrize(
    "text",
    [
        ":root { --weerbaar-meldbar-background-color: #ffffff; }",
        ":root { --basis-focus-outline-color: #ffffff; }",
        ":root { --basis-color-negative-color-default: #ffffff; }",
        ":root { --basis-color-action-1-color-default: url(https://elsewhere.example/x); }",
        ":root { --basis-color-action-1-color-default: #0f4f5c; color: red; }",
        ":root { --basis-color-action-1-color-default: #0f4f5c; } body { display: none; }",
        "@import 'https://elsewhere.example/x.css'; :root { --basis-color-action-1-color-default: #0f4f5c; }",
        ":root { --basis-heading-font-family: 'Webfont'; }",
        "nothing",
        "",
    ],
)
def test_a_file_may_set_nothing_else(text):
    with pytest.raises(ValidationError):
        look_tokens.read_file(text)


@pytest.mark.parametrize(
    "text",
    [
        ":root {--a: b" + " " * 60_000 + "x}",
        ":root {" + " " * 60_000 + "x}",
        ":root {" + "-" * 60_000 + "}",
        "/*" * 30_000,
    ],
    ids=["after a value", "before a name", "dashes", "comments"],
)
def test_a_file_made_to_take_long_is_refused_at_once(text):
    began = time.monotonic()
    with pytest.raises(ValidationError):
        look_tokens.read_file(text)
    assert time.monotonic() - began < 5


def test_what_a_file_may_not_set_is_named():
    with pytest.raises(ValidationError) as refused:
        look_tokens.read_file(":root { --weerbaar-meldbar-background-color: #ffffff; }")
    assert "--weerbaar-meldbar-background-color" in " ".join(refused.value.messages)


def test_pages_wear_the_theme_at_once_at_an_address_of_its_own(
    pages, theme, client, django_capture_on_commit_callbacks
):
    assert "css/base.css" in address(client)
    with django_capture_on_commit_callbacks(execute=True):
        choose(theme)
    first = address(client)
    assert re.fullmatch(r"/look/[0-9a-f]{16}\.css", first)
    response = client.get(first)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in response.headers["Cache-Control"]
    css = response.content.decode()
    assert "--basis-color-action-1-inverse-bg-default:" in css
    assert "#14532d" in css
    assert ".meldbar{" in css
    theme.light_button = "#123456"
    with django_capture_on_commit_callbacks(execute=True):
        theme.save()
    second = address(client)
    assert second != first
    old = client.get(first)
    assert (old.status_code, old.headers["Location"]) == (302, second)
    with django_capture_on_commit_callbacks(execute=True):
        theme.delete()
    assert "css/base.css" in address(client)


def test_another_process_wears_it_too(pages, theme, monkeypatch, django_capture_on_commit_callbacks):
    there, here = {}, {}
    monkeypatch.setattr(remembered, "_at_hand", there)
    assert "base.css" in look.current().address
    monkeypatch.setattr(remembered, "_at_hand", here)
    with django_capture_on_commit_callbacks(execute=True):
        choose(theme)
    monkeypatch.setattr(remembered, "_at_hand", there)
    assert look.current().address.startswith("/look/")


def test_it_travels_compressed_and_costs_no_query_while_nothing_changes(pages, theme, client):
    choose(theme)
    at = look.current().address
    with CaptureQueriesContext(connection) as asked:
        response = client.get(at, headers={"accept-encoding": "gzip"})
    assert len(asked) == 0
    assert response.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response.headers["Vary"]
    assert gzip.decompress(response.content) == client.get(at).content
    assert len(response.content) < 12 * 1024


def test_nothing_in_it_loads_from_elsewhere(theme):
    theme.heading_font, theme.button_radius = "serif", 4
    css = look.style_sheet(theme)
    assert "@import" not in css
    assert re.findall(r"url\((?!\"data:image/webp)", css) == []
    assert "--nl-button-border-radius: 4px" in css


def test_what_is_set_for_the_light_scheme_stays_out_of_the_dark_one(theme):
    css = look.style_sheet(theme)
    own = css[css.rindex("@media print,(prefers-color-scheme: light)") :]
    assert own.index("#14532d") < own.index("@media screen and (prefers-color-scheme: dark)")


def test_the_reporting_page_keeps_its_own_look(pages, theme, client, django_capture_on_commit_callbacks):
    before = client.get("/nl/melden/").content
    with django_capture_on_commit_callbacks(execute=True):
        choose(theme)
    assert client.get("/nl/melden/").content == before


def test_a_logo_has_a_name_and_costs_no_request(pages, theme, client, django_capture_on_commit_callbacks):
    theme.logo = Image.objects.create(title="logo", file=get_test_image_file(size=(160, 80)))
    with pytest.raises(ValidationError) as refused:
        theme.full_clean()
    assert set(refused.value.message_dict) == {"logo_name"}
    theme.logo_name = "Gemeente Havendam"
    theme.full_clean()
    theme.save()
    with django_capture_on_commit_callbacks(execute=True):
        choose(theme)
    body = client.get("/nl/").content.decode()
    assert '<span class="partnerlogo" role="img" aria-label="Gemeente Havendam"></span>' in body
    assert "<img" not in body[body.index("<header") : body.index("</header>")]
    assert "data:image/webp;base64," in client.get(address(client)).content.decode()


def test_an_administrator_saves_a_theme_in_the_cms_from_a_file(administrator):
    browser = signed_in(administrator, verified=True)
    add = "/beheer/snippets/pages/partnertheme/add/"
    assert 'type="file"' in browser.get(add).content.decode()
    file = SimpleUploadedFile("theme.css", TOKENS.encode(), content_type="text/css")
    empty = {f"{scheme}_{name}": "" for scheme in look_tokens.SCHEMES for name in look_tokens.COLOURS}
    fields = {"name": "Havendam", "heading_font": "", "button_radius": "", "logo": "", "logo_name": "", **empty}
    response = browser.post(add, {**fields, "token_file": file})
    assert response.status_code == 302, response.context["form"].errors
    theme = PartnerTheme.objects.get(name="Havendam")
    assert (theme.light_button, theme.dark_button, theme.button_radius) == ("#14532d", "#bbf7d0", 0)


def test_a_theme_that_fails_is_not_saved_and_says_why_in_the_cms(administrator):
    browser = signed_in(administrator, verified=True)
    fields = {"name": "Bleek", "heading_font": "", "button_radius": "", "logo": "", "logo_name": ""}
    empty = {f"{scheme}_{name}": "" for scheme in look_tokens.SCHEMES for name in look_tokens.COLOURS}
    file = SimpleUploadedFile("x.css", b":root { --basis-focus-outline-color: #ffffff; }", content_type="text/css")
    response = browser.post(
        "/beheer/snippets/pages/partnertheme/add/", {**fields, **empty, "light_button_text": "#888888"}
    )
    assert response.status_code == 200
    assert "--basis-color-action-1-inverse-color-default" in response.content.decode()
    response = browser.post("/beheer/snippets/pages/partnertheme/add/", {**fields, **empty, "token_file": file})
    assert "--basis-focus-outline-color" in response.content.decode()
    assert not PartnerTheme.objects.exists()
