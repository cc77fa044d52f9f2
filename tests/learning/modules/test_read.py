"""Reading a module: anyone, without a trace, from the edition."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.utils import timezone

from cms.pages import look
from cms.reporting.channels import channels_file
from learning.modules import rendered, starter
from learning.modules.models import Module
from learning.modules.release import release
from tests.conftest import signed_in
from tests.factories.module_pages import (
    first_release,
    lesson,
    make_home,
    make_index,
    make_page,
    published,
    question,
    text,
    translated,
)


@pytest.fixture
def slug(edition):
    return edition.texts.get(language="en").slug


def html(response):
    assert response.status_code == 200
    return response.content.decode()


def test_the_overview_and_its_lessons_are_open_to_anyone(client, slug):
    page = html(client.get(f"/en/modules/{slug}/"))
    assert "Drivers (en)" in page
    assert f"/en/modules/{slug}/on-the-road/" in page
    assert f"/en/mijn/toets/{slug}/" in page
    assert "Lesson 1 of 2" in html(client.get(f"/en/modules/{slug}/on-the-road/"))


@pytest.mark.parametrize("path", ["", "on-the-road/"])
def test_reading_leaves_no_trace_and_may_be_cached(client, slug, path):
    response = client.get(f"/en/modules/{slug}/{path}")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert "public" in response["Cache-Control"]
    assert "csrfmiddlewaretoken" not in response.content.decode()
    again = client.get(f"/en/modules/{slug}/{path}", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["", "parking/"])
def test_a_page_that_was_seen_before_costs_one_query_for_everyone(slug, path, sam, django_assert_num_queries):
    Client().get(f"/en/modules/{slug}/{path}")
    for client in (Client(), signed_in(sam)):
        with django_assert_num_queries(1):
            client.get(f"/en/modules/{slug}/{path}")


@pytest.mark.parametrize("path", ["", "parking/"])
def test_a_page_that_nobody_saw_yet_costs_three_queries(slug, path, django_assert_num_queries):
    rendered.forget()
    look.current()  # known for all pages until an administrator changes it
    with django_assert_num_queries(3):
        Client().get(f"/en/modules/{slug}/{path}")


def test_a_signed_in_person_gets_the_same_page(slug, sam):
    first, second = (c.get(f"/en/modules/{slug}/parking/").content for c in (Client(), signed_in(sam)))
    assert first == second


def test_lessons_lead_to_each_other_and_the_last_one_to_the_quiz(client, slug):
    first = html(client.get(f"/en/modules/{slug}/on-the-road/"))
    last = html(client.get(f"/en/modules/{slug}/parking/"))
    assert f'rel="next" href="/en/modules/{slug}/parking/"' in first
    assert f"/en/mijn/toets/{slug}/" not in first
    assert f'rel="prev" href="/en/modules/{slug}/on-the-road/"' in last
    assert f'href="/en/mijn/toets/{slug}/"' in last


def test_questions_that_count_and_their_key_never_stand_in_a_lesson(client, slug):
    for key in ("on-the-road", "parking"):
        page = html(client.get(f"/en/modules/{slug}/{key}/"))
        for part in ("(q1)", "(q2)", "Option q1", "Option q2", "Because of q1"):
            assert part not in page


def test_practice_stands_under_its_own_lesson_with_the_reason(client, slug):
    assert "(practice)" not in html(client.get(f"/en/modules/{slug}/on-the-road/"))
    page = html(client.get(f"/en/modules/{slug}/parking/"))
    assert "(practice)" in page
    assert page.count('<details class="choice"') == 3
    assert "Because of practice." in page


def test_a_scenario_opens_without_script(client, db):
    scenario = {
        "type": "scenario",
        "id": "abc",
        "value": {
            "situation": "A man asks you to take a parcel.",
            "question": "What do you do?",
            "choices": [
                {"type": "item", "id": "1", "value": {"text": "I say no.", "good": True, "feedback": "He leaves."}},
                {"type": "item", "id": "2", "value": {"text": "I take it.", "good": False, "feedback": "He is back."}},
            ],
        },
    }
    page = make_page("nl", lessons=[lesson("on-the-road", text(), scenario)], questions=[question()])
    first_release(page)
    shown = html(client.get(f"/nl/modules/{page.slug}/on-the-road/"))
    assert shown.count('<details class="choice" name="s-abc">') == 2
    assert "He leaves." in shown
    assert "<script" not in shown


def test_a_call_out_shows_what_the_page_melden_says(client, db, settings, tmp_path):
    settings.REPORTING_DIR = tmp_path
    channel = {"type": "channel", "id": "c", "value": {"channel": "m", "heading": "Know something?", "text": "Call."}}
    page = make_page("nl", lessons=[lesson("on-the-road", channel)], questions=[question()])
    first_release(page)
    shown = html(client.get(f"/nl/modules/{page.slug}/on-the-road/"))
    assert "Know something?" in shown
    assert "/nl/melden/" in shown
    live = {"name": "Meld Misdaad Anoniem", "number": "0800-7000", "href": "tel:08007000", "promise": "A promise."}
    channels_file("nl").write_text(json.dumps({"m": live}))
    shown = html(client.get(f"/nl/modules/{page.slug}/on-the-road/"))
    assert '<a class="number tel" href="tel:08007000" rel="noreferrer">0800-7000</a>' in shown
    assert "A promise." in shown


def test_each_language_has_its_own_address_and_knows_the_others(client, edition):
    nl, en = (edition.texts.get(language=language).slug for language in ("nl", "en"))
    page = html(client.get(f"/en/modules/{en}/parking/"))
    assert '<html lang="en">' in page
    assert f'hreflang="nl" href="http://localhost:8000/nl/modules/{nl}/parking/"' in page
    assert f'<a href="/nl/modules/{nl}/parking/" lang="nl" hreflang="nl">Nederlands</a>' in page


@pytest.mark.parametrize("path", ["nothing/", "nothing/parking/"])
def test_what_does_not_exist_is_not_found(client, edition, path):
    assert client.get(f"/en/modules/{path}").status_code == 404


def test_an_unknown_lesson_is_not_found(client, slug):
    assert client.get(f"/en/modules/{slug}/nothing/").status_code == 404


def test_a_module_that_was_not_released_is_not_found(client, page):
    assert client.get(f"/nl/modules/{page.slug}/").status_code == 404


def test_a_language_without_a_translation_is_not_found(client, page):
    first_release(page)
    assert client.get(f"/nl/modules/{page.slug}/").status_code == 200
    assert client.get(f"/en/modules/{page.slug}/").status_code == 404


def test_a_retired_module_is_not_found(client, slug):
    Module.objects.update(retired_at=timezone.now())
    assert client.get(f"/en/modules/{slug}/").status_code == 404


def test_an_old_address_leads_to_the_new_one(client, page):
    first_release(page)
    old = page.slug
    page.slug = "new-address"
    release(published(page), "clarified", None)
    assert client.get(f"/nl/modules/{old}/")["Location"] == "/nl/modules/new-address/"
    assert client.get(f"/nl/modules/{old}/parking/")["Location"] == "/nl/modules/new-address/parking/"


def test_only_reading_is_possible(client, slug):
    assert client.post(f"/en/modules/{slug}/").status_code == 405


def test_unchecked_text_says_so(client, db):
    page = make_page("en", checked=False)
    first_release(page)
    assert "Nobody has checked this text yet" in html(client.get(f"/en/modules/{page.slug}/"))
    checked = make_page("en")
    first_release(checked)
    assert "Nobody has checked" not in html(client.get(f"/en/modules/{checked.slug}/"))


def test_the_list_has_a_door_for_every_released_module(client, db):
    index = make_index("en")
    index.save_revision().publish()
    first_release(make_page("en", audience="kwekers", title="Growers"))
    first_release(make_page("en", audience="chauffeurs", title="Drivers"))
    make_page("en", title="Only published")
    context = index.get_context(None)
    assert [door.title for door in context["doors"]] == ["Drivers", "Growers"]
    assert context["doors"][0].drawing == "truck"


def test_every_lesson_of_the_starter_content_can_be_read(client, db):
    make_home("nl"), make_home("en")
    starter.load(demo=True)
    for module in Module.objects.select_related("current_edition"):
        for words in module.current_edition.texts.all():
            for each in words.lessons:
                page = html(client.get(f"/{words.language}/modules/{words.slug}/{each['key']}/"))
                assert page.count("<h1") == 1


def test_what_an_editor_wrote_is_shown_as_text(client, db):
    page = make_page("nl", title="<b>x</b>", lessons=[lesson("on-the-road", title="<i>y</i>")], questions=[question()])
    first_release(page)
    shown = html(client.get(f"/nl/modules/{page.slug}/on-the-road/"))
    assert "<b>x</b>" not in shown
    assert "<i>y</i>" not in shown


def test_the_page_itself_leads_to_the_edition(rf, page):
    response = page.serve(rf.get("/"))
    assert (response.status_code, response["Location"]) == (302, f"/nl/modules/{page.slug}/")


def test_a_translation_added_later_is_served_after_the_next_release(client, page):
    first_release(page)
    other = translated(page)
    assert client.get(f"/en/modules/{other.slug}/").status_code == 404
    release(page, "clarified", None)
    assert client.get(f"/en/modules/{other.slug}/").status_code == 200
