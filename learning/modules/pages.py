"""The pages an editor works on. Publishing one makes a candidate; learners are served from the edition that
is made of it by a release (`learning/modules/release.py`)."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.pages.audiences import Audience
from cms.pages.models import LocalisedContext
from cms.pages.sanitise import CleanStreamField
from learning.modules import plain, shown
from learning.modules.blocks import GoalsBlock, LessonsBlock, QuestionsBlock
from learning.modules.doors import doors
from learning.modules.forms import ModulePageForm
from learning.modules.models import Edition, EditionText, Module


class ModuleIndexPage(LocalisedContext, Page):
    """The list of modules at `/<language>/modules/`: what was released, by audience."""

    intro = models.CharField(
        _("introduction"), max_length=300, blank=True, help_text=_("One or two sentences above the list.")
    )

    template = "modules/index.html"
    max_count_per_parent = 1
    subpage_types: ClassVar = ["modules.ModulePage"]
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("list of modules")
        verbose_name_plural = _("lists of modules")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The doors in this page's language."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "doors": doors(self.locale.language_code), "section": "modules"}


class ModulePage(Page):
    """One module in one language. The page in the source language decides on questions, right and wrong,
    and rules; its translations bring the words."""

    audience = models.CharField(
        _("audience"), max_length=20, choices=Audience.choices, help_text=_("Whom this module is for.")
    )
    tagline = models.CharField(
        _("tagline"), max_length=120, blank=True, help_text=_("What this audience must remember, in one breath.")
    )
    intro = models.TextField(
        _("introduction"), max_length=600, blank=True, help_text=_("Two or three sentences: why this is about you.")
    )
    minutes = models.PositiveIntegerField(
        _("minutes"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("How long it takes, quiz included. 8 to 12 is what people finish."),
    )
    goals = CleanStreamField(
        GoalsBlock(),
        blank=True,
        verbose_name=_("goals"),
        help_text=_("Three to six things somebody can do afterwards."),
    )
    source = models.TextField(
        _("source"),
        max_length=4000,
        help_text=_("Where the facts of this module come from: web addresses or names, with a semicolon between them."),
    )
    checked = models.BooleanField(
        _("checked"),
        default=False,
        help_text=_("Tick it when somebody who knows the subject and the language has checked this page."),
    )
    translation_to_check = models.BooleanField(
        _("translation to check"),
        default=False,
        help_text=_("The page says so. Take it off when a translator has checked these words."),
    )
    review_on = models.DateField(
        _("check again on"), null=True, blank=True, help_text=_("When the facts must be checked again.")
    )
    lessons = CleanStreamField(
        LessonsBlock(), blank=True, verbose_name=_("lessons"), help_text=_("Each lesson is one page on a phone.")
    )
    questions = CleanStreamField(
        QuestionsBlock(),
        blank=True,
        verbose_name=_("questions"),
        help_text=_("Those that count make the quiz; the others are practice under their lesson."),
    )
    pass_mark = models.DecimalField(
        _("pass mark"),
        max_digits=5,
        decimal_places=2,
        default=80,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Percentage of the points that must be reached. It is never rounded."),
    )
    draw_count = models.PositiveIntegerField(
        _("questions per quiz"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("How many questions each quiz draws from those that count. Empty: all of them."),
    )
    shuffle_questions = models.BooleanField(
        _("shuffle questions"), default=True, help_text=_("Everybody gets the questions in another order.")
    )
    shuffle_options = models.BooleanField(
        _("shuffle options"), default=True, help_text=_("Everybody gets the options in another order.")
    )
    validity_months = models.PositiveIntegerField(
        _("valid for (months)"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_("How long a pass is valid."),
    )
    cooldown_minutes = models.PositiveIntegerField(
        _("wait after a failed quiz (minutes)"),
        default=0,
        validators=[MaxValueValidator(7 * 24 * 60)],
        help_text=_("0: people may try again at once."),
    )
    #: What the starter loader wrote; as long as the page still has it, no editor has changed it.
    starter_mark = models.CharField(max_length=64, blank=True, editable=False)

    base_form_class = ModulePageForm
    parent_page_types: ClassVar = ["modules.ModuleIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    #: Never the questions: what is right stays out of the index.
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("intro"),
        index.SearchField("tagline"),
        index.SearchField("goals"),
    ]
    #: A copy or a new translation has been checked by nobody.
    exclude_fields_in_copy: ClassVar = ["checked", "translation_to_check", "starter_mark"]

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("title"),
                    FieldRowPanel([FieldPanel("audience"), FieldPanel("minutes")]),
                    FieldPanel("tagline"),
                    FieldPanel("intro"),
                    FieldPanel("goals"),
                    FieldPanel("lessons"),
                ],
                heading=_("Lessons"),
            ),
            ObjectList([FieldPanel("questions")], heading=_("Questions")),
            ObjectList(
                [
                    MultiFieldPanel(
                        [FieldPanel("pass_mark"), FieldPanel("draw_count"), FieldPanel("cooldown_minutes")],
                        heading=_("Quiz"),
                    ),
                    FieldRowPanel([FieldPanel("shuffle_questions"), FieldPanel("shuffle_options")]),
                    FieldPanel("validity_months"),
                ],
                heading=_("Rules"),
            ),
            ObjectList(
                [
                    FieldPanel("source"),
                    FieldPanel("checked"),
                    FieldPanel("translation_to_check"),
                    FieldPanel("review_on"),
                ],
                heading=_("Sources"),
            ),
            ObjectList(Page.promote_panels, heading=_("Promote")),
        ],
        base_form_class=ModulePageForm,
    )
    translatable_fields: ClassVar = [
        *(
            TranslatableField(name)
            for name in (
                "title",
                "slug",
                "seo_title",
                "search_description",
                "tagline",
                "intro",
                "goals",
                "lessons",
                "questions",
            )
        ),
        *(
            SynchronizedField(name, overridable=False)
            for name in ("audience", "minutes", "source", "review_on", *plain.RULES)
        ),
    ]

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    def source_page(self) -> "ModulePage":
        """The page of this module that decides on right and wrong: the one in the platform's first language,
        else the oldest."""
        pages = list(self.get_translations(inclusive=True).select_related("locale").order_by("id"))
        first = [page for page in pages if page.locale.language_code == settings.LANGUAGE_CODE]
        return (first or pages)[0]

    def current_edition(self) -> Edition | None:
        """What learners get now, or None when nothing was released."""
        module = Module.objects.select_related("current_edition").filter(key=self.translation_key).first()
        return module.current_edition if module else None

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page itself is never shown: `/<language>/modules/<slug>/` is answered from the edition."""
        with translation.override(self.locale.language_code):
            return HttpResponseRedirect(reverse("modules:overview", args=[self.slug]))

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """The overview, every lesson, and all questions with their answers."""
        lessons = [
            (f"lesson-{number}", _("Lesson %(number)d: %(title)s") % {"number": number, "title": lesson.value["title"]})
            for number, lesson in enumerate(self.lessons, start=1)
        ]
        return [("overview", _("Overview")), *lessons, ("questions", _("Questions and answers"))]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """What a learner would see of this draft, through the same data and the same templates."""
        fields = plain.text_of_page(self, plain.now_address)
        module = Module(key=self.translation_key, audience=self.audience or Audience.CHAUFFEURS)
        edition = Edition(module=module, number=0, answer_key=plain.answer_key_of(self), **plain.rules_of(self))
        text = EditionText(edition=edition, **fields)
        with translation.override(self.locale.language_code):
            number = mode_name.removeprefix("lesson-")
            if number.isdecimal() and (lesson := shown.lesson_at(text, int(number) - 1)):
                response = TemplateResponse(request, "modules/lesson.html", shown.lesson_context(text, lesson, []))
            elif mode_name == "questions":
                response = TemplateResponse(request, "modules/questions.html", shown.questions_context(text))
            else:
                response = TemplateResponse(request, "modules/overview.html", shown.overview_context(text, []))
            response.context_data["preview"] = True  # type: ignore[index]
            return response.render()
