"""How moments are written for readers."""

from datetime import date

import pytest
from django.utils import translation
from django.utils.formats import date_format


@pytest.mark.parametrize(("language", "written"), [("en", "3 November 2026"), ("nl", "3 november 2026")])
def test_a_date_is_written_the_european_way_in_both_languages(language, written):
    with translation.override(language):
        assert date_format(date(2026, 11, 3)) == written
