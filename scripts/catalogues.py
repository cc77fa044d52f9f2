"""The interface's texts: collects them, merges translations, compiles, and says what is missing.

    python scripts/catalogues.py update [xx ...]   new texts into locale/*/LC_MESSAGES/django.po (needs gettext)
    python scripts/catalogues.py check    fails when a text is missing, untranslated, fuzzy or not compiled
    python scripts/catalogues.py merge [--language xx] FILE.json ...   translations into a catalogue (Dutch)
    python scripts/catalogues.py todo xx   what is not translated into this language yet, as JSON for `merge`

The texts in the code are English, so the English catalogue repeats them. Dutch and English hold every text;
the other languages what a visitor or learner can see (`public_texts.py`).
"""

import gettext
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Any

import django
import polib
from public_texts import is_seen

ROOT = Path(__file__).resolve().parent.parent
COMPLETE = ("nl", "en")
PUBLIC = ("pl", "ro", "de", "uk")
LANGUAGES = COMPLETE + PUBLIC
IGNORED = ["var", ".venv", "node_modules", "tests", "docs"]
TO_CHECK = "This translation still has to be checked by a translator."
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
_TAG = re.compile(r"</?[a-z][a-z0-9]*")


def catalogue(language: str, root: Path = ROOT) -> Path:
    """Where a language's texts lie."""
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def collect() -> list[polib.POEntry]:
    """Every text of the code with the places where it is used, by makemessages in a copy of the project."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "project"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", "locale", *IGNORED, "*.sqlite3", ".*_cache"))
        catalogue("en", copy).parent.mkdir(parents=True)
        command = [sys.executable, "-m", "django", "makemessages", "--no-wrap", "-l", "en"]
        environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        subprocess.run(command, cwd=copy, check=True, stdout=subprocess.DEVNULL, env=environment)  # noqa: S603  our own
        return [entry for entry in polib.pofile(str(catalogue("en", copy)), wrapwidth=0) if not entry.obsolete]


def wanted(language: str, entries: list[polib.POEntry]) -> list[polib.POEntry]:
    """The texts that this language needs."""
    if language in COMPLETE:
        return entries
    return [e for e in entries if any(is_seen(e.msgid, file, ROOT) for file, _line in e.occurrences)]


def plural_header(language: str) -> str:
    """How Django counts in this language: our catalogue must do the same."""
    path = Path(django.__file__).parent / "conf" / "locale" / language / "LC_MESSAGES" / "django.po"
    return str(polib.pofile(str(path)).metadata["Plural-Forms"])


def forms_of(language: str) -> list[list[int]]:
    """For each plural form of the language, the whole numbers up to 200 that take it."""
    header = plural_header(language)
    form_of = gettext.c2py(header.split("plural=", 1)[1].rstrip(";\n "))
    count = int(re.findall(r"nplurals=(\d+)", header)[0])
    return [[number for number in range(201) if form_of(number) == form] for form in range(count)]


def empty(language: str) -> polib.POFile:
    """A catalogue without texts."""
    po = polib.POFile(wrapwidth=0)
    po.header = f"{TO_CHECK}\n" if language in PUBLIC else ""
    po.metadata = {
        "Project-Id-Version": "Weerbaar",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural_header(language),
    }
    return po


def load(language: str) -> polib.POFile:
    """The catalogue as it is stored."""
    path = catalogue(language)
    return polib.pofile(str(path), wrapwidth=0) if path.exists() else empty(language)


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
    path.parent.mkdir(parents=True, exist_ok=True)
    po.save(str(path))
    po.save_as_mofile(str(path.with_suffix(".mo")))


def update(languages: Collection[str]) -> None:
    """Collects new texts, keeps what was translated and fills in the English."""
    entries = collect()
    for language in languages:
        known = {(entry.msgctxt, entry.msgid): entry for entry in load(language) if not entry.fuzzy}
        po = empty(language)
        for entry in wanted(language, entries):
            old = known.get((entry.msgctxt, entry.msgid))
            flags = [flag for flag in entry.flags if flag != "fuzzy"]
            new = polib.POEntry(msgid=entry.msgid, msgctxt=entry.msgctxt, msgid_plural=entry.msgid_plural, flags=flags)
            if entry.msgid_plural:
                blank = dict.fromkeys(range(len(forms_of(language))), "")
                same = old is not None and old.msgstr_plural.keys() == blank.keys()
                new.msgstr_plural = dict(old.msgstr_plural) if old is not None and same else blank
            elif old is not None:
                new.msgstr = old.msgstr
            po.append(new)
        if language == "en":
            fill_english(po)
        save(po, catalogue(language))


def merge(language: str, files: list[str]) -> None:
    """Translations from JSON files: {"English": "Dutch"} or {"one": ["Dutch one", "Dutch many"]}. A list that is
    too short for the language's plural forms is filled up with its last."""
    po = load(language)
    for file in files:
        texts: dict[str, Any] = json.loads(Path(file).read_text(encoding="utf-8"))
        for entry in po:
            text = texts.get(entry.msgid)
            if not text:
                continue
            if entry.msgid_plural:
                forms = text if isinstance(text, list) else [text]
                entry.msgstr_plural = {n: forms[min(n, len(forms) - 1)] for n in range(len(forms_of(language)))}
            else:
                entry.msgstr = text if isinstance(text, str) else text[0]
            entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    save(po, catalogue(language))


def todo(language: str) -> dict[str, Any]:
    """What is not translated: {"English": ""}, with a place for each plural form. Under "#" stands, for each text,
    where it is used and which numbers take which form."""
    done = {entry.msgid for entry in load(language) if entry.translated() and not entry.fuzzy}
    numbers = forms_of(language)
    missing: dict[str, Any] = {"#": {}}
    for entry in wanted(language, collect()):
        if entry.msgid in done:
            continue
        files = {file for file, _line in entry.occurrences}
        note = "used in " + ", ".join(sorted(file for file in files if is_seen(entry.msgid, file, ROOT)))
        if entry.msgid_plural:
            shown = ["/".join(map(str, form[:4])) + "…" if form else "fractions" for form in numbers]
            note += f"; plural: {entry.msgid_plural}; numbers per form: {', '.join(shown)}"
        missing["#"][entry.msgid] = note
        missing[entry.msgid] = [""] * len(numbers) if entry.msgid_plural else ""
    return missing


def untranslated(po: polib.POFile) -> list[str]:
    """Texts without a translation, or with one that somebody should look at."""
    return [entry.msgid for entry in po if not entry.obsolete and (entry.fuzzy or not entry.translated())]


def faults(entry: polib.POEntry, numbers: list[list[int]]) -> list[str]:
    """What a translation does wrong with the values and tags of its text. `numbers`: see `forms_of`. Only a form
    that one number takes may leave the number out ("one module")."""
    found = []
    texts = entry.msgstr_plural if entry.msgid_plural else {0: entry.msgstr}
    for form, text in texts.items():
        of = entry.msgid_plural or entry.msgid
        values, given = set(_PLACEHOLDER.findall(of)), set(_PLACEHOLDER.findall(text))
        alone = bool(entry.msgid_plural) and len(numbers[form]) == 1
        if given - values or (values - given and not alone):
            found.append(f"other values in “{text}”")
        if sorted(_TAG.findall(text)) != sorted(_TAG.findall(of)):
            found.append(f"other tags in “{text}”")
        if text[:1].isspace() != of[:1].isspace() or text[-1:].isspace() != of[-1:].isspace():
            found.append(f"other white space around “{text}”")
    return found


def check() -> int:
    """0 when every text of the code is translated in every language, with the same values, and compiled."""
    problems: list[str] = []
    entries = collect()
    for language in LANGUAGES:
        po, numbers = load(language), forms_of(language)
        known = {entry.msgid for entry in po if not entry.obsolete}
        needed = {entry.msgid for entry in wanted(language, entries)}
        problems += [f"{language}: not in the catalogue: {text}" for text in sorted(needed - known)]
        problems += [f"{language}: not translated: {text}" for text in untranslated(po)]
        for entry in po.translated_entries():
            problems += [f"{language}: {entry.msgid}: {fault}" for fault in faults(entry, numbers)]
    print("\n".join(problems) if problems else f"All {len(LANGUAGES)} catalogues are complete.")
    return 1 if problems else 0


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["update", *some] if set(some) <= set(LANGUAGES):
            update(some or LANGUAGES)
        case ["merge", "--language", language, *files]:
            merge(language, files)
        case ["merge", *files]:
            merge("nl", files)
        case ["todo", language]:
            print(json.dumps(todo(language), ensure_ascii=False, indent=1))
        case ["check"]:
            sys.exit(check())
        case _:
            sys.exit(__doc__)
