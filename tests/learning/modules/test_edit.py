"""Editing a module in the CMS: what can't be published, and where the message stands."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail import blocks
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from learning.modules import rules
from learning.modules.blocks import LessonsBlock, QuestionsBlock, ScenarioSection, SignalsSection
from learning.modules.models import Video
from learning.modules.pages import ModulePage
from tests.factories.module_pages import SOURCE, lesson, make_image, make_index, make_page, question, raw


def errors_of(block, value):
    """The messages of a value that is refused, as Wagtail shows them."""
    with pytest.raises(ValidationError) as error:
        block.clean(block.to_python(value))
    return error.value.as_json_data()


@pytest.mark.parametrize(
    ("kind", "right", "message"),
    [
        ("single", (False, False), "exactly one right option; there are 0"),
        ("single", (True, True), "exactly one right option; there are 2"),
        ("multiple", (True, True), "at least one right and one wrong"),
        ("multiple", (False, False), "at least one right and one wrong"),
    ],
)
def test_right_and_wrong_must_make_sense_at_the_options(db, kind, right, message):
    errors = errors_of(QuestionsBlock(), [question(right=right, kind=kind)])
    assert message in errors["blockErrors"][0]["blockErrors"]["options"]["messages"][0]


@pytest.mark.parametrize("count", [1, 9])
def test_a_question_has_two_to_eight_options(db, count):
    errors = errors_of(QuestionsBlock(), [question(right=(True,) + (False,) * (count - 1))])
    assert errors["blockErrors"][0]["blockErrors"]["options"]["messages"]


@pytest.mark.parametrize("fields", [{"source": ""}, {"feedback": ""}, {"lesson": ""}, {"key": "Not a key"}])
def test_a_question_needs_its_source_and_more(db, fields):
    errors = errors_of(QuestionsBlock(), [question(**fields)])
    assert errors["blockErrors"][0]["blockErrors"].keys() == fields.keys()


def test_a_question_with_an_image_needs_a_description(db):
    image = make_image()
    errors = errors_of(QuestionsBlock(), [question(image=image.pk)])
    assert "image_alt" in errors["blockErrors"][0]["blockErrors"]


def test_a_key_of_a_lesson_is_used_once(db):
    errors = errors_of(LessonsBlock(), [lesson("parking"), lesson("parking")])
    assert "used twice" in errors["blockErrors"][1]["blockErrors"]["key"]["messages"][0]


@pytest.mark.parametrize("fields", [{"source": ""}, {"title": ""}, {"summary": ""}])
def test_a_lesson_needs_title_summary_and_source(db, fields):
    errors = errors_of(LessonsBlock(), [lesson("parking", **fields)])
    assert errors["blockErrors"][0]["blockErrors"].keys() == fields.keys()


def test_a_scenario_needs_a_good_choice(db):
    choices = [{"text": text, "good": False, "feedback": "Then this."} for text in ("One", "Two")]
    errors = errors_of(ScenarioSection(), {"situation": "x", "question": "y", "choices": choices})
    assert "at least one choice as good" in errors["blockErrors"]["choices"]["messages"][0]


def test_a_list_has_at_most_five_signals(db):
    items = [{"signal": "x", "action": "y"}] * 6
    assert errors_of(SignalsSection(), {"heading": "x", "items": items})["blockErrors"]["items"]["messages"]


def test_pictures_and_drawings_need_a_description(db):
    image = make_image()
    for kind, value in (("image", {"image": image.pk, "alt": ""}), ("drawing", {"drawing": "truck", "alt": ""})):
        errors = errors_of(LessonsBlock(), [lesson("parking", {"type": kind, "id": "a", "value": value})])
        assert errors["blockErrors"][0]["blockErrors"]["body"]["blockErrors"][0]["blockErrors"].keys() == {"alt"}


def test_drawing_more_questions_than_there_are_is_refused():
    assert rules.draw_fault(3, 2)
    assert rules.draw_fault(2, 2) is None
    assert rules.draw_fault(None, 0) is None


def form_data(**changes):
    """What the edit screen posts for a module with one lesson and one question."""
    options = [
        {"value": {"text": "Yes", "correct": "on", "feedback": ""}},
        {"value": {"text": "No", "feedback": ""}},
    ]
    return nested_form_data(
        {
            "title": "Drivers",
            "slug": "drivers",
            "audience": "chauffeurs",
            "minutes": 10,
            "tagline": "Stop and call.",
            "intro": "Why.",
            "source": SOURCE,
            "goals": streamfield([("goal", "You stop.")]),
            "lessons": streamfield(
                [
                    (
                        "lesson",
                        {
                            "key": "on-the-road",
                            "title": "On the road",
                            "summary": "You know.",
                            "source": SOURCE,
                            "body": streamfield([("text", {"heading": "", "html": rich_text("<p>Call.</p>")})]),
                        },
                    )
                ]
            ),
            "questions": streamfield(
                [
                    (
                        "question",
                        {
                            "key": "q1",
                            "kind": "single",
                            "graded": "on",
                            "lesson": "on-the-road",
                            "stem": "What do you do?",
                            "image": "",
                            "image_alt": "",
                            "feedback": "Because.",
                            "source": SOURCE,
                            "options": {
                                "count": "2",
                                **{
                                    f"{i}": {"deleted": "", "order": str(i), "type": "item", **option, "id": f"opt-{i}"}
                                    for i, option in enumerate(options)
                                },
                            },
                            **changes.pop("question", {}),
                        },
                    )
                ]
            ),
            "pass_mark": "80",
            "draw_count": "",
            "cooldown_minutes": "0",
            "shuffle_questions": "on",
            "shuffle_options": "on",
            "validity_months": "24",
            "review_on": "",
            "seo_title": "",
            "search_description": "",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000},
            **changes,
        }
    )


@pytest.fixture
def add_url(db):
    return reverse("wagtailadmin_pages:add", args=["modules", "modulepage", make_index("nl").pk])


def test_an_editor_makes_and_publishes_a_module(editor, add_url):
    response = editor.post(add_url, form_data(**{"action-publish": "1"}))
    page = ModulePage.objects.get(slug="drivers")
    assert response.status_code == 302
    assert page.live
    assert raw(page, "questions")[0]["value"]["options"][0]["id"] == "opt-0"


def test_a_question_must_point_to_a_lesson_that_is_there(editor, add_url):
    response = editor.post(add_url, form_data(question={"lesson": "nowhere"}, **{"action-publish": "1"}))
    assert response.status_code == 200
    form = response.context["form"]
    error = form.errors.as_data()["questions"][0].as_json_data()
    message = error["blockErrors"][0]["blockErrors"]["lesson"]["messages"][0]
    assert message == "There is no lesson “nowhere”. The lessons are: on-the-road."
    assert "What do you do?" in response.content.decode()
    assert not ModulePage.objects.exists()


def test_more_questions_than_there_are_is_said_at_the_field(editor, add_url):
    response = editor.post(add_url, form_data(draw_count="2", **{"action-publish": "1"}))
    assert "more questions than there are" in response.context["form"].errors["draw_count"][0]


def test_a_draft_may_be_half_done(editor, add_url):
    response = editor.post(add_url, form_data(question={"lesson": "nowhere", "source": ""}, source=""))
    assert response.status_code == 302
    assert not ModulePage.objects.get().live


def test_every_field_explains_itself(db):
    def unexplained(block, path=""):
        children = getattr(block, "child_blocks", None) or {}
        if isinstance(block, blocks.ListBlock):
            children = {"": block.child_block}
        for name, child in children.items():
            if isinstance(block, blocks.StructBlock) and not (
                child.meta.__dict__.get("help_text") or getattr(child, "help_text", "") or help_of(child)
            ):
                yield f"{path}/{name}"
            yield from unexplained(child, f"{path}/{name}")

    def help_of(child):
        field = getattr(child, "field", None)
        return (field.help_text if field is not None else "") or getattr(child.meta, "help_text", "")

    for name in ("goals", "lessons", "questions"):
        assert not list(unexplained(ModulePage._meta.get_field(name).stream_block))
    ours = [field for field in ModulePage._meta.local_fields if field.editable and field.name != "page_ptr"]
    assert not [field.name for field in ours if not field.help_text]


FILM = b"\0\0\0\x20ftypisom"
VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n"


@pytest.mark.parametrize(
    ("film", "captions", "field", "message"),
    [
        (("a.mp4", b"MZ not a film"), ("a.vtt", VTT), "file", "not an MP4 or WebM"),
        (("a.webm", FILM), ("a.vtt", VTT), "file", "not an MP4 or WebM"),
        (("a.exe", FILM), ("a.vtt", VTT), "file", "not an MP4 or WebM"),
        (("a.mp4", FILM), ("a.vtt", b"\xff\xfe\x00W"), "captions", "not UTF-8"),
        (("a.mp4", FILM), ("a.srt", VTT), "captions", "not WebVTT"),
        (("a.mp4", FILM), ("a.vtt", b"<script>"), "captions", "not WebVTT"),
        (("a.mp4", FILM), ("a.vtt", b"WEBVTT\n\nno time"), "captions", "no line with a time"),
    ],
)
def test_a_film_is_judged_by_what_it_holds(db, film, captions, field, message):
    made = Video(
        title="A film",
        transcript="Said.",
        file=ContentFile(film[1], film[0]),
        captions=ContentFile(captions[1], captions[0]),
    )
    with pytest.raises(ValidationError) as error:
        made.full_clean()
    assert list(error.value.message_dict) == [field]
    assert message in error.value.message_dict[field][0]


def test_a_film_is_bounded(db, monkeypatch):
    monkeypatch.setattr("learning.modules.videos.MAX_FILM_BYTES", 5)
    made = Video(
        title="A film", transcript="Said.", file=ContentFile(FILM, "a.mp4"), captions=ContentFile(VTT, "a.vtt")
    )
    with pytest.raises(ValidationError, match="larger than 50 MB"):
        made.full_clean()


def test_an_editor_adds_a_film_with_captions_and_transcript(editor):
    address = reverse(Video.snippet_viewset.get_url_name("add"))
    data = {"title": "A film", "transcript": "Said."}
    response = editor.post(address, data)
    assert {"file", "captions"} <= response.context["form"].errors.keys()
    files = {"file": SimpleUploadedFile("a.mp4", FILM), "captions": SimpleUploadedFile("a.vtt", VTT)}
    assert editor.post(address, {**data, **files}).status_code == 302
    assert Video.objects.get().transcript == "Said."


def test_ids_survive_editing_and_going_back(db):
    page = make_page()
    before = [block["id"] for block in raw(page, "questions")]
    first = page.latest_revision
    page.title = "Second"
    page.save_revision().publish()
    back = first.as_object()
    back.save_revision().publish()
    assert [block["id"] for block in raw(ModulePage.objects.get(pk=page.pk), "questions")] == before
