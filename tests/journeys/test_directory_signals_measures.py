"""A visitor looks up who takes part, reads the signals of their work and answers the self-check."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE, assert_accessible, picture
from tests.journeys.content import load_pages

NARROW = {"width": 320, "height": 640}
PAGES = {
    "directory": "/en/partners/",
    "directory-filtered": "/en/partners/?kind=riec&region=atlantis",
    "directory-nothing": "/en/partners/?q=qqqq",
    "partner": "/en/partners/douane/",
    "partnership": "/en/partners/programma-nzkg/",
    "signals": "/en/signals/",
    "signals-terminal": "/en/signals/terminal/",
    "measures": "/en/what-you-can-do/",
    "measure": "/en/what-you-can-do/protect-passes-and-codes/",
}


@pytest.fixture
def site(transactional_db, settings, tmp_path):
    settings.REPORTING_DIR = tmp_path / "reporting"
    load_pages()


def test_who_takes_part_signals_and_measures_on_every_screen(site, open_context):
    for viewport in (NARROW, PHONE, DESK):
        page = open_context(viewport, language="en-GB").new_page()
        for name, address in PAGES.items():
            requests: list[str] = []
            page.on("request", lambda request, seen=requests: seen.append(request.url))
            assert page.goto(address).status == 200
            picture(page, f"{name}-{viewport['width']}")
            assert_accessible(page)
            assert len(requests) <= 8, requests
    _answers_tell_nobody(open_context)
    _filters_work_without_a_script(open_context)
    _cards_fit_one_sheet(open_context)


def _answers_tell_nobody(open_context):
    """Ticking and asking for advice sends nothing, keeps nothing, and is gone after a reload."""
    page = open_context(PHONE, language="en-GB").new_page()
    page.goto(PAGES["measures"], wait_until="networkidle")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    boxes = page.locator("[data-self-check] input[type=checkbox]")
    assert boxes.count() == 10
    for number in range(6):
        boxes.nth(number).check()
    page.get_by_role("button", name="Show my advice").click()
    expect(page.locator("[data-self-check] [role=status]")).to_contain_text("6 of the 10")
    assert page.locator("[data-self-check] details[open]").count() == 4
    boxes.nth(6).check()
    expect(page.locator("[data-self-check] [role=status]")).to_contain_text("7 of the 10")
    assert_accessible(page)
    page.wait_for_timeout(500)
    assert sent == []
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert "?" not in page.url
    assert page.context.cookies() == []
    page.reload()
    assert page.locator("[data-self-check] input:checked").count() == 0


def _filters_work_without_a_script(open_context):
    """Filters, pages, and advice to open: all of it works with scripts switched off."""
    page = open_context(PHONE, javascript=False, language="en-GB").new_page()
    page.goto(PAGES["directory"])
    page.get_by_role("link", name="Next").click()
    page.wait_for_url(re.compile("page=2"))
    page.goto(PAGES["directory"])
    page.get_by_label("RIEC").check()
    page.get_by_label("Partnership").check()
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(re.compile("kind=riec&kind=partnership"))
    assert page.get_by_label("RIEC").is_checked()
    expect(page.locator("#found")).to_contain_text("16")
    page.get_by_role("link", name="RIEC Noord-Holland").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("RIEC Noord-Holland")
    page.goto(PAGES["measures"])
    assert not page.get_by_role("button", name="Show my advice").is_visible()
    page.locator("[data-self-check] summary").first.click()
    expect(page.locator("[data-self-check] details p").first).to_be_visible()


def _cards_fit_one_sheet(open_context):
    """On paper: one A4 with the cards, in black on white, and the numbers to call."""
    page = open_context(DESK, language="en-GB").new_page()
    page.goto(PAGES["signals-terminal"])
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    page.emulate_media(media="print")
    assert page.locator(".sheet__numbers").inner_text().count("0800-7000") == 1
    assert "112" in page.locator(".sheet__numbers").inner_text()
    assert not page.locator(".meldbar").is_visible()
    colours = page.evaluate(
        "[...document.querySelectorAll('.signal h3, .signal p')].map((e) => getComputedStyle(e).color)"
    )
    assert set(colours) == {"rgb(0, 0, 0)"}
