"""Long words may break where their parts meet."""

import pytest

from cms.pages.templatetags.words import softly


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("Terminalmedewerkers", "Terminal\u00admedewerkers"),
        ("Samenwerkingsverbanden", "Samenwerkings\u00adverbanden"),
        ("Havens", "Havens"),
        ("Kwekers", "Kwekers"),
    ],
)
def test_only_long_compounds_break(text, broken):
    assert softly(text) == broken
