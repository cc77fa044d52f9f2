"""Rich text from outside: one allow-list, used by every path that takes or shows HTML.

`clean_html` is the rule. `CleanRichTextField`, `CleanRichTextBlock` and `CleanStreamField` apply it
whenever a value is stored (editor, API, import, revision) and whenever it is read back, so that text
which reached the database by another way isn't shown as it came.
"""

import re
from collections.abc import Iterator
from typing import Any

from bleach.html5lib_shim import Filter
from bleach.sanitizer import Cleaner
from django.db import models
from wagtail.blocks import RichTextBlock, StreamValue
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import RichText

TAGS = frozenset({"p", "br", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote"})
PROTOCOLS = frozenset({"http", "https", "mailto", "tel"})
#: Buttons an editor may have: what the allow-list keeps, and nothing else.
FEATURES = ["bold", "italic", "link", "ul", "ol", "blockquote"]
FEATURES_WITH_HEADINGS = ["h2", "h3", "h4", *FEATURES]

_LINK_TYPES = frozenset({"page", "document"})
_SAME_MEANING = {"b": "strong", "i": "em"}
_ELSEWHERE = re.compile(r"^[/\\]{2}")


class _OneSpelling(Filter):
    """Writes bold and italics as `strong` and `em`, whatever the editor called them."""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for token in super().__iter__():
            if token.get("name") in _SAME_MEANING:
                token["name"] = _SAME_MEANING[token["name"]]
            yield token


def _allowed(tag: str, name: str, value: str) -> bool:
    """Attributes of links only: an address with an allowed scheme (bleach checks that), or the CMS's
    reference to a page or document."""
    if tag != "a":
        return False
    if name == "href":
        return not _ELSEWHERE.match(value.strip())
    if name == "linktype":
        return value in _LINK_TYPES
    return name == "id" and value.isascii() and value.isdigit()


def clean_html(html: str) -> str:
    """The HTML with only what `TAGS` and `PROTOCOLS` allow.

    Other elements go and the text in them stays, as text. Cleaning twice gives the same as cleaning once.
    """
    cleaner = Cleaner(
        tags=TAGS | _SAME_MEANING.keys(),
        attributes=_allowed,
        protocols=PROTOCOLS,
        strip=True,
        strip_comments=True,
        filters=[_OneSpelling],
    )
    return cleaner.clean(html or "")


class CleanRichTextField(RichTextField):
    """A rich text column that holds clean HTML only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("features", FEATURES)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Cleans the instance's own value, which revisions are made from too."""
        value = getattr(model_instance, self.attname)
        if isinstance(value, str):
            value = clean_html(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_prep_value(self, value: Any) -> Any:
        """For `update()` and `bulk_create()`."""
        value = super().get_prep_value(value)
        return clean_html(value) if isinstance(value, str) else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """What another way wrote to the table is cleaned when it is read."""
        return clean_html(value) if isinstance(value, str) else value


class CleanRichTextBlock(RichTextBlock):
    """A rich text block that holds clean HTML only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("features", FEATURES)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> RichText:
        return RichText(clean_html(value or ""))

    def normalize(self, value: Any) -> RichText:
        return RichText(clean_html(value.source if isinstance(value, RichText) else value or ""))

    def value_from_form(self, value: Any) -> RichText:
        return RichText(clean_html(value or ""))

    def get_prep_value(self, value: Any) -> str:
        return clean_html(value.source if isinstance(value, RichText) else value or "")


class CleanStreamField(StreamField):
    """A stream of blocks that is taken apart before it is stored: Wagtail writes raw data back as it
    came while nobody looked at it, past the blocks' own cleaning."""

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, StreamValue):
            for _child in value:
                pass
        return super().get_prep_value(value)
