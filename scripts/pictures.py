"""Takes the README's pictures from a running demo: python scripts/pictures.py http://localhost:8000

Needs Chromium and the packages of requirements-dev.txt. The pictures go to docs/pictures/.
"""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from django_otp.oath import TOTP
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from config.demo.sign_ins import CARD, PASSWORD, PIN, sign_in  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 860}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@contextmanager
def window(browser: Browser, base: str, size: dict[str, int], language: str = "nl-NL") -> Iterator[Page]:
    """A browser window of this size, closed afterwards."""
    context = browser.new_context(viewport=size, locale=language, base_url=base)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def keep(page: Page, name: str) -> None:
    """What is in the window, as a small PNG."""
    with Image.open(BytesIO(page.screenshot())) as picture:
        picture.convert("RGB").quantize(128).save(FOLDER / f"{name}.png", optimize=True)
    print(f"docs/pictures/{name}.png")


def enter(page: Page, role: str) -> None:
    """Signs one of the demo's people in, with the second step where they have one."""
    line = sign_in(role)
    page.goto("/nl/inloggen/")
    page.fill("#password input[name=email]", line.name)
    page.fill("#password input[name=password]", PASSWORD)
    page.locator("#password button[type=submit]").click()
    if line.second_factor:
        page.fill("input[name=code]", f"{TOTP(bytes.fromhex(line.totp_key)).token():06d}")
        page.locator("form:has([name=code]) button[type=submit]").click()
    page.wait_for_load_state()


def employee(browser: Browser, base: str) -> None:
    """A lesson and a question, on a phone."""
    with window(browser, base, PHONE) as page:
        page.goto("/nl/modules/terminalmedewerkers/")
        page.locator("main a[href*='/modules/terminalmedewerkers/']").nth(1).click()
        page.wait_for_load_state()
        keep(page, "employee-lesson")
    with window(browser, base, PHONE) as page:
        page.goto("/nl/inloggen/")
        page.fill("#card input[name=code]", CARD)
        page.fill("#card input[name=pin]", PIN)
        page.locator("#card button[type=submit]").click()
        page.wait_for_load_state()
        page.goto("/nl/mijn/toets/chauffeurs/")
        with page.expect_navigation():
            page.locator("button[type=submit][form=start], #start button").first.click()
        keep(page, "employee-question")


def main(base: str) -> None:
    """All pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        with window(browser, base, DESK) as page:
            page.goto("/nl/")
            keep(page, "home")
        with window(browser, base, PHONE) as page:
            page.goto("/nl/melden/")
            keep(page, "reporting")
        employee(browser, base)
        with window(browser, base, DESK) as page:
            enter(page, "manager")
            page.goto("/nl/werkgever/")
            keep(page, "employer-dashboard")
        with window(browser, base, DESK) as page:
            page.goto("/nl/campagnes/jouw-pas-jouw-code/")
            keep(page, "campaign")
            enter(page, "communicator")
            page.goto("/beheer/snippets/plans/communicationplan/")
            page.locator("main a[href*='/beheer/plans/']").first.click()
            page.wait_for_url("**/beheer/plans/*/")
            keep(page, "communicator-plan")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000")
