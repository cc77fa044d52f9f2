"""The frame and the look in a browser: nothing for axe, nothing sideways, in light and dark, with large text, on paper,
without scripts."""

import pytest

from tests.conftest import make_user, signed_in
from tests.journeys import content
from tests.journeys.conftest import DESK, PHONE, assert_accessible

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 320, "height": 640}
PAGES = ("/nl/", "/nl/bestaat-niet/", "/nl/privacy/")


@pytest.fixture
def site(transactional_db, live_server):
    content.load_everything()
    return live_server.url


@pytest.fixture
def editor_cookie(site):
    """The session of an editor who took the second step."""
    editor = make_user("stijl@example.org", "Eva", "Smit", is_staff=True, is_superuser=True)
    cookie = signed_in(editor, verified=True).cookies["sessionid"].value
    return {"name": "sessionid", "value": cookie, "url": site}


def widths(page):
    return page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")


def test_front_page_style_guide_and_missing_page_are_accessible_in_both_schemes(site, open_context, editor_cookie):
    """The style guide shows every component in every state. Nothing hangs out at 320 px or with text twice as large."""
    for viewport in (PHONE, DESK):
        context = open_context(viewport)
        context.add_cookies([editor_cookie])
        page = context.new_page()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for address in ("/nl/", "/nl/bestaat-niet/", "/stijlgids/"):
                page.goto(address)
                assert_accessible(page)
        for address in PAGES:
            page.goto(address)
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            seen, room = widths(page)
            assert seen <= room, (address, viewport)
        page.goto("/stijlgids/")
        page.emulate_media(forced_colors="active")
        assert_states_differ_in_shape(page)
    page = open_context(NARROW).new_page()
    for address in PAGES:
        page.goto(address)
        assert widths(page)[0] <= 320, address


def assert_states_differ_in_shape(page):
    """Forced colours take colours away; each state keeps a shape of its own."""
    shapes = page.evaluate(
        """() => [...document.querySelectorAll('#states ~ p .badge')].map((badge) => {
            const shape = getComputedStyle(badge, '::before');
            return [shape.clipPath, shape.borderStyle, shape.borderRadius, shape.backgroundImage].join(' ');
        })"""
    )
    assert len(shapes) >= 8
    assert len(set(shapes[:8])) == 8


def test_menu_and_languages_open_without_scripts_and_by_keyboard(site, open_context):
    page = open_context(PHONE, javascript=False).new_page()
    page.goto("/nl/privacy/")
    menu = page.locator("#menu")
    assert not menu.is_visible()
    page.get_by_role("button", name="Menu").press("Enter")
    assert menu.is_visible()
    page.locator(".langs summary").press("Enter")
    page.locator(".langs a[hreflang=en]").click()
    assert page.url.endswith("/en/privacy/")


def test_paper_is_white_with_black_text_and_nothing_moves_for_who_wants_no_motion(site, open_context):
    page = open_context(DESK).new_page()
    page.emulate_media(reduced_motion="reduce")
    page.goto("/nl/")
    times = page.evaluate(
        "[...document.querySelectorAll('*')].map((part) => getComputedStyle(part).transitionDuration)"
    )
    assert set(",".join(times).replace(" ", "").split(",")) <= {"0s"}
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator(".meldbar").is_visible()
    assert not page.locator(".nav").is_visible()
    assert page.locator(".callout--wide .number").is_visible()
    colours = page.evaluate(
        """() => [...document.querySelectorAll('body, .section--paper, .hero, .callout, .foot')].map(
            (part) => [getComputedStyle(part).backgroundColor, getComputedStyle(part).color])"""
    )
    assert {back for back, _front in colours} <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    assert {front for _back, front in colours} == {"rgb(0, 0, 0)"}
