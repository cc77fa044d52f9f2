"""Starter content: four modules in Dutch and English, from the readable files in `content/`.

What no editor has checked is marked so: the demo publishes and releases it, elsewhere it is loaded as a draft.
"""

import hashlib
import json
import tomllib
import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from wagtail.models import Locale, Page

from cms.pages.audiences import Audience
from learning.modules.models import Edition
from learning.modules.pages import ModuleIndexPage, ModulePage
from learning.modules.plain import RULES
from learning.modules.release import release

Plain = dict[str, Any]
CONTENT = Path(__file__).parent / "content"
#: Ids of starter blocks are made from their keys within this namespace, so every installation and every
#: language has the same.
NAMESPACE = uuid.UUID("6f1f7a0e-2d0f-5c43-9a57-0c2b6f0f9b11")
INDEX = {
    "nl": (
        "Modules",
        "Kies je werk. Je leest een paar korte lessen en doet dan de toets. Dat duurt ongeveer 10 minuten.",
    ),
    "en": (
        "Modules",
        "Choose your work. You read a few short lessons and then take the quiz. It takes about 10 minutes.",
    ),
    "pl": (
        "Moduły",
        "Wybierz swoją pracę. Czytasz kilka krótkich lekcji i robisz test. Zajmuje to około 10 minut.",
    ),
    "ro": (
        "Module",
        "Alege munca ta. Citești câteva lecții scurte și apoi faci testul. Durează cam 10 minute.",
    ),
    "de": (
        "Module",
        "Wähle deine Arbeit. Du liest ein paar kurze Lektionen und machst dann den Test. Das dauert etwa 10 Minuten.",
    ),
    "uk": (
        "Модулі",
        "Обери свою роботу. Ти читаєш кілька коротких уроків, а потім проходиш тест. Це триває близько 10 хвилин.",
    ),
}
LISTS = ("items", "choices", "options")
STREAMS = ("goals", "lessons", "questions")
WORDS = ("title", "slug", "audience", "tagline", "intro", "minutes", "source", "checked")


def load(demo: bool) -> None:
    """Loads the list of modules and every module, in every language there is a file for.

    Running it again changes nothing; a page that an editor changed is left as it is, and one that nobody
    changed follows its file. Raises `LookupError` when there is no home page in a language yet, and
    `ReleaseRefused` when the files don't fit together.
    """
    indexes = {language: _index(language) for language in _languages()}
    for audience in Audience.values:
        pages = [
            _module(parent, _read(path), demo)
            for language, parent in indexes.items()
            if (path := CONTENT / f"{audience}.{language}.toml").exists()
        ]
        live = [page for page in pages if page.live]
        source = pages[0].source_page() if pages else None
        if source and source.live and source.current_edition() is None and (demo or all(p.checked for p in live)):
            release(source, Edition.Kind.FIRST, None, "Starter content")


def _languages() -> list[str]:
    """The languages that have a module's file and, besides Dutch and English, a home page."""
    with_file = {path.suffixes[0].lstrip(".") for path in CONTENT.glob("*.toml")}
    with_home = {home.locale.language_code for home in Page.objects.filter(depth=2).select_related("locale")}
    needed = ("nl", "en")
    return [code for code, _name in settings.LANGUAGES if code in with_file and (code in needed or code in with_home)]


def starter_id(*names: str | int) -> str:
    """The id of a starter page or block, from the keys that lead to it."""
    return str(uuid.uuid5(NAMESPACE, "/".join(str(name) for name in names)))


def _read(path: Path) -> Plain:
    """A content file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _index(language: str) -> ModuleIndexPage:
    """The list of modules under the home page of a language, made when it isn't there."""
    locale, _created = Locale.objects.get_or_create(language_code=language)
    index = ModuleIndexPage.objects.filter(locale=locale).first()
    if index is not None:
        return index
    home = Page.objects.filter(depth=2, locale=locale).first()
    if home is None:
        raise LookupError(f"There is no home page in '{language}' yet: load the pages first.")
    title, intro = INDEX[language]
    index = ModuleIndexPage(
        title=title,
        intro=intro,
        slug="modules",
        locale=locale,
        translation_key=starter_id("index"),
        show_in_menus=True,
    )
    home.add_child(instance=index)
    index.save_revision().publish()
    # What is taught stands first in the menu.
    index.move(Page.objects.get(pk=home.pk), "first-child")
    index.refresh_from_db()
    return index


def _module(parent: ModuleIndexPage, data: Plain, demo: bool) -> ModulePage:
    """One module in one language: made, or brought up to date with its file, and published when it may be."""
    fields = _fields(data)
    key = starter_id(data["key"])
    wanted = mark(ModulePage(**fields))
    page = ModulePage.objects.filter(translation_key=key, locale=parent.locale).first()
    if page is None:
        page = ModulePage(**fields, locale=parent.locale, translation_key=key, live=False, starter_mark=wanted)
        parent.add_child(instance=page)
        page.save_revision()
    else:
        latest = page.get_latest_revision_as_object()
        if mark(latest) == page.starter_mark != wanted:
            for name, value in {**fields, "starter_mark": wanted}.items():
                setattr(latest, name, value)
            latest.save_revision()
            page.refresh_from_db()
    _publish(page, demo)
    return ModulePage.objects.get(pk=page.pk)


def _publish(page: ModulePage, demo: bool) -> None:
    """Publishes what the loader wrote last, when it is checked or this is the demo. What an editor wrote, or
    took off line, stays as it is."""
    latest = page.get_latest_revision_as_object()
    ours = mark(latest) == latest.starter_mark
    taken_off = not page.live and page.first_published_at is not None
    if ours and not taken_off and (demo or latest.checked) and page.live_revision_id != page.latest_revision_id:
        page.latest_revision.publish()


def mark(page: ModulePage) -> str:
    """A hash over all that an editor can change on the page."""
    content: Plain = {name: getattr(page, name) for name in (*WORDS, "review_on", *RULES)}
    if page.translation_to_check:  # only then: pages from before this mark keep theirs
        content["translation_to_check"] = True
    content["pass_mark"] = f"{page.pass_mark:.2f}"
    for name in STREAMS:
        content[name] = ModulePage._meta.get_field(name).stream_block.get_prep_value(getattr(page, name))
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    return hashlib.sha256(written.encode()).hexdigest()


def _fields(data: Plain) -> Plain:
    """A content file as the fields of a page, blocks in the form in which Wagtail stores them."""
    module = data["key"]
    goals = [{"type": "goal", "id": starter_id(module, "goal", i), "value": g} for i, g in enumerate(data["goals"])]
    lessons = [
        {
            "type": "lesson",
            "id": starter_id(module, lesson["key"]),
            "value": {
                **{name: lesson[name] for name in ("key", "title", "summary", "source")},
                "body": [_block(block, module, lesson["key"]) for block in lesson["blocks"]],
            },
        }
        for lesson in data["lessons"]
    ]
    questions = [
        {
            "type": "question",
            "id": starter_id(module, "question", question["key"]),
            "value": _value({**question, "key": question["key"].lower()}, module, "question", question["key"]),
        }
        for question in data["questions"]
    ]
    words = {**{name: data[name] for name in WORDS}, "translation_to_check": data.get("translation_to_check", False)}
    return {**words, "goals": goals, "lessons": lessons, "questions": questions}


def _block(block: Plain, *names: str) -> Plain:
    """A block of a lesson."""
    path = (*names, block["key"])
    value = {name: value for name, value in block.items() if name not in ("key", "type")}
    return {"type": block["type"], "id": starter_id(*path), "value": _value(value, *path)}


def _value(value: Plain, *names: str) -> Plain:
    """A block's value, with an id for each item of its lists; the order in the file is the same in every
    language."""
    return {
        name: [
            {"type": "item", "id": starter_id(*names, name, position), "value": dict(item)}
            for position, item in enumerate(content)
        ]
        if name in LISTS
        else content.strip()
        if isinstance(content, str)
        else content
        for name, content in value.items()
    }
