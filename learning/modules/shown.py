"""What the templates of an overview and a lesson get: made from an edition's text, or from a draft's in a
preview. Nothing here reads the database or the visitor."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import get_language_info

from cms.pages.audiences import Audience
from cms.reporting import channels
from learning.modules.models import EditionText

Plain = dict[str, Any]

#: Blocks that stand on a card of their own; all others follow each other on one card.
ALONE = frozenset({"scenario", "channel"})
PICTURES = frozenset({"drawing", "image"})


@dataclass(frozen=True)
class Place:
    """A lesson and where it stands."""

    lesson: Plain
    index: int


#: Language and address of a page in each of its languages.
Addresses = Sequence[tuple[str, str]]


def languages(addresses: Addresses, own: str) -> Plain:
    """What the frame shows: `translations` for the switch, `alternates` and `canonical` for search engines."""
    return {
        "translations": [
            {"code": code, "label": capfirst(get_language_info(code)["name_local"]), "url": url}
            for code, url in addresses
            if code != own
        ],
        "alternates": [{"code": code, "url": settings.BASE_URL + url} for code, url in addresses],
        "canonical": next((settings.BASE_URL + url for code, url in addresses if code == own), ""),
    }


def address(name: str, *args: str) -> str:
    """The address of a view, or nothing where a draft has no slug or key yet."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def lesson_at(text: EditionText, index: int) -> Place | None:
    """The lesson at this position, counted from 0, or None."""
    return Place(text.lessons[index], index) if 0 <= index < len(text.lessons) else None


def lesson_named(text: EditionText, key: str) -> Place | None:
    """The lesson with this key, or None."""
    return next((Place(lesson, i) for i, lesson in enumerate(text.lessons) if lesson["key"] == key), None)


def practice(text: EditionText, lesson_key: str | None = None, *, graded: bool = False) -> list[Plain]:
    """Questions with their answers: those that don't count, of one lesson. With `graded` all questions, which
    only an editor may see."""
    questions = []
    for entry in text.edition.answer_key["questions"]:
        if (entry["graded"] and not graded) or (lesson_key is not None and entry["lesson"] != lesson_key):
            continue
        words = text.questions.get(entry["uuid"])
        if words is None:
            continue
        options = [
            {**words["options"].get(option["uuid"], {}), "right": option["points"] == "1"}
            for option in entry["options"]
        ]
        questions.append({**words, "uuid": entry["uuid"], "kind": entry["kind"], "options": options})
    return questions


def cards(blocks: Sequence[Plain], language: str) -> list[Plain]:
    """The blocks of a lesson as cards: the first has the title, and a picture on top when it starts with one.

    Each is `{"alone": bool, "picture": block or None, "blocks": [block, ...]}`; a call-out gets what the page
    Melden says about its channel today.
    """
    result: list[Plain] = [{"alone": False, "picture": None, "blocks": []}]
    for position, block in enumerate(blocks):
        if block["type"] == "channel":
            block = {**block, "channel": channels.for_block(block["value"]["channel"], language)}
        block = {**block, "template": f"modules/blocks/{block['type']}.html"}
        if position == 0 and block["type"] in PICTURES:
            result[0]["picture"] = block
        elif block["type"] in ALONE:
            result.append({"alone": True, "picture": None, "blocks": [block]})
        elif result[-1]["alone"]:
            result.append({"alone": False, "picture": None, "blocks": [block]})
        else:
            result[-1]["blocks"].append(block)
    return result


def _frame(text: EditionText, addresses: Addresses) -> Plain:
    """What every page of a module gets."""
    audience = Audience(text.edition.module.audience)
    return {
        "text": text,
        "audience": audience.value,
        "audience_name": audience.label,
        "drawing": audience.drawing.value,
        "index_url": f"/{text.language}/modules/",
        "overview_url": address("modules:overview", text.slug),
        "quiz_url": address("records:quiz", text.slug),
        "section": "modules",
        **languages(addresses, text.language),
    }


def overview_context(text: EditionText, addresses: Addresses) -> Plain:
    """A module's own page: what it is about, its lessons, the way in."""
    lessons = [
        {**lesson, "url": address("modules:lesson", text.slug, lesson["key"]), "number": number}
        for number, lesson in enumerate(text.lessons, start=1)
    ]
    return {**_frame(text, addresses), "lessons": lessons}


def lesson_context(text: EditionText, place: Place, addresses: Addresses) -> Plain:
    """One lesson: its cards, its practice, where it stands and the way on."""

    def beside(step: int) -> Plain | None:
        other = lesson_at(text, place.index + step)
        if other is None:
            return None
        return {**other.lesson, "url": address("modules:lesson", text.slug, other.lesson["key"])}

    return {
        **_frame(text, addresses),
        "lesson": place.lesson,
        "cards": cards(place.lesson["blocks"], text.language),
        "practice": practice(text, place.lesson["key"]),
        "progress_current": place.index + 1,
        "progress_total": len(text.lessons),
        "previous": beside(-1),
        "next": beside(1),
    }


def questions_context(text: EditionText) -> Plain:
    """All questions with their answers, for an editor's preview only."""
    return {**_frame(text, []), "practice": practice(text, graded=True)}
