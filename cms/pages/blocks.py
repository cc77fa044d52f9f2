"""Blocks of the standard pages, for the rooms above to use too."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from cms.pages.sanitise import FEATURES_WITH_HEADINGS, CleanRichTextBlock
from cms.reporting.channels import CHANNEL_CHOICES, for_block

__all__ = ["CalloutBlock", "CleanRichTextBlock", "PageBody", "PictureBlock", "SignalBlock", "SignalsBlock", "TextBlock"]


class TextBlock(CleanRichTextBlock):
    """Running text with headings."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("features", FEATURES_WITH_HEADINGS)
        super().__init__(*args, **kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("text")
        template = "pages/blocks/text.html"


class CalloutBlock(blocks.StructBlock):
    """A number to call. The number and what it promises come from the reporting channels."""

    heading = blocks.CharBlock(label=_("heading"), max_length=120)
    text = blocks.CharBlock(label=_("what to do first"), max_length=240, required=False)
    channel = blocks.ChoiceBlock(
        label=_("channel"),
        choices=CHANNEL_CHOICES,
        help_text=_("Number and promise come from the reporting channels. Nothing is shown while it is a draft."),
    )

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Adds the live channel in the page's language; None hides the block."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["channel"] = for_block(value["channel"], get_language() or "nl")
        return context

    class Meta:
        icon = "mobile-alt"
        label = _("number to call")
        template = "pages/blocks/callout.html"


class SignalBlock(blocks.StructBlock):
    """Something to notice, and what to do then."""

    signal = blocks.CharBlock(label=_("signal"), max_length=120)
    action = blocks.CharBlock(label=_("what you do"), max_length=240, required=False)

    class Meta:
        label = _("signal")


class SignalsBlock(blocks.StructBlock):
    """At most five signals."""

    heading = blocks.CharBlock(label=_("heading"), max_length=120, required=False)
    items = blocks.ListBlock(SignalBlock(), label=_("signals"), min_num=1, max_num=5, help_text=_("At most five."))

    class Meta:
        icon = "list-ol"
        label = _("signals")
        template = "pages/blocks/signals.html"


class PictureBlock(ImageBlock):
    """A picture. Whoever adds it describes it, or says that it is decoration."""

    class Meta:
        icon = "image"
        label = _("picture")
        template = "pages/blocks/picture.html"


class PageBody(blocks.StreamBlock):
    """What a standard page is made of."""

    text = TextBlock()
    callout = CalloutBlock()
    signals = SignalsBlock()
    picture = PictureBlock()

    class Meta:
        # At most one number on a page, besides the footer.
        block_counts = {"callout": {"max_num": 1}}


def number_below(body: Any, language: str) -> dict[str, Any] | None:
    """The number of Meld Misdaad Anoniem for the foot of a page, unless the editor put a number in its text already:
    at most one on a page."""
    if any(child.block_type == "callout" for child in body):
        return None
    return for_block("m", language)
