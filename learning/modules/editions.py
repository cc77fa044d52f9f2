"""The public door of this room: the editions that learners are served from."""

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils import translation

from learning.modules.models import EditionText, Module


def current_text(slug: str, language: str) -> EditionText | None:
    """The current edition's text at `/<language>/modules/<slug>/`, with its edition and module loaded, or
    None when there is none. One query."""
    return (
        EditionText.objects.select_related("edition__module")
        .filter(slug=slug, language=language, edition__module__retired_at=None)
        .filter(edition__module__current_edition=F("edition_id"))
        .first()
    )


def current_mark(slug: str, language: str) -> tuple[int, str] | None:
    """What tells the current text at this address from every other: its id and its edition's content hash. None
    when there is none. One query that reads no content."""
    return (
        EditionText.objects.filter(slug=slug, language=language, edition__module__retired_at=None)
        .filter(edition__module__current_edition=F("edition_id"))
        .values_list("pk", "edition__content_hash")
        .first()
    )


def formerly(slug: str, language: str) -> EditionText | None:
    """The current text of the module that had this address in an earlier edition, or None. One query."""
    return (
        EditionText.objects.filter(language=language, edition__module__retired_at=None)
        .filter(edition__module__current_edition=F("edition_id"))
        .filter(
            edition__module__in=Module.objects.filter(editions__texts__slug=slug, editions__texts__language=language)
        )
        .order_by("-edition_id")
        .first()
    )


def addresses(text: EditionText, lesson_key: str | None = None) -> list[tuple[str, str]]:
    """Language and address of an edition in all its languages that are offered, of a lesson when its key is given.
    One query."""
    name = "modules:lesson" if lesson_key else "modules:overview"
    result = []
    for language, slug in (
        EditionText.objects.filter(edition_id=text.edition_id, language__in=settings.OFFERED_LANGUAGES)
        .order_by("id")
        .values_list("language", "slug")
    ):
        with translation.override(language):
            result.append((language, reverse(name, args=[slug, lesson_key] if lesson_key else [slug])))
    return result


def text_of(edition_id: int, language: str) -> EditionText:
    """An edition's text in this language, else in its first language.

    Raises `EditionText.DoesNotExist` when the edition has no text at all.
    """
    texts = {text.language: text for text in EditionText.objects.filter(edition_id=edition_id).order_by("id")}
    if not texts:
        raise EditionText.DoesNotExist(f"edition {edition_id} has no text")
    return texts.get(language) or next(iter(texts.values()))


def current_texts(language: str) -> list[EditionText]:
    """The current text of every module that is offered, by audience. One query."""
    return list(
        EditionText.objects.select_related("edition__module")
        .filter(language=language, edition__module__retired_at=None)
        .filter(edition__module__current_edition=F("edition_id"))
        .order_by("edition__module__audience", "edition__module_id")
    )


def titles(language: str) -> dict[int, str]:
    """Title by module id, in this language, of every module that was ever released; retired ones too."""
    return dict(
        EditionText.objects.filter(language=language, edition__module__current_edition=F("edition_id")).values_list(
            "edition__module_id", "title"
        )
    )


def offered() -> list[Module]:
    """Modules that can be assigned: released and not retired."""
    return list(Module.objects.filter(retired_at=None, current_edition__isnull=False).order_by("audience", "id"))
