"""A page that moves leaves its old address behind: who comes there is sent on."""

import pytest
from wagtail.models import Page, Site

from cms.pages.models import ContentPage, HomePage


@pytest.fixture
def parent(pages):
    home = HomePage.objects.get(locale__language_code="nl")
    page = ContentPage(title="Ouder", slug="ouder", intro="x", locale=home.locale)
    home.add_child(instance=page)
    page.add_child(instance=ContentPage(title="Kind", slug="kind", intro="x", locale=home.locale))
    assert Site.objects.get(is_default_site=True)
    return page


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    def to(page, slug):
        page = Page.objects.get(pk=page.pk).specific
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return to


def test_an_old_address_leads_on_for_good(parent, client, rename):
    rename(parent, "nieuw")
    response = client.get("/nl/ouder/")
    assert response.status_code == 301
    assert response.headers["Location"] == "/nl/nieuw/"
    assert client.get("/nl/nieuw/").status_code == 200


def test_pages_below_a_renamed_page_keep_their_old_addresses(parent, client, rename):
    rename(parent, "nieuw")
    response = client.get("/nl/ouder/kind/")
    assert (response.status_code, response.headers["Location"]) == (301, "/nl/nieuw/kind/")


def test_a_page_renamed_twice_is_found_at_both_old_addresses(parent, client, rename):
    rename(parent, "nieuw")
    rename(parent, "nieuwer")
    for old in ("/nl/ouder/", "/nl/nieuw/"):
        assert client.get(old).headers["Location"] == "/nl/nieuwer/"


def test_a_page_moved_elsewhere_leaves_its_old_address(parent, client):
    child = Page.objects.get(slug="kind")
    child.move(HomePage.objects.get(locale__language_code="nl"), pos="last-child")
    assert client.get("/nl/ouder/kind/").headers["Location"] == "/nl/kind/"
