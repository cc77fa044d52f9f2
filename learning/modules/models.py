"""What is taught: modules, their immutable editions, and films. The page an editor works on is `ModulePage`
(in `learning/modules/pages.py`); learners are served from editions, never from drafts."""

from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.pages.audiences import Audience
from learning.modules.videos import validate_captions, validate_film


class QuestionKind(models.TextChoices):
    """How a question is answered and judged."""

    SINGLE = "single", _("Single choice")
    MULTIPLE = "multiple", _("Multiple choice")


class Module(models.Model):
    """One module in all its languages: what registrations and assignments point to. `key` is the
    translation key of its pages, which every language shares."""

    key = models.UUIDField(unique=True)
    audience = models.CharField(max_length=20, choices=Audience.choices)
    current_edition = models.ForeignKey("Edition", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.audience} {self.key}"


class Immutable(ValidationError):
    """Somebody tried to change what was released."""


class Edition(models.Model):
    """What learners are judged by, frozen at its release: rules and answer key. Never changed after.

    `answer_key` is `{"questions": [{"uuid", "kind": "single"|"multiple", "graded": bool, "lesson": key,
    "max": "2", "options": [{"uuid", "points": "1"|"0"|"-1"}]}]}`; points are decimal texts.
    """

    class Kind(models.TextChoices):
        FIRST = "first", _("First edition")
        TYPO = "typo", _("Typing error mended")
        CLARIFIED = "clarified", _("Made clearer")
        MATERIAL = "material", _("Content changed")
        WRONG_KEY = "wrong_key", _("Answer key was wrong")

    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    note = models.TextField(blank=True)
    #: Percentage that must be reached, never rounded up to.
    pass_mark = models.DecimalField(
        max_digits=5, decimal_places=2, default=Decimal(80), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    #: How many graded questions a quiz draws; empty for all.
    draw_count = models.PositiveIntegerField(null=True, blank=True)
    shuffle_questions = models.BooleanField(default=True)
    shuffle_options = models.BooleanField(default=True)
    validity_months = models.PositiveIntegerField(default=24)
    #: Minutes to wait after a failed attempt.
    cooldown_minutes = models.PositiveIntegerField(default=0)
    answer_key = models.JSONField()
    content_hash = models.CharField(max_length=64)
    released_at = models.DateTimeField(default=timezone.now)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["module", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["module", "number"], name="edition_number_once"),
            models.CheckConstraint(
                name="edition_pass_mark_percentage", condition=Q(pass_mark__gt=0) & Q(pass_mark__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module} #{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Writes a new edition; refuses to change one that exists.

        Raises `Immutable` for an update.
        """
        if not self._state.adding:
            raise Immutable("A released edition is never changed: release a new one.")
        super().save(*args, **kwargs)


class EditionText(models.Model):
    """An edition's texts in one language, ready to be shown without the page tree.

    `lessons` is `[{"key", "title", "summary", "source", "blocks": [{"type", "id", "value"}]}]`, block
    values plain data for `templates/modules/blocks/<type>.html`. `questions` is `{question uuid: {"stem",
    "feedback", "source", "image": {"url", "width", "height", "alt"} or None, "options": {option uuid:
    {"text", "feedback"}}}}`.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=10)
    slug = models.SlugField(max_length=100)
    title = models.CharField(max_length=200)
    tagline = models.CharField(max_length=200, blank=True)
    intro = models.TextField(blank=True)
    minutes = models.PositiveIntegerField(default=10)
    goals = models.JSONField(default=list)
    source = models.TextField(blank=True)
    #: Whether an editor has checked this content; unchecked content is shown in the demo only.
    checked = models.BooleanField(default=False)
    #: Whether a translator still has to check these words; the page says so.
    translation_to_check = models.BooleanField(default=False)
    lessons = models.JSONField()
    questions = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "language"], name="edition_text_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["language", "slug"])]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Writes the text of a new edition; refuses to change one that exists (raises `Immutable`)."""
        if not self._state.adding:
            raise Immutable("A released edition is never changed: release a new one.")
        super().save(*args, **kwargs)


class Video(models.Model):
    """A film in one language, with what people need who don't hear or don't see it."""

    title = models.CharField(_("title"), max_length=120, help_text=_("For editors, and for screen readers."))
    file = models.FileField(
        _("film"),
        upload_to="films/%Y/%m/",
        validators=[validate_film],
        help_text=_("MP4 or WebM, at most 50 MB. Short is better: two minutes."),
    )
    captions = models.FileField(
        _("captions"),
        upload_to="films/%Y/%m/",
        validators=[validate_captions],
        help_text=_("A WebVTT file (.vtt) in the language of the film: what is said, and sounds that matter."),
    )
    transcript = models.TextField(
        _("transcript"), help_text=_("All that is said, and what is to be seen, as text. Stands under the film.")
    )

    class Meta:
        verbose_name = _("film")
        verbose_name_plural = _("films")
        ordering: ClassVar = ["title"]

    def __str__(self) -> str:
        return self.title
