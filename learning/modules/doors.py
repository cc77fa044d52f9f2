"""The doors to what is taught: one per module, for the front page and the list of modules."""

from django.db.models import F, Q
from django.urls import reverse
from django.utils import translation

from cms.pages.audiences import Audience
from cms.pages.providers import Door
from learning.modules import editions
from learning.modules.models import EditionText


def doors(language: str) -> list[Door]:
    """Every module on offer in this language, in the order of the audiences. One query."""
    order = {audience: position for position, audience in enumerate(Audience.values)}
    texts = sorted(editions.current_texts(language), key=lambda text: order[text.edition.module.audience])
    with translation.override(language):
        return [
            Door(
                audience=text.edition.module.audience,
                title=text.title,
                say=text.tagline,
                url=reverse("modules:overview", args=[text.slug]),
                lessons=len(text.lessons),
                minutes=text.minutes,
                drawing=Audience(text.edition.module.audience).drawing.value,
            )
            for text in texts
        ]


def released(language: str) -> Q:
    """Which live pages of this room the public sees in this language: the list, and modules on offer."""
    texts = EditionText.objects.filter(
        language=language, edition__module__retired_at=None, edition__module__current_edition=F("edition_id")
    )
    return Q(content_type__model="moduleindexpage") | Q(translation_key__in=texts.values("edition__module__key"))
