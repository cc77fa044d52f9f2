"""The public door of this room: the editions that learners are served from."""

from django.db.models import F

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


def offered() -> "list[Module]":
    """Modules that can be assigned: released and not retired."""
    return list(Module.objects.filter(retired_at=None, current_edition__isnull=False).order_by("audience", "id"))
