"""Releasing: from the live pages of a module to an immutable edition.

Publishing in Wagtail makes a candidate and changes nothing for learners. A release takes the questions, right
and wrong, and the rules from the page in the source language, and the words from every live translation; it
refuses while anything is missing, and says what.
"""

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.accounts import audit
from cms.pages import serving
from learning.modules import plain, rules
from learning.modules.kept import keep
from learning.modules.models import Edition, EditionText, Module

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile

    from cms.accounts.models import User
    from learning.modules.pages import ModulePage

Plain = dict[str, Any]
SLUG = re.compile(r"^[-a-zA-Z0-9_]+$")
#: Kinds of change that promise the same answer key.
SAME_KEY = frozenset({Edition.Kind.TYPO, Edition.Kind.CLARIFIED})


class ReleaseRefused(ValidationError):
    """Nothing was released; `messages` says everything that is in the way."""


@dataclass(frozen=True)
class Candidate:
    """What a release would freeze now. `problems` says what is in the way, in the reader's language."""

    source: "ModulePage"
    rules: Plain
    answer_key: Plain
    texts: list[Plain]
    files: "dict[str, FieldFile]" = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def content_hash(self) -> str:
        """A hash over rules, answer key and texts: equal content has an equal hash."""
        return content_hash(self.source.audience, self.rules, self.answer_key, self.texts)


def content_hash(audience: str, rules: Plain, answer_key: Plain, texts: list[Plain]) -> str:
    """A hash over all that an edition holds, whatever the order in which languages come. The mark of a translation
    counts where it stands only: editions from before it keep their hash."""
    marked = [
        {name: value for name, value in text.items() if name != "translation_to_check" or value} for text in texts
    ]
    content = {
        "audience": audience,
        "rules": {**rules, "pass_mark": f"{rules['pass_mark']:.2f}"},
        "answer_key": answer_key,
        "texts": {text["language"]: text for text in marked},
    }
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    return hashlib.sha256(written.encode()).hexdigest()


def candidate_of(page: "ModulePage") -> Candidate:
    """What would be released now: from the live page in the source language and its live translations."""
    source = page.source_page()
    keeper = plain.Keeper()
    translations = source.get_translations().live().filter(alias_of=None).select_related("locale").order_by("id")
    pages = [source, *translations]
    texts = [plain.text_of_page(each, keeper) for each in pages]
    key = plain.answer_key_of(source)
    problems = [
        *_source_problems(source, key),
        *(problem for text in texts for problem in _text_problems(text)),
        *(problem for text in texts[1:] for problem in _translation_problems(texts[0], text)),
        *_address_problems(source, texts),
    ]
    return Candidate(source, plain.rules_of(source), key, texts, keeper.files, problems)


def _source_problems(source: "ModulePage", key: Plain) -> list[str]:
    """What is wrong with the page that decides on right and wrong."""
    problems = []
    if not source.live:
        problems.append(_("This page is not published. Publish it first, then release it."))
    graded = [entry for entry in key["questions"] if entry["graded"]]
    if not graded:
        problems.append(_("There is no question that counts in the quiz."))
    if fault := rules.draw_fault(source.draw_count, len(graded)):
        problems.append(fault)
    if not len(source.lessons):
        problems.append(_("There is no lesson."))
    known = [lesson.value["key"] for lesson in source.lessons]
    problems += rules.repeated(known).values()
    for number, entry in enumerate(key["questions"], start=1):
        right = [option["points"] == "1" for option in entry["options"]]
        faults = [rules.lesson_fault(entry["lesson"], known), *rules.option_faults(entry["kind"], right)]
        problems += [_question(number, fault) for fault in faults if fault]
    return problems


def _text_problems(text: Plain) -> list[str]:
    """What is missing in one language: sources, descriptions, captions, transcripts, words."""
    problems = []
    language = text["language"]
    if not text["source"].strip():
        problems.append(_("[%(language)s] The module has no source.") % {"language": language})
    for number, lesson in enumerate(text["lessons"], start=1):
        faults = [] if lesson["source"].strip() else [_("the source is missing.")]
        faults += [_("the title is missing.")] if not lesson["title"].strip() else []
        faults += [fault for block in lesson["blocks"] for fault in _block_faults(block)]
        problems += [
            _("[%(language)s] Lesson %(number)d: %(fault)s") % {"language": language, "number": number, "fault": fault}
            for fault in faults
        ]
    for number, question in enumerate(text["questions"].values(), start=1):
        problems += [f"[{language}] {_question(number, fault)}" for fault in _question_faults(question)]
    return problems


def _question(number: int, fault: str) -> str:
    """A fault with the number of its question."""
    return _("Question %(number)d: %(fault)s") % {"number": number, "fault": fault}


def _question_faults(question: Plain) -> list[str]:
    """What a question's texts lack."""
    faults = [] if question["source"].strip() else [_("the source is missing.")]
    faults += [] if question["stem"].strip() else [_("the question itself is empty.")]
    faults += [_("an option is empty.") for option in question["options"].values() if not option["text"].strip()]
    if question["image"]:
        faults += _image_faults(question["image"])
    return faults


def _image_faults(image: Plain | None) -> list[str]:
    """What an image lacks: its file, or its description."""
    if image is None or not image["url"]:
        return [_("the file of an image is missing.")]
    return [] if image["alt"].strip() else [_("an image has no description.")]


def _block_faults(block: Plain) -> list[str]:
    """What a block of a lesson lacks."""
    value = block["value"]
    faults = []
    if block["type"] == "drawing" and not value["alt"].strip():
        faults.append(_("a drawing has no description."))
    if block["type"] == "image":
        faults += _image_faults(value["image"])
    if block["type"] == "video" and value["video"] is None:
        faults.append(_("the file of a film is missing."))
    elif block["type"] == "video":
        faults += [] if value["video"]["captions"] else [_("a film has no captions.")]
        faults += [] if value["video"]["transcript"].strip() else [_("a film has no transcript.")]
    if block["type"] == "scenario":
        faults += rules.choice_faults([choice["good"] for choice in value["choices"]])
    return faults


def _translation_problems(source: Plain, text: Plain) -> list[str]:
    """Where a translation is not the same module: lessons by key, questions and options by UUID."""
    problems = []
    language = text["language"]
    ours, theirs = source["questions"], text["questions"]
    for number, (uuid, question) in enumerate(ours.items(), start=1):
        if uuid not in theirs:
            problems.append((number, _("this question is missing in the translation.")))
        elif question["options"].keys() != theirs[uuid]["options"].keys():
            problems.append((number, _("the options are not those of the source.")))
    for number, uuid in enumerate(theirs, start=1):
        if uuid not in ours:
            problems.append((number, _("this question is not in the source.")))
    listed = [f"[{language}] {_question(number, fault)}" for number, fault in problems]
    if [lesson["key"] for lesson in source["lessons"]] != [lesson["key"] for lesson in text["lessons"]]:
        listed.append(_("[%(language)s] The lessons are not those of the source.") % {"language": language})
    return listed


def _address_problems(source: "ModulePage", texts: list[Plain]) -> list[str]:
    """Addresses that can't be served: not plain, or of another module."""
    problems = []
    for text in texts:
        if not SLUG.match(text["slug"]):
            problems.append(
                _("[%(language)s] The address “%(slug)s” may have letters, digits and hyphens only.") % text
            )
        taken = EditionText.objects.filter(language=text["language"], slug=text["slug"]).exclude(
            edition__module__key=source.translation_key
        )
        if taken.exists():
            problems.append(_("[%(language)s] Another module has the address “%(slug)s”.") % text)
    return problems


def judging(answer_key: Plain) -> dict[str, Plain]:
    """The part of an answer key that decides on a result, by question UUID, whatever the order."""
    return {
        entry["uuid"]: {
            "kind": entry["kind"],
            "graded": entry["graded"],
            "points": {option["uuid"]: option["points"] for option in entry["options"]},
        }
        for entry in answer_key["questions"]
    }


def kind_fault(kind: Edition.Kind, current: Edition | None, answer_key: Plain) -> str | None:
    """Why this kind of change is not what happened since the current edition, or None when it is."""
    if current is None:
        return None if kind == Edition.Kind.FIRST else _("Nothing was released yet: choose the first edition.")
    if kind == Edition.Kind.FIRST:
        return _("There is an edition already: this can't be the first.")
    before, after = judging(current.answer_key), judging(answer_key)
    if kind in SAME_KEY and before != after:
        return _("The answer key changed, so this is not just a change of words. Choose another kind.")
    if kind == Edition.Kind.WRONG_KEY:
        if before == after:
            return _("The answer key is the same as before, so it was not the key that was wrong.")
        if _shape(before) != _shape(after):
            return _("Questions or options came or went. That is a change of content: choose that kind.")
    return None


def _shape(key: dict[str, Plain]) -> dict[str, tuple[str, bool, frozenset[str]]]:
    """Which questions and options there are, without right and wrong."""
    return {uuid: (entry["kind"], entry["graded"], frozenset(entry["points"])) for uuid, entry in key.items()}


def release(
    page: "ModulePage", kind: Edition.Kind | str, by: "User | None", note: str = "", *, seen: str | None = None
) -> Edition:
    """Makes the next edition of this page's module and serves learners from it.

    `page` may be any translation. `seen` is the `content_hash` that was shown to `by`; when the pages have
    changed since, nothing is released. Raises `ReleaseRefused` with everything that is in the way.
    """
    candidate = candidate_of(page)
    if candidate.problems:
        raise ReleaseRefused(candidate.problems)
    if seen is not None and seen != candidate.content_hash:
        raise ReleaseRefused(_("The pages changed while you were looking. Look again at what will be released."))
    for file in candidate.files.values():
        keep(file)
    module, _created = Module.objects.get_or_create(
        key=candidate.source.translation_key, defaults={"audience": candidate.source.audience}
    )
    with transaction.atomic():
        locked = Module.objects.select_for_update().get(pk=module.pk)
        edition = _append(locked, candidate, Edition.Kind(kind), by, note)
        # The front page and the list of modules show what is on offer.
        transaction.on_commit(serving.bump, robust=True)
    return edition


def _append(module: Module, candidate: Candidate, kind: Edition.Kind, by: "User | None", note: str) -> Edition:
    """Writes the edition under a lock on its module, so that two releases get two numbers; a database
    constraint holds that too."""
    current = module.current_edition
    if current is not None and current.content_hash == candidate.content_hash:
        raise ReleaseRefused(_("Nothing changed since edition %(number)d.") % {"number": current.number})
    if fault := kind_fault(kind, current, candidate.answer_key):
        raise ReleaseRefused(fault)
    last = module.editions.order_by("-number").values_list("number", flat=True).first() or 0
    edition = Edition(
        module=module,
        number=last + 1,
        kind=kind,
        note=note,
        answer_key=candidate.answer_key,
        content_hash=candidate.content_hash,
        released_at=timezone.now(),
        released_by=by,
        **candidate.rules,
    )
    edition.save()
    for text in candidate.texts:
        EditionText(edition=edition, **text).save()
    module.current_edition = edition
    module.audience = candidate.source.audience
    module.save(update_fields=["current_edition", "audience"])
    audit.record("module.release", edition, by, number=edition.number, kind=kind.value)
    return edition
