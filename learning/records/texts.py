"""The texts of editions as the quiz needs them: small, and kept in memory, since an edition never changes."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils import translation

from cms.accounts.languages import FOR_OTHERS
from learning.modules.models import Edition, EditionText

#: How many editions are remembered per process.
REMEMBERED = 32


@dataclass(frozen=True)
class QuizText:
    """An edition's texts in one language, without the lessons' content."""

    language: str
    slug: str
    title: str
    #: Title by lesson key, in the module's order.
    lessons: dict[str, str]
    #: As `EditionText.questions`.
    questions: dict[str, Any]


_memory: OrderedDict[tuple[int, str], dict[str, QuizText]] = OrderedDict()
_lock = Lock()


def quiz_texts(edition: Edition) -> dict[str, QuizText]:
    """An edition's texts by language, the first made one first. One query the first time, none after.

    The content's hash is part of the key, so that what is remembered is always of this very content.
    """
    key = (edition.pk, edition.content_hash)
    with _lock:
        if key in _memory:
            _memory.move_to_end(key)
            return _memory[key]
    rows = EditionText.objects.filter(edition_id=edition.pk).order_by("id")
    texts = {
        row.language: QuizText(
            language=row.language,
            slug=row.slug,
            title=row.title,
            lessons={lesson["key"]: lesson["title"] for lesson in row.lessons},
            questions=row.questions,
        )
        for row in rows
    }
    if texts:
        with _lock:
            _memory[key] = texts
            while len(_memory) > REMEMBERED:
                _memory.popitem(last=False)
    return texts


def quiz_text(edition: Edition, language: str) -> QuizText:
    """An edition's texts in this language, else in English, else in its first one.

    Raises `EditionText.DoesNotExist` for an edition without texts.
    """
    texts = quiz_texts(edition)
    if not texts:
        raise EditionText.DoesNotExist(f"edition {edition.pk} has no text")
    return texts.get(language) or texts.get(FOR_OTHERS) or next(iter(texts.values()))


@dataclass(frozen=True)
class ModuleCard:
    """A module as lists show it."""

    module_id: int
    audience: str
    retired: bool
    slug: str
    title: str
    tagline: str
    minutes: int
    #: What title and tagline are written in, and the module is taught in.
    language: str

    @property
    def overview_url(self) -> str:
        """Its own page, in its own language."""
        return self._address("modules:overview")

    @property
    def quiz_url(self) -> str:
        """What comes before the quiz."""
        return self._address("records:quiz")

    @property
    def question_url(self) -> str:
        """The quiz that was begun."""
        return self._address("records:question")

    def _address(self, name: str) -> str:
        with translation.override(self.language):
            return reverse(name, kwargs={"slug": self.slug})


def module_cards(language: str) -> dict[int, ModuleCard]:
    """Every module that was ever released, by id, in this language where it exists, else in English, else in its
    first one; retired ones too, since somebody may have passed them. One query, without the lessons."""
    rows = (
        EditionText.objects.filter(edition__module__current_edition=F("edition_id"))
        .filter(language__in=settings.OFFERED_LANGUAGES)
        .order_by("edition__module__audience", "edition__module_id", "id")
        .values_list(
            "edition__module_id",
            "edition__module__audience",
            "edition__module__retired_at",
            "slug",
            "title",
            "tagline",
            "minutes",
            "language",
        )
    )
    cards: dict[int, ModuleCard] = {}
    wanted = (language, FOR_OTHERS)
    for module_id, audience, retired_at, slug, title, tagline, minutes, row_language in rows:
        known = cards[module_id].language if module_id in cards else None
        if known is None or (known != language and row_language in wanted):
            cards[module_id] = ModuleCard(
                module_id, audience, retired_at is not None, slug, title, tagline, minutes, row_language
            )
    return cards
