"""The style sheet of a chosen theme: `base.css` with the theme's tokens after it, at an address that changes with what
stands in it. Kept until an editor changes something; without a theme the platform's own file is served as ever."""

import base64
import gzip
import re
from dataclasses import dataclass
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from cms.pages import look_tokens
from cms.pages.models.look import LOGO_FILTER, LookSettings, PartnerTheme
from cms.pages.remembered import remembered

#: What a theme sets for the light scheme only may not follow into the dark one; paper is light.
_MEDIA = {
    "light": "print, (prefers-color-scheme: light)",
    "dark": "screen and (prefers-color-scheme: dark)",
}
_A_YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True)
class Look:
    """`address`: of the style sheet that every page loads first. `logo_name`: whose logo stands beside ours, or
    nothing. `packed`: the style sheet, compressed; empty for our own look."""

    address: str
    logo_name: str = ""
    packed: bytes = b""


def current() -> Look:
    """The look that was chosen in the settings. It costs no query while nothing changes."""
    return remembered("look", _current)


def _current() -> Look:
    settings = LookSettings.objects.select_related("theme__logo").first()
    if settings is None or settings.theme is None:
        return Look(static("css/base.css"))
    css = style_sheet(settings.theme).encode()
    address = reverse("look", args=(sha256(css).hexdigest()[:16],))
    logo_name = settings.theme.logo_name if settings.theme.logo else ""
    return Look(address, logo_name, gzip.compress(css, 9, mtime=0))


def style_sheet(theme: PartnerTheme) -> str:
    """Our own style sheet and what this theme changes, without comments and spare white space."""
    colours = theme.colours()
    common = {}
    if theme.heading_font:
        common[look_tokens.FONT] = look_tokens.FONTS[theme.heading_font]
    if theme.button_radius is not None:
        common[look_tokens.RADIUS] = f"{theme.button_radius}px"
    parts = [
        look_tokens.style_sheet(),
        _root(common),
        *(f"@media {_MEDIA[scheme]} {{ {_root(tokens)} }}" for scheme, tokens in colours.items()),
        _logo(theme),
    ]
    css = re.sub(r"/\*.*?\*/", "", "\n".join(parts), flags=re.DOTALL)
    return re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"\s+", " ", css)).strip()


def _root(tokens: dict[str, str]) -> str:
    return f":root {{ {' '.join(f'{name}: {value};' for name, value in tokens.items())} }}"


def _logo(theme: PartnerTheme) -> str:
    """The logo inside the style sheet: it costs no request of its own."""
    if theme.logo is None:
        return ""
    rendition = theme.logo.get_rendition(LOGO_FILTER)
    picture = base64.b64encode(theme.logo_bytes()).decode()
    width, height = rendition.width / 2, rendition.height / 2
    return (
        f".partnerlogo {{ inline-size: {width / 16:.3f}rem; aspect-ratio: {width} / {height};"
        f' background: url("data:image/webp;base64,{picture}") 0 50% / contain no-repeat; }}'
    )


@require_safe
def serve_style_sheet(request: HttpRequest, digest: str) -> HttpResponse:
    """The style sheet of the theme. A page that somebody kept may ask for an older one: that leads to today's."""
    look = current()
    if look.address != request.path:
        response: HttpResponse = HttpResponseRedirect(look.address)
        response["Cache-Control"] = "no-store"
        return response
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(look.packed, content_type="text/css; charset=utf-8")
        response["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(gzip.decompress(look.packed), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={_A_YEAR}, immutable"
    patch_vary_headers(response, ("Accept-Encoding",))
    return response
