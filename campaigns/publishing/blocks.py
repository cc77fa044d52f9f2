"""Blocks of a campaign page."""

from typing import Any, ClassVar

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.pages.blocks import CleanRichTextBlock, SignalsBlock
from cms.reporting.channels import for_block


class StoryBlock(blocks.StructBlock):
    """A piece of the story: a heading and some text."""

    heading = blocks.CharBlock(label=_("heading"), max_length=120)
    text = CleanRichTextBlock(label=_("text"), features=["bold", "italic", "link", "ul", "ol"])

    class Meta:
        label = _("story")
        template = "publishing/blocks/story.html"


class MessagesBlock(blocks.StructBlock):
    """Messages as somebody might get them. Invented examples, never quotes of real people."""

    heading = blocks.CharBlock(label=_("heading"), max_length=120)
    text = blocks.TextBlock(label=_("text"), required=False)
    messages = blocks.ListBlock(
        blocks.CharBlock(max_length=160), label=_("messages"), min_num=1, max_num=5, help_text=_("At most five.")
    )

    class Meta:
        label = _("messages")
        template = "publishing/blocks/messages.html"


class StepBlock(blocks.StructBlock):
    """One thing to do."""

    action = blocks.CharBlock(label=_("what you do"), max_length=120)
    reason = blocks.CharBlock(label=_("why"), max_length=240, required=False)


class StepsBlock(blocks.StructBlock):
    """What the reader can do, in order."""

    heading = blocks.CharBlock(label=_("heading"), max_length=120)
    steps = blocks.ListBlock(StepBlock(), label=_("steps"), min_num=1, max_num=5)

    class Meta:
        label = _("steps")
        template = "publishing/blocks/steps.html"


class NumberBlock(blocks.StructBlock):
    """The number of Meld Misdaad Anoniem. Number and promise come from the reporting channels, so that
    they are right on the day they are read."""

    heading = blocks.CharBlock(label=_("heading"), max_length=120)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Adds the live channel in the page's language; None hides the block."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["channel"] = for_block("m", get_language() or "nl")
        return context

    class Meta:
        label = _("number to call")
        template = "publishing/blocks/number.html"


class CampaignBody(blocks.StreamBlock):
    """What a campaign page is made of."""

    story = StoryBlock(icon="doc-full")
    messages = MessagesBlock(icon="comment")
    steps = StepsBlock(icon="list-ol")
    signals = SignalsBlock(icon="warning")
    number = NumberBlock(icon="mobile-alt")

    class Meta:
        block_counts: ClassVar = {"number": {"max_num": 1}}
