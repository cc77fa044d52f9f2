"""What to notice: the signal cards of each sector.

Cards that rest on general knowledge (`unchecked`) are shown in the demo only. In production they stand in the draft
of a page whose other cards are live, until an editor has read them.
"""

from typing import Any

from cms.pages.models import SignalsIndexPage, SignalsPage
from cms.pages.starter.tree import add, find, homes, key, put, read

INDEX = "signals"


def load(demo: bool) -> None:
    """Makes the list of sectors and a page for each of them, in every language that has a file."""
    for home in homes():
        content = read("signals", home.locale.language_code)
        if content is None:
            continue
        to_check = content["translation_to_check"]
        index = put(SignalsIndexPage, INDEX, home, **_fields(content["index"], demo, to_check))
        for row in content["sectors"]:
            if find(SignalsPage, row["key"], home.locale) is None:
                _sector(row, index, demo=demo, to_check=to_check)


def _fields(row: dict[str, Any], demo: bool, to_check: bool) -> dict[str, Any]:
    """The fields that the list and the sectors share."""
    fields = {name: row[name] for name in ("title", "slug", "intro", "source")}
    return {**fields, "live": demo or row["live"], "translation_to_check": to_check}


def _sector(row: dict[str, Any], index: SignalsIndexPage, *, demo: bool, to_check: bool) -> None:
    """A sector with the cards that may be shown, and all of them in its draft."""
    fields = _fields(row, demo, to_check)
    live = fields.pop("live")
    cards = [(_card(card, f"{row['key']}:{number}"), card) for number, card in enumerate(row["cards"])]
    shown = [block for block, card in cards if demo or not card.get("unchecked")]
    page = SignalsPage(
        locale=index.locale, translation_key=key(row["key"]), audience=row["audience"], cards=shown, **fields
    )
    page = add(page, index, live=live)
    if len(shown) < len(cards):
        page.cards = [block for block, _card in cards]
        page.save_revision()


def _card(card: dict[str, Any], name: str) -> dict[str, Any]:
    """A card as a stored block, with the same id in every language."""
    value = {field: value for field, value in card.items() if field != "unchecked"}
    return {"type": "card", "value": value, "id": str(key(name))}
