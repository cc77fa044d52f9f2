"""A translation that no translator has checked says so, wherever somebody reads or releases it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from learning.modules import changes
from learning.modules.models import Edition, EditionText
from learning.modules.release import candidate_of, content_hash, release
from tests.factories.module_pages import first_release, lesson, make_page, published, question, translated

SAYS_SO = "This translation still has to be checked by a translator."


def shown(language: str, *lesson_key: str) -> str:
    text = EditionText.objects.filter(language=language).latest("edition_id")
    name = "modules:lesson" if lesson_key else "modules:overview"
    address = reverse(name, args=[text.slug, *lesson_key]).replace("/en/", f"/{language}/", 1)
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def marked(page):
    """Dutch, and an English and a Polish translation that nobody has checked."""
    for language in ("en", "pl"):
        translated(page, language, title=f"Drivers ({language})", translation_to_check=True)
    first_release(page)
    return page


def test_overview_and_lesson_say_so_in_the_language_of_the_page(marked):
    for body in (shown("en"), shown("en", "on-the-road")):
        assert SAYS_SO in body
        assert '<html lang="en"' in body
    for body in (shown("pl"), shown("pl", "on-the-road")):
        assert "data-to-check" in body
        assert '<html lang="pl"' in body
        assert SAYS_SO not in body


def test_the_source_says_nothing_of_the_kind(marked):
    assert "data-to-check" not in shown("nl")


def test_it_goes_when_a_translator_has_checked_it(marked):
    page = marked.get_translations().get(locale__language_code="en")
    page.translation_to_check = False
    published(page)
    release(marked, Edition.Kind.TYPO, None)
    assert "data-to-check" not in shown("en")
    assert "data-to-check" in shown("pl")


def test_the_release_screen_says_which_languages_it_is(page, editor):
    translated(page, "pl", translation_to_check=True)
    body = editor.get(reverse("modules_release", args=[page.pk])).content.decode()
    assert "pl (not checked) (translation to check)" in body
    assert "nl (" not in body


def test_the_release_screen_shows_that_the_mark_goes(marked):
    before = list(EditionText.objects.values())
    page = marked.get_translations().get(locale__language_code="en")
    page.translation_to_check = False
    published(page)
    [changed] = changes.text_changes(before, candidate_of(marked).texts)
    assert [change.what for change in changed.changes] == ["Translation to check"]


def test_a_module_in_six_languages_and_one_in_two_are_both_released(db):
    drivers = make_page("nl", lessons=[lesson()], questions=[question("q1")])
    for language in ("en", "pl", "ro", "de", "uk"):
        translated(drivers, language, slug=f"drivers-{language}")
    growers = make_page("nl", audience="kwekers")
    translated(growers, "en", slug="growers-en")
    assert first_release(drivers).texts.count() == 6
    assert first_release(growers).texts.count() == 2


def test_a_translation_that_lacks_a_question_still_keeps_a_release_back(db):
    page = make_page("nl", questions=[question("q1"), question("q2", lesson="parking")])
    translation = translated(page, "uk")
    translation.questions = [item for item in translation.questions.raw_data if item["value"]["key"] == "q1"]
    published(translation)
    assert any("[uk]" in problem for problem in candidate_of(page).problems)


def test_editions_from_before_the_mark_keep_their_hash(pair):
    candidate = candidate_of(pair[0])
    before = [{k: v for k, v in text.items() if k != "translation_to_check"} for text in candidate.texts]
    args = candidate.source.audience, candidate.rules, candidate.answer_key
    assert content_hash(*args, before) == candidate.content_hash
    marked = [{**text, "translation_to_check": True} for text in candidate.texts]
    assert content_hash(*args, marked) != candidate.content_hash


def test_a_new_translation_starts_without_the_mark(page):
    page.translation_to_check = True
    published(page)
    assert not translated(page, "de").translation_to_check
