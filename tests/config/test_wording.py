"""What Django says to people is said in our words."""

import ast
from pathlib import Path

import django
import polib

from config import wording


def of_django() -> set[str]:
    """Every text of Django's own Dutch catalogues for forms and passwords."""
    root = Path(django.__file__).parent
    files = [root / "conf", root / "contrib" / "auth"]
    return {e.msgid for f in files for e in polib.pofile(str(f / "locale/nl/LC_MESSAGES/django.po"))}


def written() -> list[str]:
    """The first text of each call in the module, as it stands in the source, after its context if it has one."""
    tree = ast.parse(Path(wording.__file__).read_text(encoding="utf-8"))
    calls = [call for call in ast.walk(tree) if isinstance(call, ast.Call)]
    texts = [call.args[1 if ast.unparse(call.func).startswith("pgettext") else 0] for call in calls]
    return [text.value for text in texts if isinstance(text, ast.Constant) and isinstance(text.value, str)]


def test_each_of_these_texts_is_still_one_of_djangos():
    texts = written()
    assert len(texts) == len(wording.SAID_BY_DJANGO) + len(wording.MONTHS) + len(wording.COUNTED_BY_DJANGO)
    assert set(texts) - of_django() == set()
