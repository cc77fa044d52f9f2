"""What machines ask: sitemap, robots, security.txt."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from cms.pages import crawlers
from cms.pages.models import ContentPage, HomePage

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
BASE = "http://localhost:8000"


def rows(client, address="/sitemap.xml"):
    """Each address of a sitemap, with its last change and its languages."""
    response = client.get(address)
    assert response.headers["Content-Type"] == "application/xml"
    tree = ElementTree.fromstring(response.content)
    return {
        row.find("s:loc", NAMES).text: (
            row.findtext("s:lastmod", None, NAMES),
            {link.get("hreflang"): link.get("href") for link in row.findall("x:link", NAMES)},
        )
        for row in tree.findall("s:url", NAMES)
    }


def test_the_sitemap_names_every_public_page_with_its_languages(pages, client):
    found = rows(client)
    for address in ("/nl/", "/en/", "/nl/privacy/", "/en/accessibility/", "/nl/melden/", "/en/report/"):
        assert BASE + address in found
    changed, languages = found[f"{BASE}/nl/privacy/"]
    assert {code: languages[code] for code in ("nl", "en")} == {
        "nl": f"{BASE}/nl/privacy/",
        "en": f"{BASE}/en/privacy/",
    }
    assert languages == found[f"{BASE}/en/privacy/"][1]
    page = ContentPage.objects.get(slug="privacy", locale__language_code="nl")
    assert datetime.fromisoformat(changed) == page.last_published_at


def test_the_sitemap_holds_no_draft_and_nothing_restricted(pages, client):
    ContentPage.objects.get(slug="over").unpublish()
    restricted = Page.objects.get(slug="privacy", locale__language_code="nl")
    PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)
    found = rows(client)
    assert f"{BASE}/nl/over/" not in found
    assert f"{BASE}/nl/privacy/" not in found
    assert f"{BASE}/nl/privacy/" not in found[f"{BASE}/en/privacy/"][1].values()


def test_a_large_site_is_spread_over_files(pages, client, monkeypatch):
    whole = rows(client)
    monkeypatch.setattr(crawlers, "PER_FILE", 7)
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    parts = [row.text.removeprefix(BASE) for row in index.iterfind(".//s:loc", NAMES)]
    assert len(parts) > 1
    together = {}
    for part in parts:
        found = rows(client, part)
        assert not together.keys() & found.keys()
        together |= found
    assert together == whole
    assert client.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


def test_the_sitemap_costs_the_same_however_many_pages(pages, client):
    client.get("/sitemap.xml")
    with CaptureQueriesContext(connection) as few:
        client.get("/sitemap.xml")
    home = HomePage.objects.get(locale__language_code="nl")
    for number in range(10):
        home.add_child(instance=ContentPage(title=f"P{number}", slug=f"p{number}", intro="x", locale=home.locale))
    with CaptureQueriesContext(connection) as many:
        client.get("/sitemap.xml")
    assert len(many) == len(few)


def test_robots_are_kept_out_of_peoples_screens(client):
    body = client.get("/robots.txt").content.decode()
    for address in ("/beheer/", "/*/mijn/", "/*/werkgever/", "/c/", "/start/", "/q/"):
        assert f"Disallow: {address}" in body
    assert f"Sitemap: {BASE}/sitemap.xml" in body
    assert "melden" not in body


def test_security_txt_has_what_rfc_9116_asks(client):
    response = client.get("/.well-known/security.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = [line.split(": ", 1) for line in response.content.decode().splitlines()]
    names = [name for name, _value in fields]
    found = dict(fields)
    assert names.count("Expires") == 1
    assert names.count("Preferred-Languages") == 1
    assert found["Contact"].startswith(("mailto:", "https://"))
    assert found["Canonical"] == f"{settings.BASE_URL}/.well-known/security.txt"
    expires = datetime.fromisoformat(found["Expires"])
    assert expires.tzinfo is not None
    assert (expires - datetime.now(UTC)).days <= 366
    assert expires > datetime.now(UTC)


@pytest.mark.parametrize("address", ["/sitemap.xml", "/robots.txt", "/.well-known/security.txt"])
def test_machines_only_read(db, client, address):
    assert client.post(address).status_code == 405
    assert not client.get(address).cookies
