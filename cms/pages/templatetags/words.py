"""Long Dutch words in narrow headings."""

import re

from django import template

register = template.Library()

#: First parts of compounds that stand in our headings; a word may break after them.
JOINTS = ("terminal", "haven", "transport", "sierteelt", "werkgevers", "meld", "ondernemings", "samenwerkings")
_LONG = re.compile(rf"\b({'|'.join(JOINTS)})(?=\w{{6,}})", re.IGNORECASE)
SOFT_HYPHEN = "\u00ad"


@register.filter
def softly(text: str) -> str:
    """The text with soft hyphens in compounds too long for a narrow column: “Terminal-medewerkers”."""
    return _LONG.sub(rf"\1{SOFT_HYPHEN}", str(text))
