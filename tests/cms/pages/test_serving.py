"""Public pages: from the cache for who carries no cookie, live for everyone else, in one language only."""

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.pages import serving
from cms.pages.models import ContentPage, HomePage
from cms.reporting.models import ReportingChannel
from tests.conftest import signed_in

ADDRESSES = ["/nl/", "/en/", "/nl/privacy/", "/en/accessibility/"]


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_warm_page_costs_no_query(pages, client, address):
    cold = client.get(address)
    assert queries(client, address) == 0
    assert client.get(address).content == cold.content


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_visitor_who_only_reads_gets_no_cookie(pages, client, address):
    for _visit in range(2):
        response = client.get(address)
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken", "messages"])
def test_who_carries_a_cookie_of_ours_gets_a_page_of_now(pages, cookie):
    client = Client()
    client.get("/nl/")
    client.cookies[cookie] = "x" * 32
    assert queries(client, "/nl/") > 0


def test_an_address_with_a_question_mark_is_never_kept(pages, client):
    client.get("/nl/?a=1")
    assert queries(client, "/nl/?a=1") > 0


def test_a_signed_in_visit_is_never_kept_for_others(pages, sam, client, monkeypatch):
    stored = []
    monkeypatch.setattr(serving.cache, "set", lambda key, *args, **options: stored.append(key))

    def kept():
        return [key for key in stored if key.startswith("pages:") and key != "pages:stamp"]

    signed_in(sam).get("/nl/")
    assert kept() == []
    Client().get("/nl/")
    assert kept()


def test_what_an_editor_publishes_is_shown_at_once(pages, client, django_capture_on_commit_callbacks):
    client.get("/nl/privacy/")
    page = ContentPage.objects.get(slug="privacy", locale__language_code="nl")
    page.title = "Iets anders"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert "Iets anders" in client.get("/nl/privacy/").content.decode()


def test_what_is_taken_down_is_gone_at_once(pages, client, django_capture_on_commit_callbacks):
    client.get("/nl/privacy/")
    with django_capture_on_commit_callbacks(execute=True):
        ContentPage.objects.get(slug="privacy", locale__language_code="nl").unpublish()
    assert client.get("/nl/privacy/").status_code == 404


def test_a_changed_channel_shows_on_the_home_page_at_once(pages, client, django_capture_on_commit_callbacks):
    assert "0800-7000" in client.get("/nl/").content.decode()
    channel = ReportingChannel.objects.get(key="m", locale__language_code="nl")
    channel.name = "M., onder een nieuwe naam"
    with django_capture_on_commit_callbacks(execute=True):
        channel.save_revision().publish()
    assert "onder een nieuwe naam" in client.get("/nl/").content.decode()


def test_a_page_made_before_a_change_is_not_kept_after_it(pages, client, monkeypatch):
    """Somebody publishes while another's page is being made."""
    real = serving._serve_in_its_language

    def slow(request, path):
        response = real(request, path)
        response.render()
        serving.bump()
        return response

    monkeypatch.setattr(serving, "_serve_in_its_language", slow)
    client.get("/nl/")
    monkeypatch.setattr(serving, "_serve_in_its_language", real)
    assert queries(client, "/nl/") > 0


def test_a_lost_stamp_makes_every_page_fresh(pages, client):
    client.get("/nl/")
    cache.delete("pages:stamp")
    assert queries(client, "/nl/") > 0


def test_a_missing_page_is_not_kept(pages, client):
    assert client.get("/nl/bestaat-niet/").status_code == 404
    home = HomePage.objects.get(locale__language_code="nl")
    home.add_child(instance=ContentPage(title="Nu wel", slug="bestaat-niet", intro="x", locale=home.locale))
    assert client.get("/nl/bestaat-niet/").status_code == 200


def test_a_page_that_exists_in_dutch_only_is_not_shown_under_english(pages, client):
    home = HomePage.objects.get(locale__language_code="nl")
    home.add_child(instance=ContentPage(title="Alleen hier", slug="alleen-hier", intro="x", locale=home.locale))
    assert client.get("/nl/alleen-hier/").status_code == 200
    assert client.get("/en/alleen-hier/").status_code == 404


def test_without_an_english_home_page_english_addresses_show_nothing_dutch(pages, client):
    HomePage.objects.get(locale__language_code="en").delete()
    assert client.get("/nl/").status_code == 200
    assert client.get("/en/").status_code == 404
    assert client.get("/en/privacy/").status_code == 404


def test_each_language_names_the_others(pages, client):
    body = client.get("/nl/privacy/").content.decode()
    assert '<link rel="alternate" hreflang="en" href="http://localhost:8000/en/privacy/">' in body
    assert '<link rel="alternate" hreflang="nl" href="http://localhost:8000/nl/privacy/">' in body
    assert '<link rel="canonical" href="http://localhost:8000/nl/privacy/">' in body
    assert '<a href="/en/privacy/" lang="en" hreflang="en">English</a>' in body


def test_the_wagtail_sign_in_form_leads_to_ours(pages, client):
    response = client.get("/nl/_util/login/?next=/nl/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/nl/inloggen/")


def test_a_page_is_made_anew_after_a_minute_and_kept_again(pages, client):
    """What no signal tells of (another room's list, a day that passed) shows within a minute."""
    with time_machine.travel("2026-11-21 12:00:00+00:00", tick=False) as clock:
        client.get("/nl/")
        assert queries(client, "/nl/") == 0
        clock.shift(serving.SECONDS_KEPT + 1)
        assert queries(client, "/nl/") > 0
        assert queries(client, "/nl/") == 0
        clock.shift(serving.SECONDS_KEPT + 1)
        assert queries(client, "/nl/") > 0
        assert queries(client, "/nl/") == 0
