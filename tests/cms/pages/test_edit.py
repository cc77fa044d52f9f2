"""Editors write the public pages in the CMS, and see them before they publish."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.pages.models import ContentPage, HomePage
from tests.conftest import signed_in


@pytest.fixture
def editor(communicator):
    return signed_in(communicator, verified=True)


def test_an_editor_publishes_a_page_and_hostile_text_is_gone(pages, editor, client, django_capture_on_commit_callbacks):
    home = HomePage.objects.get(locale__language_code="nl")
    data = nested_form_data(
        {
            "title": "Nieuw",
            "slug": "nieuw",
            "intro": "Een inleiding.",
            "body": streamfield(
                [
                    ("text", rich_text('<p>tekst <a href="javascript:x()">x</a></p>')),
                    ("callout", {"heading": "Bel", "text": "", "channel": "politie"}),
                    ("signals", {"heading": "Let op", "items": streamfield([])}),
                ]
            ),
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
            "action-publish": "1",
        }
    )
    data |= {
        "body-2-value-items-count": "1",
        "body-2-value-items-0-deleted": "",
        "body-2-value-items-0-order": "0",
        "body-2-value-items-0-type": "",
        "body-2-value-items-0-id": "",
        "body-2-value-items-0-value-signal": "Een vreemd zegel",
        "body-2-value-items-0-value-action": "Bel je planner",
    }
    with django_capture_on_commit_callbacks(execute=True):
        response = editor.post(reverse("wagtailadmin_pages:add", args=["pages", "contentpage", home.pk]), data)
    assert response.status_code == 302, response.context["form"].errors
    body = client.get("/nl/nieuw/").content.decode()
    assert "Een vreemd zegel" in body
    assert "0900-8844" in body
    assert "javascript" not in body


@pytest.mark.parametrize("slug", ["nl", "privacy"])
def test_edit_screen_and_preview_open(pages, editor, slug):
    page = (HomePage if slug == "nl" else ContentPage).objects.get(slug=slug, locale__language_code="nl")
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    draft = editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert draft.status_code == 200
    assert page.title in draft.content.decode() or page.hero_title in draft.content.decode()


def test_a_draft_is_not_seen_by_visitors(pages, client):
    page = ContentPage.objects.get(slug="privacy", locale__language_code="nl")
    page.title = "Nog niet klaar"
    page.save_revision()
    assert "Nog niet klaar" not in client.get("/nl/privacy/").content.decode()
