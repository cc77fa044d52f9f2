"""Translating a module with wagtail-localize: words only, and every id survives."""

from __future__ import annotations

import pytest
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from learning.modules.models import Edition
from learning.modules.pages import ModulePage
from learning.modules.release import release
from tests.factories.module_pages import first_release, make_index, make_page, published, question, raw


@pytest.fixture
def translation(db):
    page = make_page("nl", questions=[question("q1"), question("q2", graded=False)])
    make_index("en")
    source, _created = TranslationSource.get_or_create_from_instance(page)
    return Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code="en"))


@pytest.fixture
def translate_all(django_capture_on_commit_callbacks):
    """Translates every segment of a translation, publishes it, and gives the page."""

    def run(translation):
        with django_capture_on_commit_callbacks(execute=True):
            return _translate_all(translation)

    return run


def _translate_all(translation):
    for segment in StringSegment.objects.filter(source=translation.source).select_related("string", "context"):
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={
                "data": f"EN {segment.string.data}" if segment.context.path != "slug" else "drivers-en",
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            },
        )
    translation.save_target(publish=True)
    return ModulePage.objects.get(locale=translation.target_locale)


def test_ids_keys_and_right_and_wrong_survive_a_translation(translation, translate_all):
    source = ModulePage.objects.get()
    page = translate_all(translation)
    page.refresh_from_db()
    assert page.live
    for name in ("lessons", "questions"):
        for ours, theirs in zip(raw(source, name), raw(page, name), strict=True):
            assert ours["id"] == theirs["id"]
            assert ours["value"]["key"] == theirs["value"]["key"]
            assert ours["value"]["source"] == theirs["value"]["source"]
    for ours, theirs in zip(raw(source, "questions"), raw(page, "questions"), strict=True):
        assert theirs["value"]["stem"] == f"EN {ours['value']['stem']}"
        assert {**theirs["value"], **dict.fromkeys(("stem", "feedback", "options"))} == {
            **ours["value"],
            **dict.fromkeys(("stem", "feedback", "options")),
        }
        assert [(o["id"], o["value"]["correct"]) for o in theirs["value"]["options"]] == [
            (o["id"], o["value"]["correct"]) for o in ours["value"]["options"]
        ]


def test_translators_are_offered_words_and_nothing_else(translation):
    paths = set(StringSegment.objects.filter(source=translation.source).values_list("context__path", flat=True))
    assert "tagline" in paths
    for name in ("key", "kind", "graded", "correct", "source", "audience"):
        assert not [path for path in paths if path == name or path.endswith(f".{name}")]


def test_a_translation_can_be_released_and_follows_its_source(translation, translate_all):
    page = translate_all(translation)
    source = ModulePage.objects.get(locale__language_code="nl")
    edition = first_release(source)
    english = edition.texts.get(language="en")
    assert english.title == f"EN {source.title}"
    assert english.questions.keys() == edition.texts.get(language="nl").questions.keys()
    source.questions = [*raw(source, "questions"), question("q3")]
    source.pass_mark = 60
    published(source)
    translation.source.update_from_db()
    translate_all(translation)
    assert ModulePage.objects.get(pk=page.pk).pass_mark == 60
    edition = release(source, Edition.Kind.MATERIAL, None)
    assert len(edition.texts.get(language="en").questions) == 3


def test_a_translation_starts_unchecked(translation, translate_all):
    assert ModulePage.objects.get().checked
    assert not translate_all(translation).checked
