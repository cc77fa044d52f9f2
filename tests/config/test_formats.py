"""How moments are written for readers."""

import re
from datetime import date, datetime, time
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format, number_format, time_format


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "3 November 2026"),
        ("nl", "3 november 2026"),
        ("pl", "3 listopada 2026"),
        ("ro", "3 noiembrie 2026"),
        ("de", "3. November 2026"),
        ("uk", "3 листопада 2026 року"),
    ],
)
def test_a_date_is_written_as_its_language_writes_it(language, written):
    with translation.override(language):
        assert date_format(date(2026, 11, 3)) == written


@pytest.mark.parametrize("language", settings.OFFERED_LANGUAGES)
def test_a_moment_has_24_hours(language):
    with translation.override(language):
        assert time_format(time(21, 5), "H:i") == "21:05"
        if language != "en":
            assert date_format(datetime(2026, 11, 3, 21, 5), "DATETIME_FORMAT").endswith("21:05")


@pytest.mark.parametrize(("language", "written"), [("en", "7.50"), ("nl", "7,50"), ("uk", "7,50"), ("ro", "7,50")])
def test_a_number_has_the_comma_of_its_language(language, written):
    with translation.override(language):
        assert number_format("7.5", decimal_pos=2) == written


#: Templates of staff, in Dutch and English, which both write day, month, year.
STAFF = ("plans/", "demo/", "publishing/admin/", "modules/admin/", "pages/admin/", "professionals/")


def test_no_page_for_everyone_writes_a_date_in_one_languages_way():
    root = Path(__file__).parent.parent.parent / "templates"
    fixed = [
        str(path.relative_to(root))
        for path in root.rglob("*.*")
        if path.suffix in (".html", ".txt")
        and not str(path.relative_to(root)).startswith(STAFF)
        and re.search(r'\|date:"[^"]*[FMN]', path.read_text(encoding="utf-8"))
    ]
    assert fixed == []
