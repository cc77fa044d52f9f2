"""A preview shows what a learner would get, in each language, finished or not."""

from __future__ import annotations

import pytest
from django.urls import reverse

from learning.modules.pages import ModulePage
from tests.factories.module_pages import first_release, lesson, make_image, make_page, question, text


def body(response):
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("which", [0, 1])
def test_a_draft_is_shown_in_its_own_language(pair, editor, which):
    page = pair[which]
    page.title = "A draft title"
    page.save_revision()
    address = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    shown = body(editor.get(address))
    assert "A draft title" in shown
    assert f'<html lang="{page.locale.language_code}">' in shown


def test_a_preview_of_a_lesson_is_what_a_learner_gets(editor, db, client):
    image = make_image()
    blocks = [
        text("<p>Call your <b>planner</b>.</p>"),
        {"type": "image", "id": "a", "value": {"image": image.pk, "alt": "A quay"}},
    ]
    page = make_page(
        "en", lessons=[lesson("on-the-road", *blocks)], questions=[question(), question("p", graded=False)]
    )
    first_release(page)
    preview = body(editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]) + "?mode=lesson-1"))
    real = body(client.get(f"/en/modules/{page.slug}/on-the-road/"))

    def main(html):
        return html[html.index('<article class="card"') : html.index("</main>")]

    def without_files(html):
        return [line for line in main(html).splitlines() if "/media/" not in line]

    assert "This is a preview" in preview
    assert without_files(preview) == without_files(real)


def test_a_preview_may_be_framed_by_the_cms(pair, editor):
    response = editor.get(reverse("wagtailadmin_pages:view_draft", args=[pair[0].pk]))
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]


def test_a_preview_of_an_empty_page_does_not_fail(db, rf):
    page = ModulePage(title="", slug="", locale=make_page("nl").locale)
    for mode in ("overview", "questions", "lesson-1", "lesson-x", "nonsense"):
        assert body(page.serve_preview(rf.get("/"), mode))


def test_a_preview_of_a_half_done_page_does_not_fail(db, rf):
    empty = {
        "text": {"heading": "", "html": ""},
        "image": {"image": None, "alt": ""},
        "drawing": {"drawing": None, "alt": ""},
        "signals": {"heading": "", "items": []},
        "scenario": {"situation": "", "question": "", "choices": []},
        "channel": {"channel": None, "heading": "", "text": ""},
        "video": {"video": None, "caption": ""},
    }
    blocks = [{"type": kind, "value": value} for kind, value in empty.items()]
    bare = {"type": "lesson", "value": {"key": "", "title": "", "summary": "", "source": "", "body": blocks}}
    ask = {"type": "question", "value": {"key": "", "kind": None, "lesson": "", "stem": "", "options": []}}
    page = ModulePage(title="x", slug="x", locale=make_page("nl").locale, lessons=[bare, bare], questions=[ask])
    for mode, _label in page.preview_modes:
        assert body(page.serve_preview(rf.get("/"), mode))


def test_every_lesson_and_the_questions_can_be_previewed(page):
    assert [mode for mode, _label in page.preview_modes] == ["overview", "lesson-1", "lesson-2", "questions"]


def test_questions_and_answers_are_for_editors(page, editor):
    shown = body(editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]) + "?mode=questions"))
    assert "(q1)" in shown
    assert "(q2)" in shown
