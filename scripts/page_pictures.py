"""Takes a picture of every kind of public page from a running demo, at two widths:

    python scripts/page_pictures.py http://localhost:8000

Needs Chromium and the packages of requirements-dev.txt. The pictures and their list go to docs/pictures/pages/.
Fails when a page isn't there. What is longer than a few screens is cut off.
"""

import shutil
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures" / "pages"
WIDTHS = {360: 2200, 1280: 1800}
COLOURS = 96
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PAGES = {
    "home": ("Front page", "/nl/"),
    "home-pl": ("Front page in Polish, still to be checked by a translator", "/pl/"),
    "region-index": ("Areas", "/nl/regios/"),
    "region": ("Area", "/nl/regios/noordzeekanaalgebied/"),
    "region-en": ("Area in English", "/en/regions/north-sea-canal-area/"),
    "programme": ("Programme", "/nl/regios/noordzeekanaalgebied/programma/"),
    "theme": ("Theme", "/nl/regios/noordzeekanaalgebied/programma/weerbaarheid-en-barrieres/"),
    "international": ("International approach", "/nl/internationaal/"),
    "partner-index": ("Directory of partners", "/nl/partners/?soort=riec"),
    "partner": ("Partner", "/nl/partners/douane/"),
    "partnership": ("Partnership", "/nl/partners/harc-team/"),
    "signals-index": ("Signals", "/nl/signalen/"),
    "signals": ("Signals of a sector", "/nl/signalen/terminal/"),
    "measure-index": ("What you can do, with the self-check", "/nl/wat-kun-je-doen/"),
    "measure": ("Measure", "/nl/wat-kun-je-doen/last-onder-dwangsom-voor-uithalers/"),
    "knowledge-index": ("Knowledge", "/nl/kennis/"),
    "publication": ("Publication", "/nl/kennis/onderzoek-noordzeekanaalgebied-2022/"),
    "glossary": ("Glossary", "/nl/kennis/begrippen/"),
    "faq": ("Questions and answers", "/nl/kennis/vragen/"),
    "news-index": ("News", "/nl/nieuws/"),
    "news": ("News item", "/nl/nieuws/nieuwe-site/"),
    "event-index": ("Events", "/nl/agenda/"),
    "event": ("Event", "/nl/agenda/voorbeeld/"),
    "search": ("Search", "/nl/zoeken/?q=uithalers"),
    "content": ("Standard page", "/nl/toegankelijkheid/"),
    "professionals": ("For safety professionals", "/nl/professionals/"),
    "ask": ("Asking for an account", "/nl/professionals/aanvragen/rotterdamse-haven/"),
    "modules": ("Modules", "/nl/modules/"),
    "module": ("Module", "/nl/modules/chauffeurs/"),
    "campaigns": ("Campaigns", "/nl/campagnes/"),
    "campaign": ("Campaign", "/nl/campagnes/jouw-pas-jouw-code/"),
    "reporting": ("Reporting", "/nl/melden/"),
    "reporting-uk": ("Reporting in Ukrainian", "/uk/povidomyty/"),
}


def take(browser: Browser, base: str) -> list[str]:
    """The pictures; returns the addresses that gave no page."""
    missing = []
    for width, height in WIDTHS.items():
        context = browser.new_context(viewport={"width": width, "height": 800}, locale="nl-NL", base_url=base)
        page = context.new_page()
        for name, (_title, address) in PAGES.items():
            response = page.goto(address)
            if response is None or response.status != 200:
                missing.append(address)
                continue
            tall = min(height, page.evaluate("document.documentElement.scrollHeight"))
            shot = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": tall})
            with Image.open(BytesIO(shot)) as picture:
                picture.convert("RGB").quantize(COLOURS).save(FOLDER / f"{name}-{width}.png", optimize=True)
        context.close()
    return missing


def write_list() -> None:
    """The list that shows them all."""
    rows = [
        f"| {title} | `{address}` | ![{title}, on a phone]({name}-360.png) | ![{title}, on a desk]({name}-1280.png) |"
        for name, (title, address) in PAGES.items()
    ]
    head = [
        "# Every kind of public page",
        "",
        "Taken from the demo by `scripts/page_pictures.py`, 360 and 1280 pixels wide. Long pages are cut off.",
        "",
        "| page | address in the demo | 360 | 1280 |",
        "|---|---|---|---|",
    ]
    (FOLDER / "README.md").write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8")


def main(base: str) -> int:
    """All pictures; 1 when a page isn't there."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        missing = take(browser, base)
        browser.close()
    write_list()
    for address in missing:
        print(f"not there: {address}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000"))
