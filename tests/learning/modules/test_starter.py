"""Starter content: loaded as often as you like, and never over an editor's work."""

import tomllib

import pytest
from wagtail.models import Revision

from cms.pages.audiences import Audience
from learning.modules import starter
from learning.modules.models import Edition, EditionText
from learning.modules.pages import ModuleIndexPage, ModulePage
from tests.factories.module_pages import make_home, published


@pytest.fixture
def homes(db):
    return [make_home("nl"), make_home("en")]


def counts():
    return (
        ModulePage.objects.count(),
        ModuleIndexPage.objects.count(),
        Revision.objects.count(),
        Edition.objects.count(),
    )


def test_the_demo_gets_four_released_modules_in_two_languages(homes):
    starter.load(demo=True)
    assert {(e.module.audience, e.number) for e in Edition.objects.all()} == {(a, 1) for a in Audience.values}
    assert EditionText.objects.filter(language="nl").count() == EditionText.objects.filter(language="en").count() == 4
    for edition in Edition.objects.all():
        assert sum(entry["graded"] for entry in edition.answer_key["questions"]) >= 8
        for text in edition.texts.all():
            assert len(text.lessons) >= 4
            assert all(lesson["source"] for lesson in text.lessons)
            assert all(question["source"] for question in text.questions.values())


def test_loading_again_changes_nothing(homes):
    starter.load(demo=True)
    before = counts()
    starter.load(demo=True)
    assert counts() == before


def test_outside_the_demo_unchecked_content_is_a_draft(homes):
    starter.load(demo=False)
    files = starter.CONTENT.glob("*.toml")
    checked = sum(tomllib.loads(path.read_text())["checked"] for path in files)
    assert ModulePage.objects.filter(live=True).count() == checked
    if not checked:
        assert not Edition.objects.exists()


def test_drafts_go_live_when_the_demo_loads_them_later(homes):
    starter.load(demo=False)
    starter.load(demo=True)
    assert Edition.objects.count() == 4


def test_an_editors_work_is_never_overwritten(homes):
    starter.load(demo=True)
    page = ModulePage.objects.filter(audience="kwekers", locale__language_code="nl").get()
    page.tagline = "Wat de redacteur schreef"
    published(page)
    before = counts()
    starter.load(demo=True)
    assert counts() == before
    assert ModulePage.objects.get(pk=page.pk).tagline == "Wat de redacteur schreef"


def test_an_editors_draft_is_never_published_by_the_loader(homes):
    starter.load(demo=True)
    page = ModulePage.objects.filter(audience="kwekers", locale__language_code="nl").get()
    page.tagline = "Nog niet klaar"
    page.save_revision()
    starter.load(demo=True)
    assert ModulePage.objects.get(pk=page.pk).tagline != "Nog niet klaar"


def test_what_an_editor_took_off_line_stays_off_line(homes):
    starter.load(demo=True)
    page = ModulePage.objects.filter(audience="kwekers", locale__language_code="en").get()
    page.unpublish()
    starter.load(demo=True)
    assert not ModulePage.objects.get(pk=page.pk).live


def test_a_page_nobody_changed_follows_its_file(homes, tmp_path, monkeypatch):
    for path in starter.CONTENT.glob("*.toml"):
        (tmp_path / path.name).write_text(path.read_text())
    monkeypatch.setattr(starter, "CONTENT", tmp_path)
    starter.load(demo=True)
    file = tmp_path / "kwekers.nl.toml"
    file.write_text(file.read_text().replace('title = "Kwekers"', 'title = "Telers"', 1))
    starter.load(demo=True)
    assert ModulePage.objects.get(audience="kwekers", locale__language_code="nl").title == "Telers"
    assert Edition.objects.filter(module__audience="kwekers").count() == 1


def test_ids_are_the_same_in_every_language(homes):
    starter.load(demo=True)
    for edition in Edition.objects.all():
        nl, en = edition.texts.order_by("-language")
        assert nl.questions.keys() == en.questions.keys()
        assert [b["id"] for lesson in nl.lessons for b in lesson["blocks"]] == [
            b["id"] for lesson in en.lessons for b in lesson["blocks"]
        ]


LEARNERS = ["pl", "ro", "de", "uk"]


def test_other_languages_come_where_there_is_a_home_page_and_a_file(homes):
    make_home("pl")
    starter.load(demo=True)
    assert {i.locale.language_code for i in ModuleIndexPage.objects.select_related("locale")} == {"nl", "en", "pl"}
    assert set(EditionText.objects.filter(language="pl").values_list("edition__module__audience", flat=True)) == {
        "chauffeurs"
    }


@pytest.mark.parametrize("language", LEARNERS)
def test_the_drivers_module_is_the_same_in_every_language(homes, language):
    make_home(language)
    starter.load(demo=True)
    edition = Edition.objects.get(module__audience="chauffeurs")
    source, text = edition.texts.get(language="nl"), edition.texts.get(language=language)
    assert [lesson["key"] for lesson in text.lessons] == [lesson["key"] for lesson in source.lessons]
    assert text.questions.keys() == source.questions.keys()
    for uuid, question in source.questions.items():
        assert text.questions[uuid]["options"].keys() == question["options"].keys()
    assert text.title != source.title


def test_a_translation_that_nobody_checked_is_marked_and_the_source_is_not(homes):
    for language in LEARNERS:
        make_home(language)
    starter.load(demo=True)
    marks = dict(EditionText.objects.values_list("language", "translation_to_check").distinct())
    assert marks == {"nl": False, "en": False, **dict.fromkeys(LEARNERS, True)}


def test_without_home_pages_it_says_what_is_missing(db):
    make_home("nl")
    with pytest.raises(LookupError, match="home page"):
        starter.load(demo=True)
