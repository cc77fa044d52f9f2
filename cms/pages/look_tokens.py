"""The design tokens that a partner's theme may set, and reading them from a style sheet. A theme is a file of these
tokens; everything else (the bar with the number, danger, focus, states, audiences, sizes) stays as it is."""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SCHEMES = ("light", "dark")
HEX = re.compile(r"#[0-9a-fA-F]{6}")
#: Field of a theme (after `light_` or `dark_`) and the token it sets.
COLOURS = {
    "document": "--basis-color-default-bg-document",
    "subtle": "--basis-color-default-bg-subtle",
    "tint": "--basis-color-action-1-bg-subtle",
    "tint_strong": "--basis-color-action-1-bg-default",
    "border": "--basis-color-action-1-border-default",
    "link": "--basis-color-action-1-color-default",
    "link_hover": "--basis-color-action-1-color-hover",
    "button": "--basis-color-action-1-inverse-bg-default",
    "button_hover": "--basis-color-action-1-inverse-bg-hover",
    "button_active": "--basis-color-action-1-inverse-bg-active",
    "button_text": "--basis-color-action-1-inverse-color-default",
}
FONT, RADIUS = "--basis-heading-font-family", "--nl-button-border-radius"
#: Faces that stand on people's own devices; none is loaded.
FONTS = {
    "text": "var(--basis-text-font-family-default)",
    "humanist": '"Gill Sans", "Gill Sans MT", Optima, Candara, "Noto Sans", sans-serif',
    "geometric": 'Avenir, "Century Gothic", Futura, "Noto Sans", sans-serif',
    "serif": 'Charter, "Bitstream Charter", Cambria, Georgia, "Noto Serif", serif',
}
_LARGEST = 64 * 1024
_DARK = re.compile(
    r"@media\s*(?:screen\s+and\s*)?\(\s*prefers-color-scheme\s*:\s*dark\s*\)\s*\{\s*:root\s*\{([^{}]*)\}\s*\}"
)
_ROOT = re.compile(r":root\s*\{([^{}]*)\}")
_DECLARATION = re.compile(r"\s*(?<![\w-])(--[\w-]++)\s*:\s*([^;{}]+?)\s*(?:;|$)")
_VAR = re.compile(r"var\(\s*(--[\w-]+)\s*\)")

Tokens = Mapping[str, str]


def style_sheet() -> str:
    """The platform's own `base.css`."""
    found: Any = finders.find("css/base.css")
    return Path(found).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def defaults() -> dict[str, dict[str, str]]:
    """The colours of our own look by scheme and token: only those that are a plain colour."""
    text = _without_comments(style_sheet())
    light = dict(_declarations(match.group(1) if (match := _ROOT.search(text)) else ""))
    dark = {**light, **dict(_declarations(match.group(1) if (match := _DARK.search(text)) else ""))}
    return {scheme: _resolved(tokens) for scheme, tokens in (("light", light), ("dark", dark))}


def read_file(text: str) -> dict[str, str]:
    """The fields of a theme that a token file sets; raises `ValidationError` that names what may not stand in it.

    The file holds `:root { ... }` and, for the dark scheme, `@media (prefers-color-scheme: dark) { :root { ... } }`.
    """
    if len(text) > _LARGEST:
        raise ValidationError(_("This file is too large for a file of tokens."))
    rest = re.sub(r"\s+", " ", _without_comments(text))  # long runs of white space would be read over and over
    fields: dict[str, str] = {}
    faults: list[str] = []
    for scheme, block in (("dark", _DARK), ("light", _ROOT)):
        for match in block.finditer(rest):
            _read_block(match.group(1), scheme, fields, faults)
        rest = block.sub("", rest)
    if left := rest.strip():
        faults.append(_("This may not stand in a file of tokens: %(text)s") % {"text": left[:80]})
    if not fields and not faults:
        faults.append(_("There is no token in this file that a theme may set."))
    if faults:
        raise ValidationError(faults)
    return fields


def _read_block(block: str, scheme: str, fields: dict[str, str], faults: list[str]) -> None:
    by_token = {token: name for name, token in COLOURS.items()}
    for token, value in _declarations(block):
        if token in by_token and HEX.fullmatch(value):
            fields[f"{scheme}_{by_token[token]}"] = value.lower()
        elif token in by_token:
            faults.append(_("%(token)s: write the colour as # and six digits.") % {"token": token})
        elif token == RADIUS and scheme == "light" and (pixels := re.fullmatch(r"(\d{1,2})(?:px)?", value)):
            fields["button_radius"] = pixels.group(1)
        elif token == FONT and scheme == "light" and value in FONTS.values():
            fields["heading_font"] = next(name for name, stack in FONTS.items() if stack == value)
        else:
            faults.append(_("A theme may not set this: %(token)s: %(value)s") % {"token": token, "value": value[:40]})
    if left := _DECLARATION.sub("", block).strip():
        faults.append(_("This may not stand in a file of tokens: %(text)s") % {"text": left[:80]})


def _declarations(block: str) -> list[tuple[str, str]]:
    return [(match.group(1), match.group(2)) for match in _DECLARATION.finditer(block)]


def _resolved(tokens: Tokens) -> dict[str, str]:
    found = {}
    for name, value in tokens.items():
        colour = value
        for _step in range(4):
            colour = _VAR.sub(lambda match: tokens.get(match.group(1), ""), colour)
        if HEX.fullmatch(colour):
            found[name] = colour
    return found


def _without_comments(text: str) -> str:
    """The text without its comments; one that doesn't end stays. Read once, however many begin."""
    kept, position = [], 0
    while (start := text.find("/*", position)) >= 0 and (end := text.find("*/", start + 2)) >= 0:
        kept.append(text[position:start])
        position = end + 2
    return "".join([*kept, text[position:]])
