"""What an editor builds a module from. Texts are translated; keys, kinds, right and wrong, and sources are
the same in every language."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.pages.audiences import Drawing
from cms.pages.sanitise import CleanRichTextBlock
from cms.reporting.channels import CHANNEL_CHOICES
from learning.modules import rules
from learning.modules.models import QuestionKind

KEY = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
KEY_MESSAGES = {"invalid": _("Use small letters, digits and hyphens only, such as “parking-safely”.")}


def key_block(**options: Any) -> blocks.RegexBlock:
    """A name that is the same in every language; translators never see it."""
    return blocks.RegexBlock(regex=KEY, max_length=60, error_messages=KEY_MESSAGES, **options)


def channel_choices() -> list[tuple[str, Any]]:
    """The channels of the page Melden that a lesson can point to."""
    return list(CHANNEL_CHOICES)


class SourceBlock(blocks.TextBlock):
    """Where a fact comes from: the same in every language, so it is never offered for translation."""

    def get_translatable_segments(self, value: str) -> list[Any]:
        """Nothing to translate."""
        return []


class WholeStreamBlock(blocks.StreamBlock):
    """A stream that passes every child through its own block when it is saved. Wagtail's own writes raw data
    back as it came where nobody looked at it, which would pass the cleaning by."""

    def get_prep_value(self, value: Any) -> list[Any]:
        """Data for the database, after every child was read."""
        for _child in value or []:
            pass
        return super().get_prep_value(value)


class TextSection(blocks.StructBlock):
    heading = blocks.CharBlock(
        required=False,
        default="",
        max_length=120,
        label=_("Heading"),
        help_text=_("Optional. A short question works well."),
    )
    html = CleanRichTextBlock(
        features=["bold", "italic", "h3", "ol", "ul", "link"],
        label=_("Text"),
        help_text=_("Short sentences, B1. Say what to do first, then why."),
    )

    class Meta:
        icon = "pilcrow"
        label = _("Text")


class ImageSection(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Image"), help_text=_("Your own picture, of which you have the rights."))
    alt = blocks.CharBlock(
        max_length=250,
        label=_("Description"),
        help_text=_("What is to be seen, in one sentence, for who doesn't see it."),
    )
    caption = blocks.CharBlock(
        required=False, default="", max_length=250, label=_("Caption"), help_text=_("Optional. Stands under the image.")
    )

    class Meta:
        icon = "image"
        label = _("Image")


class DrawingSection(blocks.StructBlock):
    drawing = blocks.ChoiceBlock(
        choices=Drawing.choices, label=_("Drawing"), help_text=_("One of the drawings that belong to this platform.")
    )
    alt = blocks.CharBlock(
        max_length=250,
        label=_("Description"),
        help_text=_("What is to be seen, in one sentence, for who doesn't see it."),
    )

    class Meta:
        icon = "draft"
        label = _("Drawing")


class SignalBlock(blocks.StructBlock):
    signal = blocks.CharBlock(max_length=200, label=_("Signal"), help_text=_("What somebody can see or hear."))
    action = blocks.CharBlock(max_length=200, label=_("What you do"), help_text=_("Starts with a verb."))

    class Meta:
        label = _("Signal")


class SignalsSection(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=120, label=_("Heading"), help_text=_("For example “Five signals”."))
    items = blocks.ListBlock(
        SignalBlock(),
        min_num=1,
        max_num=rules.MAX_SIGNALS,
        label=_("Signals"),
        help_text=_("At most five: nobody remembers more."),
    )

    class Meta:
        icon = "list-ol"
        label = _("List of signals")


class ChoiceOfScenario(blocks.StructBlock):
    text = blocks.CharBlock(max_length=250, label=_("Choice"), help_text=_("What the person does, in the I form."))
    good = blocks.BooleanBlock(required=False, label=_("Good choice"), help_text=_("Tick what we want people to do."))
    feedback = blocks.TextBlock(
        max_length=500, rows=2, label=_("What happens"), help_text=_("The consequence. Never the word “wrong”.")
    )

    class Meta:
        label = _("Choice")


class ScenarioSection(blocks.StructBlock):
    situation = blocks.TextBlock(max_length=600, rows=3, label=_("Situation"), help_text=_("What happens to you."))
    question = blocks.CharBlock(max_length=200, label=_("Question"), help_text=_("For example “What do you do?”"))
    choices = blocks.ListBlock(
        ChoiceOfScenario(),
        min_num=rules.MIN_CHOICES,
        max_num=rules.MAX_CHOICES,
        label=_("Choices"),
        help_text=_("Two to four; each shows what happens next. At least one is good."),
    )

    class Meta:
        icon = "help"
        label = _("What would you do?")

    def clean(self, value: Any) -> Any:
        """Checks the choices when the page is published; raises `StructBlockValidationError`."""
        value = super().clean(value)
        if not self.is_deferred_validation:
            _refuse("choices", rules.choice_faults([choice["good"] for choice in value["choices"]]))
        return value


class ChannelSection(blocks.StructBlock):
    channel = blocks.ChoiceBlock(
        choices=channel_choices,
        label=_("Reporting channel"),
        help_text=_("Its number, name and promise come from the page Melden."),
    )
    heading = blocks.CharBlock(max_length=120, label=_("Heading"), help_text=_("When somebody calls this number."))
    text = blocks.TextBlock(
        required=False, default="", max_length=400, rows=2, label=_("Text"), help_text=_("Optional. What to do first.")
    )

    class Meta:
        icon = "mail"
        label = _("Where to report")


class VideoSection(blocks.StructBlock):
    video = SnippetChooserBlock(
        "modules.Video",
        label=_("Film"),
        help_text=_("A film in this language, with its captions and transcript. Add one under Snippets, Films."),
    )
    caption = blocks.CharBlock(
        required=False, default="", max_length=250, label=_("Caption"), help_text=_("Optional. Stands under the film.")
    )

    class Meta:
        icon = "media"
        label = _("Film")


class BodyBlock(WholeStreamBlock):
    text = TextSection()
    image = ImageSection()
    drawing = DrawingSection()
    signals = SignalsSection()
    scenario = ScenarioSection()
    channel = ChannelSection()
    video = VideoSection()


class LessonBlock(blocks.StructBlock):
    key = key_block(
        label=_("Key"), help_text=_("Stands in the address of the lesson, in every language. Never change it later.")
    )
    title = blocks.CharBlock(max_length=120, label=_("Title"), help_text=_("A question or a short sentence."))
    summary = blocks.CharBlock(
        max_length=250, label=_("Summary"), help_text=_("One sentence: what somebody knows after this lesson.")
    )
    source = SourceBlock(
        max_length=2000,
        rows=2,
        label=_("Source"),
        help_text=_("Where the facts come from: web addresses or names, with a semicolon between them."),
    )
    body = BodyBlock(label=_("Content"), help_text=_("In the order in which people read it."))

    class Meta:
        icon = "doc-full"
        label = _("Lesson")
        label_format = "{title}"


class LessonsBlock(WholeStreamBlock):
    lesson = LessonBlock()

    def clean(self, value: Any) -> Any:
        """Checks that every key is used once; raises `StreamBlockValidationError`."""
        value = super().clean(value)
        faults = rules.repeated(lesson.value["key"] for lesson in value)
        if faults and not self.is_deferred_validation:
            raise StreamBlockValidationError(
                block_errors={i: StructBlockValidationError({"key": ValidationError(f)}) for i, f in faults.items()}
            )
        return value


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=250, label=_("Option"), help_text=_("About as long as the other options."))
    correct = blocks.BooleanBlock(required=False, label=_("Right"), help_text=_("Tick it when this answer is right."))
    feedback = blocks.TextBlock(
        required=False,
        default="",
        max_length=500,
        rows=2,
        label=_("Why"),
        help_text=_("Optional. Shown after the quiz."),
    )

    class Meta:
        label = _("Option")


class QuestionBlock(blocks.StructBlock):
    key = key_block(label=_("Key"), help_text=_("Your own name for this question, such as “c1”."))
    kind = blocks.ChoiceBlock(
        choices=QuestionKind.choices,
        default=QuestionKind.SINGLE,
        label=_("Kind"),
        help_text=_("Single choice: one right option. Multiple choice: every wrong tick costs a point."),
    )
    graded = blocks.BooleanBlock(
        required=False,
        default=True,
        label=_("Counts in the quiz"),
        help_text=_("Without this it is practice: it stands under its lesson, with the answer."),
    )
    lesson = key_block(
        label=_("Lesson"), help_text=_("The key of the lesson that teaches this: who gets it wrong is sent there.")
    )
    stem = blocks.TextBlock(max_length=600, rows=2, label=_("Question"), help_text=_("A situation, then a question."))
    image = ImageChooserBlock(required=False, label=_("Image"), help_text=_("Optional."))
    image_alt = blocks.CharBlock(
        required=False,
        default="",
        max_length=250,
        label=_("Description of the image"),
        help_text=_("Needed with an image: what is to be seen, without giving the answer away."),
    )
    options = blocks.ListBlock(
        OptionBlock(),
        min_num=rules.MIN_OPTIONS,
        max_num=rules.MAX_OPTIONS,
        label=_("Options"),
        help_text=_("Two to eight. Their order is shuffled unless the rules say otherwise."),
    )
    feedback = blocks.TextBlock(
        max_length=600, rows=2, label=_("Explanation"), help_text=_("Why it is so. Shown after the quiz.")
    )
    source = SourceBlock(
        max_length=2000, rows=2, label=_("Source"), help_text=_("Where this comes from: a web address or a name.")
    )

    class Meta:
        icon = "help"
        label = _("Question")
        label_format = "{stem}"

    def clean(self, value: Any) -> Any:
        """Checks the options and the image when the page is published; raises `StructBlockValidationError`."""
        value = super().clean(value)
        if not self.is_deferred_validation:
            _refuse("options", rules.option_faults(value["kind"], [o["correct"] for o in value["options"]]))
            if value["image"] and not value["image_alt"]:
                raise StructBlockValidationError(
                    {"image_alt": ValidationError(_("Describe the image for who doesn't see it."))}
                )
        return value


class QuestionsBlock(WholeStreamBlock):
    question = QuestionBlock()


class GoalsBlock(WholeStreamBlock):
    goal = blocks.CharBlock(
        max_length=200, icon="tick", label=_("Goal"), help_text=_("What somebody can do afterwards: “You ...”.")
    )


def _refuse(name: str, faults: list[str]) -> None:
    """Raises the faults of a list, shown above that list; nothing when there are none."""
    if faults:
        raise StructBlockValidationError(
            {name: ListBlockValidationError(non_block_errors=[ValidationError(fault) for fault in faults])}
        )
