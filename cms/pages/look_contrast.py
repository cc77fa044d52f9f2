"""Whether the colours of a look can be read: every pair that our style sheets put together, in both schemes, by the
contrast of WCAG 2.2."""

from collections.abc import Mapping
from dataclasses import dataclass

from cms.pages.look_tokens import COLOURS, SCHEMES, defaults

TEXT, SHAPE = 4.5, 3.0

_DEFAULT = "--basis-color-default"
_SURFACES = (COLOURS["document"], COLOURS["subtle"])
_CARD = f"{_DEFAULT}-bg-default"
_TINTS = (COLOURS["tint"], COLOURS["tint_strong"])
_WORDS = (f"{_DEFAULT}-color-document", f"{_DEFAULT}-color-subtle")
_STATES = tuple(f"--basis-color-{state}-color-default" for state in ("negative", "warning", "positive", "info"))

#: Front, back, and the contrast they need.
PAIRS: tuple[tuple[str, str, float], ...] = (
    *((word, back, TEXT) for word in (*_WORDS, *_STATES) for back in _SURFACES),
    *((_WORDS[0], back, TEXT) for back in _TINTS),
    (_WORDS[1], COLOURS["tint"], TEXT),
    *((COLOURS["link"], back, TEXT) for back in (*_SURFACES, _CARD, COLOURS["tint"])),
    *((COLOURS["link_hover"], back, TEXT) for back in (*_SURFACES, _CARD)),
    *((COLOURS["button_text"], COLOURS[back], TEXT) for back in ("button", "button_hover", "button_active")),
    *((COLOURS["border"], back, SHAPE) for back in (*_SURFACES, _CARD, COLOURS["tint"])),
    *((COLOURS["button"], back, SHAPE) for back in (*_SURFACES, _CARD)),
    *((f"{_DEFAULT}-border-default", back, SHAPE) for back in _SURFACES),
    *(("--basis-focus-outline-color", back, SHAPE) for back in _SURFACES),
)


@dataclass(frozen=True)
class Failure:
    """A pair that can't be told apart well enough."""

    scheme: str
    front: str
    back: str
    ratio: float
    needed: float


def ratio(front: str, back: str) -> float:
    """The contrast of two colours (`#rrggbb`), from 1 to 21, whichever is in front."""
    light, dark = sorted((_luminance(front), _luminance(back)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def failures(changed: Mapping[str, Mapping[str, str]]) -> list[Failure]:
    """Every pair that fails when these colours, by scheme and token, replace our own."""
    found = []
    for scheme in SCHEMES:
        colours = {**defaults()[scheme], **changed.get(scheme, {})}
        for front, back, needed in PAIRS:
            reached = ratio(colours[front], colours[back])
            if reached < needed:
                found.append(Failure(scheme, front, back, reached, needed))
    return found


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
