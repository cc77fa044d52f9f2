"""The interface's texts: collects them, merges translations, compiles, and says what is missing.

    python scripts/catalogues.py update   new texts into locale/*/LC_MESSAGES/django.po (needs gettext)
    python scripts/catalogues.py check    fails when a text is missing, untranslated, fuzzy or not compiled
    python scripts/catalogues.py merge FILE.json ...   translations into the Dutch catalogue

The texts in the code are English, so the English catalogue repeats them.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("nl", "en")
IGNORED = ["var", ".venv", "node_modules", "tests", "docs"]


def catalogue(language: str, root: Path = ROOT) -> Path:
    """Where a language's texts lie."""
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def collect(root: Path) -> None:
    """Runs makemessages: every text of the code into the catalogues under `root/locale`."""
    command = [sys.executable, str(ROOT / "manage.py"), "makemessages", "--no-location", "--no-obsolete", "--no-wrap"]
    for language in LANGUAGES:
        catalogue(language, root).parent.mkdir(parents=True, exist_ok=True)
        command += ["-l", language]
    for folder in IGNORED:
        command += ["-i", folder]
    subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  our own command


def fill_english(po: polib.POFile) -> None:
    """The English text of an English text is itself."""
    for entry in po:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural}
        else:
            entry.msgstr = entry.msgid


def save(po: polib.POFile, path: Path) -> None:
    """Writes a catalogue in a fixed order, without dates, and compiles it."""
    po.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    for stamp in ("POT-Creation-Date", "PO-Revision-Date"):
        po.metadata.pop(stamp, None)
    po.save(str(path))
    po.save_as_mofile(str(path.with_suffix(".mo")))


def update() -> None:
    """Collects new texts and fills in the English."""
    collect(ROOT)
    for language in LANGUAGES:
        po = polib.pofile(str(catalogue(language)), wrapwidth=0)
        for entry in [entry for entry in po if entry.fuzzy]:
            entry.flags.remove("fuzzy")
            entry.msgstr, entry.msgstr_plural = "", dict.fromkeys(entry.msgstr_plural, "")
            entry.previous_msgid = None
        if language == "en":
            fill_english(po)
        save(po, catalogue(language))


def merge(files: list[str]) -> None:
    """Dutch translations from JSON files: {"English": "Dutch"} or {"one": ["Dutch one", "Dutch many"]}."""
    po = polib.pofile(str(catalogue("nl")), wrapwidth=0)
    by_id = {entry.msgid: entry for entry in po}
    for file in files:
        for msgid, text in json.loads(Path(file).read_text(encoding="utf-8")).items():
            entry = by_id.get(msgid)
            if entry is None:
                continue
            if entry.msgid_plural:
                forms = text if isinstance(text, list) else [text, text]
                entry.msgstr_plural = {0: forms[0], 1: forms[-1]}
            else:
                entry.msgstr = text if isinstance(text, str) else text[0]
    save(po, catalogue("nl"))


def missing(po: polib.POFile) -> list[str]:
    """Texts without a translation, or with one that somebody should look at."""
    return [entry.msgid for entry in po if not entry.obsolete and (entry.fuzzy or not entry.translated())]


def check() -> int:
    """0 when every text of the code is translated in every language and compiled."""
    problems: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "project"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", *IGNORED[:3], "*.sqlite3", ".*_cache"))
        os.environ["VAR_DIR"] = scratch
        collect(copy)
        for language in LANGUAGES:
            fresh = {entry.msgid for entry in polib.pofile(str(catalogue(language, copy))) if not entry.obsolete}
            po = polib.pofile(str(catalogue(language)))
            problems += [f"{language}: not in the catalogue: {text}" for text in fresh - {entry.msgid for entry in po}]
            problems += [f"{language}: not translated: {text}" for text in missing(po)]
    print("\n".join(problems) if problems else "Both catalogues are complete.")
    return 1 if problems else 0


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["update"]:
            update()
        case ["merge", *files]:
            merge(files)
        case ["check"]:
            sys.exit(check())
        case _:
            sys.exit(__doc__)
