"""What an editor enters as data, not as running text: goals, results, funding, checks, signals. Each of them is
shown in a fixed way, so that it can be counted, filtered and compared."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from cms.pages.audiences import Scene
from cms.pages.sanitise import CleanRichTextBlock


class Progress(models.TextChoices):
    """How far a goal or an intended result is. `UNKNOWN` is honest: the source names the goal and not its state."""

    UNKNOWN = "unknown", _("not stated")
    PLANNED = "planned", _("planned")
    UNDERWAY = "underway", _("under way")
    DONE = "done", _("achieved")
    STOPPED = "stopped", _("stopped")


class FactBlock(blocks.StructBlock):
    """A figure that somebody published, with who and when."""

    figure = blocks.CharBlock(label=_("figure"), max_length=20, help_text=_("Short: it is shown very large."))
    text = blocks.CharBlock(label=_("what it means"), max_length=160)
    source = blocks.CharBlock(label=_("source"), max_length=200, help_text=_("Who published it, and when."))

    class Meta:
        label = _("fact")


class FactsBlock(blocks.StreamBlock):
    """The facts of the home page."""

    fact = FactBlock()

    class Meta:
        max_num = 3


class StatedResultBlock(blocks.StructBlock):
    """Something that was done, as its source states it."""

    text = blocks.CharBlock(label=_("what was done"), max_length=240)
    region = blocks.PageChooserBlock(label=_("where"), page_type="pages.RegionPage", required=False)
    source = blocks.CharBlock(label=_("source"), max_length=200)

    class Meta:
        label = _("result")


class StatedResultsBlock(blocks.StreamBlock):
    """Results, in order."""

    result = StatedResultBlock()


class GoalBlock(blocks.StructBlock):
    """A goal or an intended result: what, how far, when, and who answers for it."""

    text = blocks.TextBlock(label=_("what"), max_length=600, rows=2)
    status = blocks.ChoiceBlock(
        label=_("status"), choices=Progress.choices, default=Progress.UNKNOWN, help_text=_("As the source states it.")
    )
    due = blocks.DateBlock(label=_("date"), required=False, help_text=_("The day it should be, or was, reached."))
    period = blocks.CharBlock(
        label=_("period"), max_length=60, required=False, help_text=_("Where no day is known: 2023, from 2022 on.")
    )
    owner = blocks.CharBlock(
        label=_("owner"), max_length=160, required=False, help_text=_("Who answers for it, if the source says so.")
    )

    class Meta:
        label = _("goal or result")
        icon = "tick"


class GoalsBlock(blocks.StreamBlock):
    """Goals or intended results, in order."""

    goal = GoalBlock()


class FundingBlock(blocks.StructBlock):
    """Money of one year. The amount stays empty where no source names it; nothing is estimated."""

    year = blocks.IntegerBlock(label=_("year"), min_value=2000, max_value=2100)
    until = blocks.IntegerBlock(label=_("until the year"), min_value=2000, max_value=2100, required=False)
    amount = blocks.DecimalBlock(
        label=_("amount in euros"),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        required=False,
        help_text=_("Empty: the source names no amount."),
    )
    funder = blocks.CharBlock(label=_("who pays"), max_length=160)
    purpose = blocks.CharBlock(label=_("what for"), max_length=300)
    source = blocks.CharBlock(label=_("source"), max_length=200)

    class Meta:
        label = _("funding")
        icon = "form"


class FundingsBlock(blocks.StreamBlock):
    """Funding, a line a year."""

    funding = FundingBlock()


class ProjectBlock(blocks.StructBlock):
    """Another project: what it is, and its own page if it has one."""

    title = blocks.CharBlock(label=_("title"), max_length=160)
    text = blocks.TextBlock(label=_("text"), max_length=600, rows=2)
    page = blocks.PageChooserBlock(label=_("page"), required=False)
    source = blocks.CharBlock(label=_("source"), max_length=200)

    class Meta:
        label = _("project")


class ProjectsBlock(blocks.StreamBlock):
    """Other projects."""

    project = ProjectBlock()


class CheckBlock(blocks.StructBlock):
    """What is looked at in an area, and how."""

    subject = blocks.CharBlock(label=_("what is checked"), max_length=160)
    text = blocks.TextBlock(label=_("how"), max_length=600, rows=2)

    class Meta:
        label = _("check")


class ChecksBlock(blocks.StreamBlock):
    """Objects and checks."""

    check_item = CheckBlock()


class PointBlock(blocks.StructBlock):
    """A point with a heading and a few sentences."""

    title = blocks.CharBlock(label=_("heading"), max_length=160)
    text = CleanRichTextBlock(label=_("text"), required=False)

    class Meta:
        label = _("point")


class PointsBlock(blocks.StreamBlock):
    """Points, in order."""

    point = PointBlock()


class DocumentBlock(blocks.StructBlock):
    """A public document."""

    document = DocumentChooserBlock(label=_("document"))
    title = blocks.CharBlock(label=_("title"), max_length=160)
    date = blocks.DateBlock(label=_("date"), required=False)

    class Meta:
        label = _("document")
        icon = "doc-full"


class DocumentsBlock(blocks.StreamBlock):
    """Public documents."""

    document = DocumentBlock()


class VersionBlock(blocks.StructBlock):
    """One version of a document, with what changed."""

    number = blocks.CharBlock(label=_("version"), max_length=20, help_text=_("1.0, 2.1 or a year."))
    date = blocks.DateBlock(label=_("date"))
    document = DocumentChooserBlock(label=_("document"))
    changes = blocks.CharBlock(label=_("what changed"), max_length=240, required=False)

    class Meta:
        label = _("version")
        icon = "history"


class VersionsBlock(blocks.StreamBlock):
    """Versions, the newest first."""

    version = VersionBlock()


class SignalCardBlock(blocks.StructBlock):
    """A signal as a card: what you may notice, and what you do. Signals only, never how smuggling is done."""

    signal = blocks.CharBlock(label=_("signal"), max_length=120, help_text=_("What somebody can see or hear."))
    text = blocks.CharBlock(label=_("why it matters"), max_length=240, required=False)
    action = blocks.CharBlock(label=_("what you do"), max_length=240, help_text=_("Starts with a verb."))
    drawing = blocks.ChoiceBlock(label=_("drawing"), choices=Scene.choices, required=False)
    source = blocks.CharBlock(label=_("source"), max_length=240)

    class Meta:
        label = _("signal")
        icon = "warning"
        template = "pages/blocks/signal_card.html"


class SignalCardsBlock(blocks.StreamBlock):
    """The cards of one sector."""

    card = SignalCardBlock()


class CheckQuestionBlock(blocks.StructBlock):
    """A question that someone answers for themselves. The answer stays in the browser."""

    question = blocks.CharBlock(label=_("question"), max_length=200, help_text=_("Yes should be the safe answer."))
    advice = blocks.CharBlock(label=_("what to do when the answer is no"), max_length=300)
    page = blocks.PageChooserBlock(label=_("read more"), required=False)

    class Meta:
        label = _("question")
        icon = "help"


class SelfCheckBlock(blocks.StreamBlock):
    """The self-check: at most ten questions."""

    question = CheckQuestionBlock()

    class Meta:
        max_num = 10


class DeclarationBlock(blocks.StructBlock):
    """An agreement between countries."""

    title = blocks.CharBlock(label=_("title"), max_length=200)
    when = blocks.CharBlock(label=_("when"), max_length=60)
    countries = blocks.CharBlock(label=_("countries"), max_length=200)
    text = blocks.TextBlock(label=_("what was agreed"), max_length=800, rows=3)

    class Meta:
        label = _("declaration")


class CountryBlock(blocks.StructBlock):
    """A country or region, and its part in the cooperation."""

    name = blocks.CharBlock(label=_("country or region"), max_length=80)
    part = blocks.CharBlock(label=_("part in the cooperation"), max_length=240)

    class Meta:
        label = _("country")


class InternationalBlock(blocks.StreamBlock):
    """Declarations."""

    declaration = DeclarationBlock()


class CountriesBlock(blocks.StreamBlock):
    """Countries and regions."""

    country = CountryBlock()


class PartnersBlock(blocks.StreamBlock):
    """Organisations, each chosen from the directory: a partner is named in one place."""

    partner = blocks.PageChooserBlock(label=_("partner"), page_type="pages.PartnerPage")


class RelatedBlock(blocks.StreamBlock):
    """Other pages to read, modules included."""

    page = blocks.PageChooserBlock(label=_("page"))


class TermBlock(blocks.StructBlock):
    """A word and what it means here."""

    term = blocks.CharBlock(label=_("word"), max_length=80)
    meaning = blocks.TextBlock(label=_("meaning"), max_length=600, rows=2)
    source = blocks.CharBlock(label=_("source"), max_length=200, required=False)

    class Meta:
        label = _("word")


class TermsBlock(blocks.StreamBlock):
    """Words, shown in the order of the alphabet."""

    term = TermBlock()


class AnswerBlock(blocks.StructBlock):
    """A question that people ask, and its answer."""

    question = blocks.CharBlock(label=_("question"), max_length=160)
    answer = CleanRichTextBlock(label=_("answer"))

    class Meta:
        label = _("question and answer")
        icon = "help"


class AnswersBlock(blocks.StreamBlock):
    """Questions and answers under headings."""

    heading = blocks.CharBlock(label=_("heading"), max_length=120, icon="title")
    answer = AnswerBlock()


def values(stream: Any) -> list[Any]:
    """The values of a stream's blocks, without the blocks around them."""
    return [child.value for child in stream]
