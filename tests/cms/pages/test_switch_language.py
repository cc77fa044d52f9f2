"""The language switch keeps you on the page, and says so where the page isn't there yet."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, PageViewRestriction

from cms.pages.models import ContentPage, HomePage
from cms.pages.starter.tree import key


@pytest.fixture
def only_dutch(pages):
    """A live page that exists in Dutch only, and a front page in Polish."""
    home = HomePage.objects.get(locale__language_code="nl")
    page = home.add_child(instance=ContentPage(title="Alleen hier", slug="alleen-hier", intro="Inleiding."))
    polish, _created = Locale.objects.get_or_create(language_code="pl")
    if not HomePage.objects.filter(locale=polish).exists():
        front = home.copy_for_translation(polish)
        front.live = True
        front.save()
    return page


def switch(body):
    """Language and address of each link of the switch."""
    part = body[body.index('class="langs"') : body.index("</details>")]
    return {code: url for url, code in re.findall(r'href="([^"]+)" lang="(\w+)"', part)}


def test_the_switch_leads_to_the_same_page_or_to_where_it_says_that_it_is_not_there(only_dutch, client):
    links = switch(client.get("/nl/privacy/").content.decode())
    assert links["en"] == "/en/privacy/"
    links = switch(client.get("/nl/alleen-hier/").content.decode())
    assert links["en"] == f"/en/nog-niet/{only_dutch.pk}/"
    assert links["pl"] == f"/pl/nog-niet/{only_dutch.pk}/"


def test_each_language_is_named_in_itself_and_the_current_one_is_marked(only_dutch, client):
    body = client.get("/nl/privacy/").content.decode()
    assert '<span lang="nl" aria-current="true">Nederlands</span>' in body
    assert re.search(r'<a href="/pl/[^"]*" lang="pl" hreflang="pl">Polski</a>', body)


def test_a_language_without_a_front_page_is_not_listed(only_dutch, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        HomePage.objects.get(locale__language_code="pl").unpublish()
    links = switch(client.get("/nl/alleen-hier/").content.decode())
    assert "pl" not in links
    assert "en" in links
    assert client.get(f"/pl/nog-niet/{only_dutch.pk}/").status_code == 404


def test_the_page_says_in_which_languages_it_is_and_search_engines_skip_it(only_dutch, client):
    response = client.get(f"/en/nog-niet/{only_dutch.pk}/")
    body = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="en">' in body
    assert '<meta name="robots" content="noindex">' in body
    main = body[body.index("<main") : body.index("</main>")]
    assert re.search(r'href="/nl/alleen-hier/"\s+lang="nl"', main)
    assert 'href="/en/"' in main
    assert switch(body)["nl"] == "/nl/alleen-hier/"


def test_it_is_kept_like_a_page_and_gone_when_the_page_is_there(only_dutch, client, django_capture_on_commit_callbacks):
    address = f"/en/nog-niet/{only_dutch.pk}/"
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    assert len(asked) == 0
    with django_capture_on_commit_callbacks(execute=True):
        page = only_dutch.copy_for_translation(Locale.objects.get(language_code="en"))
        page.slug = "only-here"
        page.save_revision().publish()
    response = client.get(address)
    assert response.status_code == 302
    assert response.headers["Location"] == "/en/only-here/"


def test_nobody_learns_of_a_draft_or_of_a_page_for_some_people(only_dutch, client):
    restriction = PageViewRestriction.objects.create(page=only_dutch, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(f"/en/nog-niet/{only_dutch.pk}/").status_code == 404
    restriction.delete()
    only_dutch.unpublish()
    assert client.get(f"/en/nog-niet/{only_dutch.pk}/").status_code == 404
    assert client.get("/en/nog-niet/999999/").status_code == 404


def test_outside_the_page_tree_the_switch_leads_to_front_pages_or_the_same_screen(only_dutch, client):
    links = switch(client.get("/nl/bestaat-niet/").content.decode())
    assert links["en"] == "/en/"
    assert "nog-niet" not in str(links)


def test_search_engines_are_told_of_every_language_and_where_to_choose(only_dutch, client):
    body = client.get("/nl/privacy/").content.decode()
    found = dict(re.findall(r'hreflang="([\w-]+)" href="(http[^"]+)"', body))
    assert found["nl"] == "http://localhost:8000/nl/privacy/"
    assert found["en"] == "http://localhost:8000/en/privacy/"
    assert found["pl"] == "http://localhost:8000/pl/prywatnosc/"
    assert found["x-default"] == found["nl"]
    dutch = dict(re.findall(r'hreflang="([\w-]+)" href="(http[^"]+)"', client.get("/nl/alleen-hier/").content.decode()))
    assert "pl" not in dutch
    home = dict(re.findall(r'hreflang="([\w-]+)" href="(http[^"]+)"', client.get("/nl/").content.decode()))
    assert home["x-default"] == "http://localhost:8000/"


def test_others_get_a_name_a_sentence_and_our_own_picture(pages, client):
    body = client.get("/nl/privacy/").content.decode()
    page = ContentPage.objects.get(slug="privacy", locale__language_code="nl")
    og = dict(re.findall(r'<meta property="og:([\w:]+)" content="([^"]*)">', body))
    assert og["title"] == page.title
    assert og["description"] == page.intro
    assert og["url"] == "http://localhost:8000/nl/privacy/"
    assert og["locale"] == "nl_NL"
    assert og["image"].startswith("http://localhost:8000/static/img/share")
    assert (og["image:width"], og["image:height"]) == ("1200", "630")
    assert f'<meta name="description" content="{page.intro}">' in body
    page.search_description = "Wat zoekers lezen."
    page.save_revision().publish()
    assert 'content="Wat zoekers lezen."' in client.get("/nl/privacy/?x").content.decode()


def test_the_reporting_page_says_nothing_of_itself_to_others(pages, client):
    body = client.get("/nl/melden/").content.decode()
    assert "og:" not in body
    assert "rss" not in body


def test_a_public_page_names_no_translation_that_only_some_people_may_see(pages, client):
    english = ContentPage.objects.get(translation_key=key("privacy"), locale__language_code="en")
    assert english.url in client.get("/nl/privacy/").content.decode()
    PageViewRestriction.objects.create(page=english, restriction_type=PageViewRestriction.LOGIN)
    cache.clear()
    body = client.get("/nl/privacy/").content.decode()
    assert english.url not in body
    assert 'hreflang="pl"' in body
