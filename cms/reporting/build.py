"""Builds the reporting page: one HTML file a language, with its style inside, for the gate to hand out.

`rebuild` is called when a channel, a text or the way out changes, by the worker every minute, and by
`manage.py build_reporting`. Whoever reads the page reaches no database.
"""

import json
import os
import re
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from cms.reporting.addresses import REPORTING_PATHS
from cms.reporting.channels import channels_file
from cms.reporting.models import ReportingChannel, ReportingSettings, ReportingText

STYLE_SHEETS = ("css/base.css", "css/melden.css")
ICON = "img/favicon.svg"
#: Shown before all others, in panels of their own.
DANGER, FIRST = "noodgeval", "m"


def page_file(language: str) -> Path:
    """Where the built page of a language lies."""
    return Path(settings.REPORTING_DIR) / f"{language}.html"


def rebuild() -> bool:
    """Builds the page of every language and the channels that other pages show; returns whether
    anything changed. Each file is replaced whole, so nobody ever reads half a page. A language whose
    text isn't live has no page: its visitors get the numbers of `fallback.py`."""
    changed = False
    for language in REPORTING_PATHS:
        channels = live_channels(language)
        page = render(language, channels)
        known = {channel.key: as_callout(channel) for channel in channels}
        changed |= _replace(channels_file(language), json.dumps(known, ensure_ascii=False, sort_keys=True, indent=1))
        changed |= _replace(page_file(language), page)
    return changed


def live_channels(language: str) -> list[ReportingChannel]:
    """The channels that may be shown in this language, in their order."""
    live = ReportingChannel.objects.filter(live=True, locale__language_code=language)
    return list(live.select_related("locale").order_by("order", "pk"))


def as_callout(channel: ReportingChannel) -> dict[str, str]:
    """A channel as `channels.for_block` hands it to other pages."""
    return {
        "key": channel.key,
        "name": channel.name,
        "when": channel.when,
        "number": channel.number,
        "href": channel.href,
        "scope": channel.scope,
        "promise": " ".join(channel.promise_lines),
    }


def render(language: str, channels: list[ReportingChannel]) -> str | None:
    """The whole page as text, or None while this language has no live text."""
    text = ReportingText.objects.filter(live=True, locale__language_code=language).first()
    if text is None:
        return None
    others = [channel for channel in channels if channel.key not in (DANGER, FIRST)]
    with translation.override(language):
        return render_to_string(
            "reporting/page.html",
            {
                "text": text,
                "danger": _with_key(channels, DANGER),
                "m": _with_key(channels, FIRST),
                "channels": others,
                "none_checked": not any(channel.checked_on for channel in channels),
                "translation_to_check": text.translation_to_check
                or any(channel.translation_to_check for channel in channels),
                "exit_url": ReportingSettings.load().safe_exit_url,
                "translations": _other_languages(language),
                "style": mark_safe(_style()),
                "icon": mark_safe(_icon()),
                "demo": settings.DEMO,
                "base_url": settings.BASE_URL,
                "address": REPORTING_PATHS[language],
            },
        )


def _with_key(channels: list[ReportingChannel], key: str) -> ReportingChannel | None:
    return next((channel for channel in channels if channel.key == key), None)


def _other_languages(language: str) -> list[dict[str, str]]:
    return [
        {"code": code, "label": translation.get_language_info(code)["name_local"].capitalize(), "url": path}
        for code, path in REPORTING_PATHS.items()
        if code != language
    ]


def _read_static(name: str) -> str:
    found: Any = finders.find(name)
    if not found:
        raise FileNotFoundError(name)
    return Path(found).read_text(encoding="utf-8")


def _style() -> str:
    """The style sheets in one, without comments and spare white space. Nothing in it may load anything."""
    css = "\n".join(_read_static(name) for name in STYLE_SHEETS)
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,])\s*", r"\1", css).strip()
    if re.search(r"@import|url\((?!['\"]?data:)|</", css, flags=re.IGNORECASE):
        raise ValueError("The reporting page may load nothing: a style sheet of it names an address.")
    return css


def _icon() -> str:
    return "data:image/svg+xml," + quote(_read_static(ICON).strip(), safe="")


def _replace(path: Path, text: str | None) -> bool:
    """Puts the text in place of the file at once, or removes the file for None; False when it was so already."""
    if text is None:
        existed = path.exists()
        path.unlink(missing_ok=True)
        return existed
    body = text.encode()
    if path.exists() and path.read_bytes() == body:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True
