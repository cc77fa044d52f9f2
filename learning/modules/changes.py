"""What a release would change: the candidate beside the current edition, in words for the person who releases.
Pure functions on plain data."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

Plain = dict[str, Any]

#: Line breaks between tags: a file has them, the CMS's editor takes them out, a reader sees neither.
_BETWEEN_TAGS = re.compile(r"(?<=>)\s*\n\s*(?=<)")
#: What in a part of a lesson is no text.
_NO_WORDS = frozenset({"url", "type", "captions", "drawing", "channel"})


@dataclass(frozen=True)
class Change:
    """One thing that changed. `before` and `after` are short texts, empty where there was or is nothing."""

    what: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class LanguageChanges:
    """What changed in one language's words. `new` when the edition didn't have this language."""

    language: str
    new: bool = False
    gone: bool = False
    changes: list[Change] = field(default_factory=list)


def rule_changes(before: Plain, after: Plain, labels: dict[str, str]) -> list[Change]:
    """Rules that differ; `labels` names each rule for people."""
    return [
        Change(labels[name], _shown(before[name]), _shown(after[name]))
        for name in labels
        if before[name] != after[name]
    ]


def _shown(value: object) -> str:
    """A rule's value for people."""
    if value is None:
        return _("all")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"{value:f}".rstrip("0").rstrip(".") if hasattr(value, "as_tuple") else str(value)


def key_changes(before: Plain, after: Plain, words: Plain) -> list[Change]:
    """Questions that came, went, or are judged differently. `words` gives a question's texts by UUID."""
    stems = {uuid: question["stem"] for uuid, question in words.items()}
    old = {entry["uuid"]: entry for entry in before["questions"]}
    new = {entry["uuid"]: entry for entry in after["questions"]}
    changes = [Change(_("New question"), after=stems.get(uuid, "")) for uuid in new if uuid not in old]
    changes += [Change(_("Question removed"), before=stems.get(uuid, "")) for uuid in old if uuid not in new]
    for uuid, entry in new.items():
        if uuid not in old:
            continue
        stem = stems.get(uuid, "")
        if _points(old[uuid]) != _points(entry) or old[uuid]["kind"] != entry["kind"]:
            what = _("Right and wrong changed: %(stem)s") % {"stem": stem}
            changes.append(Change(what, _right(old[uuid], words), _right(entry, words)))
        if old[uuid]["graded"] != entry["graded"]:
            what = _("Counts now: %(stem)s") if entry["graded"] else _("No longer counts: %(stem)s")
            changes.append(Change(what % {"stem": stem}))
        if old[uuid]["lesson"] != entry["lesson"]:
            what = _("Belongs to another lesson: %(stem)s") % {"stem": stem}
            changes.append(Change(what, old[uuid]["lesson"], entry["lesson"]))
    return changes


def _points(entry: Plain) -> dict[str, str]:
    """Points by option."""
    return {option["uuid"]: option["points"] for option in entry["options"]}


def _right(entry: Plain, words: Plain) -> str:
    """The right options of a question, in words."""
    options = words.get(entry["uuid"], {"options": {}})["options"]
    right = [option["uuid"] for option in entry["options"] if option["points"] == "1"]
    return " / ".join(options[uuid]["text"] for uuid in right if uuid in options)


def text_changes(before: Iterable[Plain], after: Iterable[Plain]) -> list[LanguageChanges]:
    """What changed in the words, by language; languages without a change are left out."""
    old = {text["language"]: text for text in before}
    new = {text["language"]: text for text in after}
    result = [
        LanguageChanges(language, new=language not in old, changes=_in_language(old.get(language), text))
        for language, text in new.items()
    ]
    result += [LanguageChanges(language, gone=True) for language in old if language not in new]
    return [each for each in result if each.new or each.gone or each.changes]


def _in_language(before: Plain | None, after: Plain) -> list[Change]:
    """Changes of one language's words; a language that is new has none to list."""
    if before is None:
        return []
    names = {
        "title": _("Title"),
        "slug": _("Address"),
        "tagline": _("Tagline"),
        "intro": _("Introduction"),
        "minutes": _("Minutes"),
        "goals": _("Goals"),
        "source": _("Source"),
        "checked": _("Checked"),
        "translation_to_check": _("Translation to check"),
    }
    changes = [
        Change(label, _line(before[name]), _line(after[name]))
        for name, label in names.items()
        if before[name] != after[name]
    ]
    return [*changes, *_lessons(before["lessons"], after["lessons"]), *_questions(before, after)]


def _line(value: object) -> str:
    """A field's value on one line."""
    if isinstance(value, list):
        return " / ".join(str(item) for item in value)
    return _shown(value) if isinstance(value, bool) else str(value)


def _lessons(before: list[Plain], after: list[Plain]) -> list[Change]:
    """Lessons that came, went, moved or changed."""
    old = {lesson["key"]: lesson for lesson in before}
    new = {lesson["key"]: lesson for lesson in after}
    changes = [Change(_("New lesson"), after=new[key]["title"]) for key in new if key not in old]
    changes += [Change(_("Lesson removed"), before=old[key]["title"]) for key in old if key not in new]
    for key in new.keys() & old.keys():
        was, now = old[key], new[key]
        what = _("Lesson “%(title)s”") % {"title": now["title"]}
        changes += [
            Change(f"{what}: {label}", was[name], now[name])
            for name, label in (("title", _("title")), ("summary", _("summary")), ("source", _("source")))
            if was[name] != now[name]
        ]
        changes += _parts(what, was["blocks"], now["blocks"])
    kept = [key for key in old if key in new]
    if kept != [key for key in new if key in old]:
        changes.append(Change(_("The lessons are in another order")))
    return changes


def _parts(what: str, before: list[Plain], after: list[Plain]) -> list[Change]:
    """The parts of a lesson that came, went or changed, each kind with its words."""
    old = {block["id"]: block["value"] for block in before}
    new = {block["id"]: block["value"] for block in after}
    added = [uuid for uuid in new if uuid not in old]
    removed = [uuid for uuid in old if uuid not in new]
    changed = [uuid for uuid in new if uuid in old and _even(new[uuid]) != _even(old[uuid])]
    kinds = (
        (_("parts added: %(count)d"), added),
        (_("parts removed: %(count)d"), removed),
        (_("parts changed: %(count)d"), changed),
    )
    changes = [
        Change(f"{what}: " + label % {"count": len(uuids)}, _words_of(old, uuids), _words_of(new, uuids))
        for label, uuids in kinds
        if uuids
    ]
    if not changes and list(old) != list(new):
        changes.append(Change(f"{what}: " + _("parts in another order")))
    return changes


def _even(value: Any) -> Any:
    """A part of a lesson, without what no reader sees."""
    if isinstance(value, dict):
        return {name: _even(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_even(each) for each in value]
    return _BETWEEN_TAGS.sub("", value).strip() if isinstance(value, str) else value


def _words_of(blocks: Plain, uuids: list[str]) -> str:
    """The words of these parts, on one line."""
    return " / ".join(words for uuid in uuids for words in _words(blocks.get(uuid)))


def _words(value: Any) -> Iterator[str]:
    """Every text in a part of a lesson, without its markup."""
    if isinstance(value, dict):
        for name, each in value.items():
            if name not in _NO_WORDS:
                yield from _words(each)
    elif isinstance(value, list):
        for each in value:
            yield from _words(each)
    elif isinstance(value, str) and value.strip():
        yield " ".join(unescape(strip_tags(value.replace("><", "> <"))).split())


def _questions(before: Plain, after: Plain) -> list[Change]:
    """Questions whose words changed; those that came or went are listed with the answer key."""
    changes = []
    for uuid, now in after["questions"].items():
        was = before["questions"].get(uuid)
        if was is None or was == now:
            continue
        what = _("Question “%(stem)s”") % {"stem": now["stem"]}
        option_of_it, image_of_it = f"{what}: " + _("option"), f"{what}: " + _("image")
        changes += [
            Change(f"{what}: {label}", was[name], now[name])
            for name, label in (("stem", _("question")), ("feedback", _("explanation")), ("source", _("source")))
            if was[name] != now[name]
        ]
        for option, words in now["options"].items():
            past = was["options"].get(option)
            if past and past != words:
                changes.append(Change(option_of_it, _option(past), _option(words)))
        if was.get("image") != now.get("image"):
            changes.append(Change(image_of_it))
    return changes


def _option(words: Plain) -> str:
    """An option's words on one line."""
    return " / ".join(part for part in (words["text"], words["feedback"]) if part)
