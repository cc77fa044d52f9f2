"""Menu, footer and the way back up: from the page tree, at no query while nothing changes, right at once after."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from cms.pages import menus, navigation, remembered, stamp
from cms.pages.models import ContentPage, HomePage
from tests.conftest import signed_in


@pytest.fixture
def home(pages):
    return HomePage.objects.get(locale__language_code="en")


@pytest.fixture
def in_menu(home, django_capture_on_commit_callbacks):
    """A page that an editor put in the menu, and one that is not in it."""
    with django_capture_on_commit_callbacks(execute=True):
        first = ContentPage(title="Menu first", slug="menu-first", intro="x", locale=home.locale, show_in_menus=True)
        other = ContentPage(title="Menu none", slug="menu-none", intro="x", locale=home.locale)
        home.add_child(instance=first)
        home.add_child(instance=other)
    return first


def nav(response):
    body = response.content.decode()
    start = body.index('<ul id="menu"')
    return body[start : body.index("</nav>", start)]


def test_the_menu_shows_what_an_editor_put_in_it_in_the_order_of_the_tree(in_menu, home, client):
    second = home.add_child(
        instance=ContentPage(title="Menu second", slug="menu-second", intro="x", locale=home.locale, show_in_menus=True)
    )
    stamp.bump()
    shown = nav(client.get("/en/"))
    assert shown.index("/en/menu-first/") < shown.index("/en/menu-second/")
    assert "menu-none" not in shown
    second.move(in_menu, "left")
    stamp.bump()
    shown = nav(client.get("/en/"))
    assert shown.index("/en/menu-second/") < shown.index("/en/menu-first/")


def test_the_menu_marks_where_you_are(in_menu, home, client):
    in_menu.add_child(instance=ContentPage(title="Below", slug="below", intro="x", locale=home.locale))
    assert '<a href="/en/menu-first/" aria-current="page">' in nav(client.get("/en/menu-first/"))
    assert '<a href="/en/menu-first/" aria-current="true">' in nav(client.get("/en/menu-first/below/"))
    assert '<a href="/en/menu-first/">' in nav(client.get("/en/privacy/"))


@pytest.mark.parametrize("address", ["/en/inloggen/", "/en/nothing-here/", "/en/privacy/"])
def test_every_page_has_the_same_menu(in_menu, client, address):
    assert "/en/menu-first/" in nav(client.get(address))


def test_a_draft_is_in_no_menu(in_menu, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        in_menu.unpublish()
    assert "menu-first" not in nav(client.get("/en/inloggen/"))


def test_a_change_shows_in_the_menu_at_once(in_menu, client, django_capture_on_commit_callbacks):
    assert "Menu first" in nav(client.get("/en/inloggen/"))
    in_menu.title = "Menu renamed"
    with django_capture_on_commit_callbacks(execute=True):
        in_menu.save_revision().publish()
    assert "Menu renamed" in nav(client.get("/en/inloggen/"))


def test_another_process_shows_the_change_too(in_menu, home, monkeypatch, django_capture_on_commit_callbacks):
    """Two processes share the cache, and nothing at hand."""
    here, there = {}, {}
    monkeypatch.setattr(remembered, "_at_hand", there)
    assert "Menu first" in [item["label"] for item in menus.frame("en").menu]
    monkeypatch.setattr(remembered, "_at_hand", here)
    in_menu.title = "Menu renamed"
    with django_capture_on_commit_callbacks(execute=True):
        in_menu.save_revision().publish()
    monkeypatch.setattr(remembered, "_at_hand", there)
    assert "Menu renamed" in [item["label"] for item in menus.frame("en").menu]


def test_menu_and_footer_cost_no_query_while_nothing_changes(in_menu, sam):
    menus.frame("en")
    with CaptureQueriesContext(connection) as asked:
        assert menus.frame("en").menu
        assert menus.frame("en").footer
        assert navigation.front_pages()
    assert len(asked) == 0


def test_a_signed_in_person_pays_no_query_for_the_menu(in_menu, sam):
    browser = signed_in(sam)
    browser.get("/en/account/")

    def tables(captured):
        return [query["sql"] for query in captured if "wagtailcore_page" in query["sql"]]

    with CaptureQueriesContext(connection) as warm:
        browser.get("/en/account/")
    assert tables(warm) == []
    cache.clear()
    with CaptureQueriesContext(connection) as cold:
        browser.get("/en/account/")
    assert tables(cold) != []


def test_breadcrumbs_lead_up_the_tree_and_machines_can_read_them(in_menu, home, client):
    in_menu.add_child(instance=ContentPage(title="Below", slug="below", intro="x", locale=home.locale))
    body = client.get("/en/menu-first/below/").content.decode()
    crumbs = body[body.index('class="crumbs') : body.index("<main")]
    assert 'itemtype="https://schema.org/BreadcrumbList"' in crumbs
    assert '<a itemprop="item" href="/en/menu-first/"><span itemprop="name">Menu first</span></a>' in crumbs
    assert crumbs.count('itemprop="position"') == 3
    assert crumbs.index("Menu first") < crumbs.index('aria-current="page"') < crumbs.index("Below")


def test_a_front_page_has_no_breadcrumbs(pages, client):
    assert 'class="crumbs' not in client.get("/en/").content.decode()


def test_a_way_up_that_is_taken_down_is_no_link(in_menu, home):
    below = in_menu.add_child(instance=ContentPage(title="Below", slug="below", intro="x", locale=home.locale))
    Page.objects.filter(pk=in_menu.pk).update(live=False)
    assert navigation.breadcrumbs(below)[0] == {"label": "Menu first", "url": ""}


def test_a_missing_page_offers_search_menu_and_number_in_the_language_of_its_address(in_menu):
    for language in ("en", "nl"):
        response = Client().get(f"/{language}/nothing-here/")
        body = response.content.decode()
        assert response.status_code == 404
        assert f'<html lang="{language}">' in body
        assert f'action="/{language}/zoeken/"' in body
        assert 'name="q"' in body
        assert "csrfmiddlewaretoken" not in body
        assert f'href="/{language}/modules/"' in body
        assert 'href="tel:08007000"' in body
