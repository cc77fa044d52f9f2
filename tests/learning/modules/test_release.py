"""Releasing: what is frozen, what is refused, and that a draft never changes what a learner is judged by."""

from __future__ import annotations

import threading

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection
from wagtail.models import Locale

from cms.accounts.models import AuditEvent
from learning.modules import editions
from learning.modules.models import Edition, EditionText, Immutable, Module, Video
from learning.modules.pages import ModulePage
from learning.modules.release import ReleaseRefused, candidate_of, release
from tests.factories.module_pages import (
    first_release,
    lesson,
    make_image,
    make_index,
    make_page,
    published,
    question,
    raw,
    text,
    translated,
)

FIRST, TYPO, CLARIFIED, MATERIAL, WRONG_KEY = Edition.Kind


def refused(page, kind=MATERIAL):
    with pytest.raises(ReleaseRefused) as error:
        release(page, kind, None)
    return " ".join(error.value.messages)


def test_a_release_freezes_rules_key_and_texts(pair, communicator):
    page = published_with(pair[0], pass_mark=75, draw_count=2, cooldown_minutes=5)
    edition = release(page, FIRST, communicator, "Checked by Coen")
    edition = Edition.objects.get(pk=edition.pk)
    assert (edition.number, edition.kind, edition.note) == (1, "first", "Checked by Coen")
    assert (edition.pass_mark, edition.draw_count, edition.cooldown_minutes) == (75, 2, 5)
    assert edition.released_by == communicator
    assert {text.language for text in edition.texts.all()} == {"nl", "en"}
    assert Module.objects.get().current_edition == edition
    assert edition.module.key == page.translation_key


def published_with(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    return published(page)


def test_points_of_single_and_multiple_choice(page):
    single, multiple, practice = first_release(page).answer_key["questions"]
    assert single["max"] == "1"
    assert [option["points"] for option in single["options"]] == ["1", "0", "0"]
    assert multiple["max"] == "2"
    assert [option["points"] for option in multiple["options"]] == ["1", "1", "-1"]
    assert not practice["graded"]
    assert multiple["lesson"] == "parking"


def test_ids_in_the_edition_are_those_of_the_blocks(page):
    edition = first_release(page)
    blocks = raw(page, "questions")
    assert [entry["uuid"] for entry in edition.answer_key["questions"]] == [block["id"] for block in blocks]
    assert [o["uuid"] for o in edition.answer_key["questions"][0]["options"]] == [
        item["id"] for item in blocks[0]["value"]["options"]
    ]
    assert set(edition.texts.get().questions) == {block["id"] for block in blocks}


def test_a_draft_never_changes_what_a_learner_is_judged_by(edition, pair):
    before = editions.current_text(pair[0].slug, "nl")
    page = pair[0]
    page.questions = [question("q1", (False, True, False))]
    page.lessons = [lesson("on-the-road", title="Changed")]
    page.save_revision()
    assert editions.current_text(page.slug, "nl").edition.answer_key == before.edition.answer_key
    published(page)
    after = editions.current_text(page.slug, "nl")
    assert after.edition_id == edition.pk
    assert (after.lessons, after.edition.answer_key) == (before.lessons, before.edition.answer_key)


def test_an_edition_and_its_texts_never_change(edition):
    with pytest.raises(Immutable):
        edition.save()
    with pytest.raises(Immutable):
        edition.texts.first().save()


def test_a_draft_is_not_released(page):
    page.title = "Not published yet"
    page.save_revision()
    assert first_release(page).texts.get().title == "Drivers"


def test_a_page_that_was_never_published_is_refused(db):
    assert "not published" in refused(make_page(publish=False), FIRST)


def test_an_unpublished_page_is_refused(page):
    page.unpublish()
    assert "not published" in refused(ModulePage.objects.get(pk=page.pk), FIRST)


def test_a_module_without_a_question_that_counts_is_refused(db):
    assert "no question that counts" in refused(make_page(questions=[question(graded=False)]), FIRST)


def test_a_missing_source_is_refused_wherever_it_is(db):
    message = refused(
        make_page(source="general", lessons=[lesson(source=" "), lesson("parking")], questions=[question(source="")]),
        FIRST,
    )
    assert "[nl] Lesson 1: the source is missing." in message
    assert "[nl] Question 1: the source is missing." in message
    page = make_page()
    ModulePage.objects.filter(pk=page.pk).update(source="")
    assert "The module has no source" in refused(ModulePage.objects.get(pk=page.pk), FIRST)


def test_a_drawing_without_a_description_is_refused(db):
    drawing = {"type": "drawing", "id": "a", "value": {"drawing": "truck", "alt": ""}}
    assert "a drawing has no description" in refused(
        make_page(lessons=[lesson("on-the-road", drawing)], questions=[question()]), FIRST
    )


def test_an_image_without_a_description_or_file_is_refused(db):
    image = make_image()
    block = {"type": "image", "id": "a", "value": {"image": image.pk, "alt": ""}}
    page = make_page(lessons=[lesson("on-the-road", block)], questions=[question()])
    assert "an image has no description" in refused(page, FIRST)
    image.file.storage.delete(image.file.name)
    image.renditions.all().delete()
    assert "the file of an image is missing" in refused(page, FIRST)


def video(**fields):
    values = {"title": "A film", "transcript": "What is said."}
    film = Video(**{**values, **fields})
    film.file.save("film.mp4", ContentFile(b"\0\0\0\x20ftypisom"), save=False)
    film.captions.save("film.vtt", ContentFile(b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n"), save=False)
    film.save()
    return film


def film_page(film):
    block = {"type": "video", "id": "a", "value": {"video": film.pk, "caption": ""}}
    return make_page(lessons=[lesson("on-the-road", block)], questions=[question()])


def test_a_film_without_captions_or_transcript_is_refused(db):
    film = video(transcript="")
    Video.objects.filter(pk=film.pk).update(captions="")
    message = refused(film_page(film), FIRST)
    assert "a film has no captions" in message
    assert "a film has no transcript" in message


def test_files_of_an_edition_outlive_the_ones_in_the_cms(db, client):
    image = make_image()
    film = video()
    blocks = [
        {"type": "image", "id": "a", "value": {"image": image.pk, "alt": "A quay", "caption": ""}},
        {"type": "video", "id": "b", "value": {"video": film.pk, "caption": ""}},
    ]
    page = make_page(lessons=[lesson("on-the-road", *blocks)], questions=[question()])
    values = [block["value"] for block in first_release(page).texts.get().lessons[0]["blocks"]]
    film.file.delete(save=False)
    image.delete()
    assert values[0]["image"]["alt"] == "A quay"
    assert values[0]["image"]["width"] <= 960
    for url in (values[0]["image"]["url"], values[1]["video"]["url"], values[1]["video"]["captions"]):
        assert default_storage.exists(url.removeprefix("/media/"))
        assert client.get(url).status_code == 200


def test_the_first_release_is_first_and_later_ones_are_not(page):
    assert "choose the first edition" in refused(page, MATERIAL)
    first_release(page)
    page = published_with(page, tagline="Other words")
    assert "can't be the first" in refused(page, FIRST)
    assert release(page, TYPO, None).number == 2


def test_nothing_changed_is_refused(page):
    first_release(page)
    assert "Nothing changed since edition 1" in refused(page, MATERIAL)
    page = published_with(page, review_on="2027-01-01")
    assert "Nothing changed since edition 1" in refused(page, MATERIAL)


@pytest.mark.parametrize("kind", [TYPO, CLARIFIED])
def test_a_changed_key_is_not_a_change_of_words(page, kind):
    first_release(page)
    questions = raw(page, "questions")
    questions[0]["value"]["options"][0]["value"]["correct"] = False
    questions[0]["value"]["options"][1]["value"]["correct"] = True
    page = published_with(page, questions=questions)
    assert "The answer key changed" in refused(page, kind)
    assert release(page, WRONG_KEY, None).kind == "wrong_key"


def test_a_wrong_key_needs_a_changed_key_and_the_same_questions(page):
    first_release(page)
    page = published_with(page, tagline="Other words")
    assert "not the key that was wrong" in refused(page, WRONG_KEY)
    page = published_with(page, questions=[*raw(page, "questions"), question("extra")])
    assert "Questions or options came or went" in refused(page, WRONG_KEY)
    assert release(page, MATERIAL, None).number == 2


def test_words_may_change_without_touching_the_key(page):
    key = first_release(page).answer_key
    questions = raw(page, "questions")
    questions[0]["value"]["stem"] = "What do you do now?"
    edition = release(published_with(page, questions=questions), CLARIFIED, None)
    assert edition.answer_key == key
    assert "What do you do now?" in str(edition.texts.get().questions)


def test_a_translation_that_lacks_a_question_is_refused(pair):
    page, translation = pair
    published_with(translation, questions=raw(translation, "questions")[:-1])
    assert "[en] Question 3: this question is missing in the translation." in refused(page, FIRST)


def test_a_translation_with_an_extra_question_is_refused(pair):
    page, translation = pair
    published_with(translation, questions=[*raw(translation, "questions"), question("extra")])
    assert "[en] Question 4: this question is not in the source." in refused(page, FIRST)


@pytest.mark.parametrize("change", ["drop", "add"])
def test_a_translation_with_other_options_is_refused(pair, change):
    page, translation = pair
    questions = raw(translation, "questions")
    options = questions[0]["value"]["options"]
    if change == "drop":
        options.pop()
    else:
        options.append({**options[0], "id": "another"})
    published_with(translation, questions=questions)
    assert "the options are not those of the source" in refused(page, FIRST)


def test_a_translation_with_other_lessons_is_refused(pair):
    page, translation = pair
    published_with(translation, lessons=raw(translation, "lessons")[:1])
    assert "[en] The lessons are not those of the source." in refused(page, FIRST)


def test_a_question_about_a_lesson_that_is_not_there_is_refused(db):
    assert "There is no lesson “nowhere”" in refused(make_page(questions=[question(lesson="nowhere")]), FIRST)


def test_more_questions_drawn_than_there_are_is_refused(db):
    assert "You ask for more questions than there are" in refused(make_page(draw_count=3), FIRST)


def test_right_and_wrong_come_from_the_source_page_only(pair):
    _page, translation = pair
    questions = raw(translation, "questions")
    for item in questions[0]["value"]["options"]:
        item["value"]["correct"] = not item["value"]["correct"]
    published_with(translation, questions=questions)
    edition = release(translation, FIRST, None)
    assert [option["points"] for option in edition.answer_key["questions"][0]["options"]] == ["1", "0", "0"]


def test_a_translation_that_is_not_live_waits(pair):
    page, translation = pair
    translation.unpublish()
    edition = first_release(page)
    assert [text.language for text in edition.texts.all()] == ["nl"]
    published_with(ModulePage.objects.get(pk=translation.pk), title="Ready")
    assert {text.language for text in release(page, CLARIFIED, None).texts.all()} == {"nl", "en"}


def test_an_alias_is_not_a_translation(page):
    make_index("en")
    page.copy_for_translation(Locale.objects.get(language_code="en"), alias=True)
    assert [text.language for text in first_release(page).texts.all()] == ["nl"]


def test_an_address_of_another_module_is_refused(edition, pair):
    other = make_page(slug="other")
    EditionText.objects.filter(edition=edition, language="nl").update(slug="other")
    assert "[nl] Another module has the address “other”." in refused(other, FIRST)


def test_a_copy_is_another_module_that_nobody_checked(page):
    first_release(page)
    copy = page.copy(update_attrs={"slug": "copy", "title": "Copy"})
    assert not copy.checked
    edition = first_release(published(ModulePage.objects.get(pk=copy.pk)))
    assert edition.number == 1
    assert Module.objects.count() == 2


def test_everything_in_the_way_is_said_at_once(db):
    page = make_page(questions=[question(graded=False, source="")], lessons=[lesson("parking", source="")])
    with pytest.raises(ReleaseRefused) as error:
        release(page, FIRST, None)
    assert len(error.value.messages) >= 4
    assert not Module.objects.exists()


def test_what_changed_since_it_was_looked_at_is_not_released(page):
    seen = candidate_of(page).content_hash
    page = published_with(page, tagline="In the meantime")
    with pytest.raises(ReleaseRefused, match="changed while you were looking"):
        release(page, FIRST, None, seen=seen)
    assert not Edition.objects.exists()


def test_a_release_leaves_a_trail(page, communicator):
    edition = release(page, FIRST, communicator)
    event = AuditEvent.objects.get(act="module.release")
    assert (event.actor, event.object_id, event.detail) == (
        communicator,
        str(edition.pk),
        {"number": 1, "kind": "first"},
    )


def test_a_number_exists_once_per_module(edition):
    with pytest.raises(IntegrityError):
        Edition.objects.create(
            module=edition.module, number=1, kind=TYPO, answer_key=edition.answer_key, content_hash="x"
        )


def test_unsafe_html_never_reaches_an_edition(db):
    block = text('<p onclick="x()">Hi <a href="javascript:x()">there</a><script>x()</script></p>')
    page = make_page(lessons=[lesson("on-the-road", block)], questions=[question()])
    stored = str(raw(page, "lessons"))
    html = first_release(page).texts.get().lessons[0]["blocks"][0]["value"]["html"]
    for part in ("onclick", "javascript", "<script"):
        assert part not in stored
        assert part not in html


@pytest.mark.django_db(transaction=True)
def test_two_releases_at_once_make_one_edition():
    page = make_page()
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def run():
        start.wait()
        try:
            release(page, FIRST, None)
            outcomes.append("released")
        except ReleaseRefused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _i in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "released"]
    assert Edition.objects.count() == 1


def test_a_third_language_can_be_added_without_touching_the_key(pair):
    page, translation = pair
    translation.unpublish()
    key = first_release(page).answer_key
    published(ModulePage.objects.get(pk=translation.pk))
    assert release(page, CLARIFIED, None).answer_key == key


def test_translated_pages_start_unchecked(page):
    assert not translated(page).checked
