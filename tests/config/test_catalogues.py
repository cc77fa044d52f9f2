"""The interface speaks Dutch and English, all of it; and four languages more where visitors and learners read."""

import importlib
from pathlib import Path

import polib
import pytest
from django.utils import translation
from django.utils.translation import ngettext

ROOT = Path(__file__).resolve().parent.parent.parent
LANGUAGES = ["nl", "en", "pl", "ro", "de", "uk"]
SCRIPTS = ROOT / "scripts"


@pytest.fixture
def script(monkeypatch):
    """scripts/catalogues.py."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("catalogues")


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language):
    po = catalogue(language)
    assert len(po) > 100
    assert [entry.msgid for entry in po if entry.fuzzy or not entry.translated()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_names_the_same_values(language, script):
    numbers = script.forms_of(language)
    assert {e.msgid: script.faults(e, numbers) for e in catalogue(language) if script.faults(e, numbers)} == {}


@pytest.mark.parametrize(
    ("text", "translated", "right"),
    [
        ("Until %(day)s", "Do %(day)s", True),
        ("Until %(day)s", "Do jutra", False),
        ("Until %(day)s", "Do %(dzień)s", False),
        ("Until %(day)s", "Do %(day)d", False),
        ("<b>Read</b>", "<b>Czytaj</b>", True),
        ("<b>Read</b>", "Czytaj", False),
    ],
)
def test_the_check_finds_values_and_tags_that_went_missing(script, text, translated, right):
    entry = polib.POEntry(msgid=text, msgstr=translated)
    assert (script.faults(entry, script.forms_of("pl")) == []) == right


def test_only_a_form_for_one_number_may_leave_it_out(script):
    forms = {0: "jedna karta", 1: "%(n)s karty", 2: "%(n)s kart", 3: "%(n)s karty"}
    entry = polib.POEntry(msgid="%(n)s card", msgid_plural="%(n)s cards", msgstr_plural=forms)
    assert script.faults(entry, script.forms_of("pl")) == []
    entry.msgstr_plural = {**forms, 1: "karty"}
    assert len(script.faults(entry, script.forms_of("pl"))) == 1
    # In Ukrainian 1, 21 and 31 take the same form, so there the number must stand.
    assert len(script.faults(entry, script.forms_of("uk"))) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_plurals_are_counted_as_django_counts(language, script):
    assert catalogue(language).metadata["Plural-Forms"] == script.plural_header(language)
    with translation.override(language):
        for count in (0, 1, 2, 5, 21, 22, 112):
            assert ngettext("%(number)s lesson", "%(number)s lessons", count) % {"number": count}


@pytest.mark.parametrize(
    ("language", "counted"),
    [
        ("pl", {1: "lekcja", 2: "lekcje", 5: "lekcji", 22: "lekcje"}),
        ("ro", {1: "lecție", 2: "lecții", 20: "de lecții"}),
        ("de", {1: "Lektion", 2: "Lektionen"}),
        ("uk", {1: "урок", 2: "уроки", 5: "уроків", 21: "урок"}),
    ],
)
def test_what_is_counted_has_the_right_form(language, counted):
    with translation.override(language):
        for count, word in counted.items():
            said = ngettext("%(number)s lesson", "%(number)s lessons", count) % {"number": count}
            assert said == f"{count} {word}"


@pytest.mark.parametrize("language", LANGUAGES[2:])
def test_a_translation_that_nobody_checked_says_so_in_its_catalogue(language):
    assert "checked by a translator" in catalogue(language).header


def test_the_catalogues_of_learners_hold_no_text_of_staff(script):
    """Seen by file and class: a text of the CMS stays out, a state that learners read is in."""
    seen = importlib.import_module("public_texts").is_seen
    assert not seen("Release", "learning/modules/wagtail_hooks.py", ROOT)
    assert not seen("First name", "templates/employers/person.html", ROOT)
    assert not seen("Name of the team", "learning/employers/forms.py", ROOT)
    assert seen("Your PIN", "learning/employers/forms.py", ROOT)
    assert seen("Late", "learning/employers/progress.py", ROOT)
    assert seen("Drivers", "cms/pages/audiences.py", ROOT)
    assert seen("anything", "templates/pages/new.html", ROOT)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_texts(language):
    compiled = polib.mofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.mo"))
    in_mo = {(entry.msgctxt, entry.msgid): (entry.msgstr, entry.msgstr_plural) for entry in compiled}
    in_po = {(entry.msgctxt, entry.msgid): (entry.msgstr, entry.msgstr_plural) for entry in catalogue(language)}
    assert in_mo == in_po
