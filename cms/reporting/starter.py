"""Starter content of the reporting page, from the readable files in `content/`."""

import tomllib
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from wagtail.models import Locale

from cms.reporting.addresses import REPORTING_PATHS
from cms.reporting.build import rebuild
from cms.reporting.models import ReportingChannel, ReportingText

CONTENT = Path(__file__).parent / "content"


def load(demo: bool) -> None:
    """Creates what isn't there yet, in every language that has a file, and builds the page.

    Nothing that exists is touched: it may be an editor's. In production only what the files mark as
    live is published, the rest waits as a draft, and no promise of anonymity is shown until an editor has
    looked the words up; the demo publishes all. "Checked on" is never set: an editor does that, after calling.
    Nor is a signature: outside Dutch no promise of anonymity is shown, whatever a file says.
    """
    with transaction.atomic():
        for language in REPORTING_PATHS:
            path = CONTENT / f"reporting.{language}.toml"
            if not path.exists():
                continue
            content = tomllib.loads(path.read_text(encoding="utf-8"))
            locale, _created = Locale.objects.get_or_create(language_code=language)
            _load_text(content, locale, demo=demo)
            for place, row in enumerate(content["channels"], start=1):
                row["translation_to_check"] = content["text"].get("translation_to_check", False)
                _load_channel(row, locale, order=place * 10, demo=demo)
    rebuild()


def _load_text(content: dict[str, Any], locale: Locale, *, demo: bool) -> None:
    if ReportingText.objects.filter(locale=locale).exists():
        return
    values = {**content["text"], **(content["text_unchecked"] if demo else {})}
    steps = [("line", step) for step in values.pop("steps")]
    remains = [("item", item) for item in values.pop("remains")]
    text = ReportingText(locale=locale, translation_key=_key("text"), steps=steps, remains=remains, **values)
    text.full_clean()
    text.save()
    text.save_revision().publish()


def _load_channel(row: dict[str, Any], locale: Locale, *, order: int, demo: bool) -> None:
    if ReportingChannel.objects.filter(locale=locale, key=row["key"]).exists():
        return
    values = {name: value.strip() if isinstance(value, str) else value for name, value in row.items()}
    values.pop("live", None)
    live = demo or row.get("live", False)
    if live and not demo:  # a number may be live unchecked, a promise may not: its neutral line stands in
        values["wording"] = ReportingChannel.Wording.OURS
    channel = ReportingChannel(
        locale=locale,
        translation_key=_key(row["key"]),
        order=order,
        live=live,
        has_unpublished_changes=not live,
        **values,
    )
    channel.full_clean()
    channel.save()
    revision = channel.save_revision()
    if live:
        revision.publish()


def _key(name: str) -> Any:
    """The same in every language and on every machine."""
    return uuid5(NAMESPACE_URL, f"weerbaar:reporting:{name}")
