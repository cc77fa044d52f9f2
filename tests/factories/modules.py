"""Modules and editions, made straight through the models."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone

from learning.modules.models import Edition, EditionText, Module

WORDS = {
    "en": {"title": "Terminal staff", "lesson": "Lesson", "stem": "Question", "right": "Right", "wrong": "Wrong"},
    "nl": {"title": "Terminalmedewerkers", "lesson": "Les", "stem": "Vraag", "right": "Goed", "wrong": "Fout"},
}


def make_key(questions: int = 10, multiple: int = 2, lessons: int = 4) -> dict[str, Any]:
    """An answer key: the last `multiple` questions are multiple choice (two right, one wrong), the others
    single choice with the first of three options right. One practice question comes on top."""
    made = []
    for number in range(questions):
        options = [str(uuid.uuid4()) for _i in range(3)]
        kind = "multiple" if number >= questions - multiple else "single"
        points = ["1", "1", "-1"] if kind == "multiple" else ["1", "0", "0"]
        made.append(
            {
                "uuid": str(uuid.uuid4()),
                "kind": kind,
                "graded": True,
                "lesson": f"lesson-{number % lessons + 1}",
                "max": "2" if kind == "multiple" else "1",
                "options": [{"uuid": o, "points": p} for o, p in zip(options, points, strict=True)],
            }
        )
    practice = {**made[0], "uuid": str(uuid.uuid4()), "graded": False}
    return {"questions": [*made, practice]}


def make_text(edition: Edition, language: str, slug: str, **fields: Any) -> EditionText:
    """The texts of an edition in one language; every stem and option says which one it is."""
    words = WORDS.get(language, WORDS["en"])
    questions = {}
    for number, question in enumerate(edition.answer_key["questions"], start=1):
        questions[question["uuid"]] = {
            "stem": f"{words['stem']} {number}: what do you do?",
            "feedback": f"Feedback {language} {number}",
            "source": "https://example.org/source",
            "options": {
                option["uuid"]: {
                    "text": f"{words['wrong' if option['points'][0] in '0-' else 'right']} {number}.{i}",
                    "feedback": "",
                }
                for i, option in enumerate(question["options"], start=1)
            },
        }
    lesson_keys = sorted({question["lesson"] for question in edition.answer_key["questions"]})
    lessons = [
        {"key": key, "title": f"{words['lesson']} {key[-1]}", "summary": "", "source": "", "blocks": []}
        for key in lesson_keys
    ]
    values = {"title": words["title"], "tagline": "", "intro": "", "minutes": 10, "checked": True}
    return EditionText.objects.create(
        edition=edition, language=language, slug=slug, lessons=lessons, questions=questions, **{**values, **fields}
    )


def make_edition(
    module: Module | None = None,
    *,
    audience: str = "terminal",
    slugs: dict[str, str] | None = None,
    key: dict[str, Any] | None = None,
    current: bool = True,
    **fields: Any,
) -> Edition:
    """A released edition with its texts in English and Dutch; makes its module when none is given, and
    makes it the module's current one."""
    module = module or Module.objects.create(key=uuid.uuid4(), audience=audience)
    last = Edition.objects.filter(module=module).order_by("-number").first()
    values = {
        "number": last.number + 1 if last else 1,
        "kind": "material" if last else "first",
        "content_hash": uuid.uuid4().hex + uuid.uuid4().hex,
        "released_at": timezone.now(),
    }
    edition = Edition.objects.create(module=module, answer_key=key or make_key(), **{**values, **fields})
    for language, slug in (slugs or {"en": f"{module.audience}-en", "nl": f"{module.audience}-nl"}).items():
        make_text(edition, language, slug)
    if current:
        Module.objects.filter(pk=module.pk).update(current_edition=edition)
        module.current_edition = edition
    return edition
