"""Module pages as an editor makes them, in plain Wagtail trees."""

from __future__ import annotations

import uuid
from typing import Any

from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Locale, Page

from learning.modules.models import Edition
from learning.modules.pages import ModuleIndexPage, ModulePage
from learning.modules.release import release

SOURCE = "https://example.org/source"


def make_home(language: str) -> Page:
    """A home page in this language: the page at depth 2."""
    locale, _created = Locale.objects.get_or_create(language_code=language)
    home = Page.objects.filter(depth=2, locale=locale).first()
    if home is None:
        # A test with real transactions empties the tree that migrations made.
        root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root", locale=locale))
        home = root.add_child(instance=Page(title=f"Home {language}", slug=f"home-{language}", locale=locale))
    return home


def make_index(language: str = "nl") -> ModuleIndexPage:
    """The list of modules under the home page of this language."""
    home = make_home(language)
    index = ModuleIndexPage.objects.filter(locale=home.locale).first()
    if index is None:
        key = uuid.uuid5(uuid.NAMESPACE_URL, "index")
        index = ModuleIndexPage(title="Modules", slug="modules", locale=home.locale, translation_key=key)
        home.add_child(instance=index)
    return index


def make_image() -> Image:
    """A picture in the CMS."""
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    return Image.objects.create(title="Quay", file=get_test_image_file())


def text(html: str = "<p>Call your planner.</p>", **value: Any) -> dict[str, Any]:
    """A text block, raw."""
    return {"type": "text", "id": str(uuid.uuid4()), "value": {"heading": "", "html": html, **value}}


def lesson(key: str = "on-the-road", *blocks: dict[str, Any], **value: Any) -> dict[str, Any]:
    """A lesson, raw."""
    fields = {"key": key, "title": f"About {key}", "summary": "You know what to do.", "source": SOURCE}
    return {
        "type": "lesson",
        "id": str(uuid.uuid4()),
        "value": {**fields, "body": list(blocks) or [text()], **value},
    }


def question(
    key: str = "q1", right: tuple[bool, ...] = (True, False, False), *, options: list[str] | None = None, **value: Any
) -> dict[str, Any]:
    """A question, raw: single choice with the first option right, unless told otherwise."""
    words = options or [f"Option {key}.{i}" for i in range(1, len(right) + 1)]
    fields = {
        "key": key,
        "kind": "single",
        "graded": True,
        "lesson": "on-the-road",
        "stem": f"What do you do? ({key})",
        "feedback": f"Because of {key}.",
        "source": SOURCE,
        "options": [
            {
                "type": "item",
                "id": str(uuid.uuid4()),
                "value": {"text": word, "correct": correct, "feedback": f"Why {word}"},
            }
            for word, correct in zip(words, right, strict=True)
        ],
    }
    return {"type": "question", "id": str(uuid.uuid4()), "value": {**fields, **value}}


def make_page(language: str = "nl", *, publish: bool = True, **fields: Any) -> ModulePage:
    """A module page with two lessons, two questions that count and one for practice."""
    index = make_index(language)
    values: dict[str, Any] = {
        "title": "Drivers",
        "slug": f"drivers-{uuid.uuid4().hex[:8]}",
        "audience": "chauffeurs",
        "tagline": "Stop and call.",
        "intro": "Why this is about you.",
        "source": SOURCE,
        "checked": True,
        "goals": [{"type": "goal", "id": str(uuid.uuid4()), "value": "You stop and call."}],
        "lessons": [lesson(), lesson("parking")],
        "questions": [
            question("q1"),
            question("q2", (True, True, False), kind="multiple", lesson="parking"),
            question("practice", graded=False, lesson="parking"),
        ],
    }
    page = ModulePage(**{**values, **fields}, locale=index.locale, live=False)
    index.add_child(instance=page)
    return published(page) if publish else page


def published(page: ModulePage) -> ModulePage:
    """The page after everything on it was saved and published."""
    page.save_revision().publish()
    return ModulePage.objects.get(pk=page.pk)


def translated(page: ModulePage, language: str = "en", **fields: Any) -> ModulePage:
    """A published translation with the same blocks."""
    make_index(language)
    copy = page.copy_for_translation(Locale.objects.get(language_code=language))
    for name, value in fields.items():
        setattr(copy, name, value)
    return published(copy)


def raw(page: ModulePage, name: str) -> list[dict[str, Any]]:
    """A stream of the page as it lies in the database."""
    return ModulePage._meta.get_field(name).stream_block.get_prep_value(getattr(page, name))


def first_release(page: ModulePage) -> Edition:
    """Edition 1."""
    return release(page, Edition.Kind.FIRST, None)
