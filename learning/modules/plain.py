"""From the page an editor works on to plain data: what a release freezes, and what a preview shows. Both go
through here, so a preview can't differ from what people will get. Nothing here fails on a page that is half
done: a release lists what is missing, a preview leaves it out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError
from wagtail.rich_text import expand_db_html

from cms.pages.sanitise import clean_html
from learning.modules.kept import kept_name
from learning.modules.models import QuestionKind
from learning.modules.videos import FILM_TYPES, extension

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile

    from learning.modules.pages import ModulePage

#: Wide enough for the learner's column on a good screen, light enough for a phone.
RENDITION = "max-960x720|format-webp|webpquality-60"
RULES = ("pass_mark", "draw_count", "shuffle_questions", "shuffle_options", "validity_months", "cooldown_minutes")

Plain = dict[str, Any]
Address = Callable[["FieldFile"], str]


def now_address(file: "FieldFile") -> str:
    """Where the file is today: for a preview."""
    return str(file.url)


@dataclass
class Keeper:
    """Gives the address a file has in an edition, and remembers which files those are."""

    files: "dict[str, FieldFile]" = field(default_factory=dict)

    def __call__(self, file: "FieldFile") -> str:
        """The lasting address; the file itself is copied at the release."""
        name = kept_name(file)
        self.files[name] = file
        return default_storage.url(name)


def _image(image: Any, alt: str | None, address: Address) -> Plain | None:
    """An image as plain data, or None when none was chosen. Without a file its `url` is empty."""
    if image is None:
        return None
    try:
        rendition = image.get_rendition(RENDITION)
        url = address(rendition.file)
    except (SourceImageIOError, InvalidFilterSpecError, OSError):
        return {"url": "", "width": 0, "height": 0, "alt": alt or ""}
    return {"url": url, "width": rendition.width, "height": rendition.height, "alt": alt or ""}


def _video(video: Any, address: Address) -> Plain | None:
    """A film as plain data, or None when there is none or its file is gone."""
    if video is None or not video.file:
        return None
    try:
        return {
            "title": video.title,
            "url": address(video.file),
            "type": FILM_TYPES.get(extension(video.file.name), ""),
            "size": video.file.size,
            "captions": address(video.captions) if video.captions else "",
            "transcript": video.transcript,
        }
    except OSError:
        return None


def _text(value: Any, address: Address) -> Plain:
    """Links to pages become plain addresses; cleaned last, since it is shown as it is."""
    return {"heading": value["heading"] or "", "html": clean_html(expand_db_html(value["html"].source or ""))}


def _picture(value: Any, address: Address) -> Plain:
    return {"image": _image(value["image"], value["alt"], address), "caption": value["caption"] or ""}


def _drawing(value: Any, address: Address) -> Plain:
    return {"drawing": value["drawing"] or "", "alt": value["alt"] or ""}


def _signals(value: Any, address: Address) -> Plain:
    items = [{"signal": item["signal"] or "", "action": item["action"] or ""} for item in value["items"]]
    return {"heading": value["heading"] or "", "items": items}


def _scenario(value: Any, address: Address) -> Plain:
    choices = [
        {"text": choice["text"] or "", "good": bool(choice["good"]), "feedback": choice["feedback"] or ""}
        for choice in value["choices"]
    ]
    return {"situation": value["situation"] or "", "question": value["question"] or "", "choices": choices}


def _channel(value: Any, address: Address) -> Plain:
    return {"channel": value["channel"] or "", "heading": value["heading"] or "", "text": value["text"] or ""}


def _film(value: Any, address: Address) -> Plain:
    return {"video": _video(value["video"], address), "caption": value["caption"] or ""}


#: How a block's value becomes plain data; the keys are also the names of the templates.
BLOCKS: dict[str, Callable[[Any, Address], Plain]] = {
    "text": _text,
    "image": _picture,
    "drawing": _drawing,
    "signals": _signals,
    "scenario": _scenario,
    "channel": _channel,
    "video": _film,
}


def lessons_of(page: "ModulePage", address: Address) -> list[Plain]:
    """The page's lessons in order, each with its blocks; see `EditionText.lessons`."""
    return [
        {
            "key": lesson.value["key"] or "",
            "title": lesson.value["title"] or "",
            "summary": lesson.value["summary"] or "",
            "source": lesson.value["source"] or "",
            "blocks": [
                {
                    "type": block.block_type,
                    "id": block.id or f"new-{position}",
                    "value": BLOCKS[block.block_type](block.value, address),
                }
                for position, block in enumerate(lesson.value["body"])
            ],
        }
        for lesson in page.lessons
    ]


def questions_of(page: "ModulePage", address: Address) -> Plain:
    """The texts of the page's questions by question UUID; see `EditionText.questions`."""
    return {
        question.id or f"new-{position}": {
            "stem": question.value["stem"] or "",
            "feedback": question.value["feedback"] or "",
            "source": question.value["source"] or "",
            "image": _image(question.value["image"], question.value["image_alt"], address),
            "options": {
                uuid: {"text": option["text"] or "", "feedback": option["feedback"] or ""}
                for uuid, option in _options(question)
            },
        }
        for position, question in enumerate(page.questions)
    }


def answer_key_of(page: "ModulePage") -> Plain:
    """Right and wrong, in points as decimal texts; see `Edition.answer_key`.

    Single choice: the right option gives 1. Multiple choice: every right option gives 1, every wrong one
    takes 1 away, so that ticking everything doesn't score; at most the number of right options.
    """
    return {
        "questions": [
            {
                "uuid": question.id or f"new-{position}",
                "kind": question.value["kind"] or QuestionKind.SINGLE.value,
                "graded": bool(question.value["graded"]),
                "lesson": question.value["lesson"] or "",
                **_points(question),
            }
            for position, question in enumerate(page.questions)
        ]
    }


def _options(question: Any) -> list[tuple[str, Any]]:
    """UUID and value of every option of a question block, in order."""
    bound = question.value["options"].bound_blocks
    return [(option.id or f"new-{position}", option.value) for position, option in enumerate(bound)]


def _points(question: Any) -> Plain:
    """Points per option and the most that can be had."""
    options = _options(question)
    multiple = question.value["kind"] == QuestionKind.MULTIPLE
    wrong = "-1" if multiple else "0"
    right_count = sum(bool(option["correct"]) for _uuid, option in options)
    return {
        "max": str(right_count) if multiple else "1",
        "options": [{"uuid": uuid, "points": "1" if option["correct"] else wrong} for uuid, option in options],
    }


def rules_of(page: "ModulePage") -> Plain:
    """How a quiz is drawn and judged, as the page says now."""
    return {name: getattr(page, name) for name in RULES}


def text_of_page(page: "ModulePage", address: Address) -> Plain:
    """The fields of an `EditionText` in the page's language, without its edition."""
    return {
        "language": page.locale.language_code,
        "slug": page.slug,
        "title": page.title,
        "tagline": page.tagline,
        "intro": page.intro,
        "minutes": page.minutes or 0,
        "goals": [goal.value for goal in page.goals if goal.value],
        "source": page.source,
        "checked": page.checked,
        "translation_to_check": page.translation_to_check,
        "lessons": lessons_of(page, address),
        "questions": questions_of(page, address),
    }
