"""Editors: a new area from nothing, a page below it by the area's own editor, the review, the translation, and what
stays on the site meanwhile. At a desk, with JavaScript: the CMS has no other way."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import Collection
from wagtail.users.models import UserProfile

from cms.pages.models import ContentPage, RegionIndexPage, RegionPage
from config import roles
from config.models import AreaEditors
from tests.conftest import make_user
from tests.factories import professionals as make
from tests.journeys import content
from tests.journeys.conftest import DESK, assert_accessible, picture

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

KEY = "3132333435363738393031323334353637383930"


@pytest.fixture
def site(transactional_db, tmp_path, settings):
    """Two languages with a list of areas each, an area in both, and the groups of an installation."""
    settings.MEDIA_ROOT = tmp_path / "media"
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    dutch = make.make_area("Haven Noord")
    index = RegionIndexPage.objects.get(locale=dutch.locale)
    home = make.make_home("en")
    below = home.add_child(
        instance=RegionIndexPage(
            title="Areas", slug="regios", intro="x", locale=home.locale, translation_key=index.translation_key
        )
    )
    below.add_child(
        instance=RegionPage(
            title="Port North",
            slug="port-north",
            kind="port",
            summary="x",
            intro="x",
            locale=home.locale,
            translation_key=dutch.translation_key,
        )
    )
    # a migration made this right; a test with real transactions empties that table
    kind = ContentType.objects.get(app_label="wagtail_localize", model="translation")
    Permission.objects.get_or_create(content_type=kind, codename="submit_translation", defaults={"name": "x"})
    roles.load()
    return {"index": index, "area": dutch}


def staff(email: str, group: Group):
    """Somebody of this group, with an authenticator app and an English CMS."""
    user = make_user(email, "Eva", "Smit")
    user.groups.add(group)
    TOTPDevice.objects.create(user=user, name="phone", key=KEY, confirmed=True)
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = "en"
    profile.save()
    return user


def cms(open_context, email: str):
    """The CMS, signed in with both steps."""
    page = open_context(DESK, language="en-GB").new_page()
    page.goto("/beheer/")
    page.fill("#password input[name=email]", email)
    page.fill("#password input[name=password]", "correct horse battery")
    page.locator("#password button[type=submit]").click()
    page.fill("input[name=code]", content.code_now(bytes.fromhex(KEY)))
    page.locator("form:has([name=code]) button[type=submit]").click()
    page.wait_for_url("**/beheer/**")
    return page


def press(page, selector: str):
    """A button of the foot of the edit screen, which may stand behind the arrow."""
    button = page.locator(f"footer {selector}").first
    if not button.is_visible():
        page.locator("footer [data-w-dropdown-target='toggle']").first.click()
    with page.expect_navigation():
        button.click()


def choose(page, address: str):
    """A link of the page's own menu, behind the dots at the top."""
    page.locator("header button[aria-label='Actions'], .w-slim-header button[aria-label='Actions']").last.click()
    page.wait_for_timeout(500)
    picture(page, "editor-menu")
    with page.expect_navigation():
        page.locator(f"a[href*='{address}']").first.click()


def submit(page):
    press(page, "button[name=action-submit]")
    picture(page, "editor-submitted")
    assert page.locator(".messages .success").count(), "submitted"


def write(page, field: str, text: str):
    """A first block of text in a field of blocks."""
    part = page.locator(f"#panel-child-content-{field}-section, [data-contentpath='{field}']").first
    part.locator("button.c-sf-add-button").first.click()
    choice = page.locator(".w-combobox__option").first
    if choice.is_visible():
        choice.click()
    box = part.locator("[role=textbox]").last
    box.click()
    page.keyboard.type(text, delay=10)
    assert text in box.inner_text()
    page.wait_for_timeout(1_000)  # the editor hands its text to the form a little later


def judge(page, action: str, comment: str = ""):
    """The reviewer's dashboard: the one page that waits."""
    page.goto("/beheer/")
    row = page.locator("#panel-awaiting-review-section, [aria-labelledby*='awaiting-review']").first
    picture(page, f"editor-dashboard-{action}-{bool(comment)}")
    row.get_by_role("button", name="Actions").first.click()
    label = {"approve": "Approve", "reject": "Request changes"}[action]
    button = page.get_by_role("button", name=label, exact=True).first
    if action == "reject":
        button.click()
        page.locator(".modal-body textarea").fill(comment)
        button = page.locator(".modal-body button[type=submit]")
    with page.expect_navigation():
        button.click()


def test_a_new_area_from_nothing_through_the_review(site, open_context):
    staff("redactie@example.org", Group.objects.get(name=roles.EDITORS))
    staff("nakijken@example.org", Group.objects.get(name=roles.REVIEWERS))
    page, reviewer = cms(open_context, "redactie@example.org"), cms(open_context, "nakijken@example.org")
    page.goto(reverse("wagtailadmin_pages:add", args=["pages", "regionpage", site["index"].pk]))
    page.fill("#id_title", "Kade Proef")
    page.select_option("#id_kind", "port")
    page.fill("#id_summary", "Een haven om mee te oefenen.")
    page.fill("#id_intro", "Wij werken hier samen.")
    write(page, "body", "Wij kijken samen naar de kade.")
    page.fill("#id_contact_name", "Team Kade")
    page.fill("#id_source", "Te controleren door een redacteur")
    picture(page, "editor-1-new-area")
    submit(page)
    area = RegionPage.objects.get(draft_title="Kade Proef")
    assert not area.live
    assert page.goto(reverse("wagtailadmin_pages:view_draft", args=[area.pk])).status == 200
    assert "Wij kijken samen" in page.locator("main").inner_text()
    address = area.get_url()
    assert page.context.request.get(address).status == 404

    judge(reviewer, "reject", "Noem ook het doel.")
    page.goto(reverse("wagtailadmin_pages:edit", args=[area.pk]))
    assert "Noem ook het doel." in page.content()
    page.fill("#id_intro", "Wij werken hier samen. Zo blijft de kade veilig.")
    submit(page)
    judge(reviewer, "approve")
    public = open_context(DESK).new_page()
    public.goto(address)
    assert "Zo blijft de kade veilig." in public.locator("main").inner_text()
    assert_accessible(public)


def test_a_page_of_an_area_in_two_languages(site, open_context):
    staff("kade@example.org", AreaEditors.objects.get(area=site["area"].translation_key).group)
    staff("nakijken@example.org", Group.objects.get(name=roles.REVIEWERS))
    page, reviewer = cms(open_context, "kade@example.org"), cms(open_context, "nakijken@example.org")
    page.goto(reverse("wagtailadmin_explore", args=[site["area"].pk]))
    page.goto(reverse("wagtailadmin_pages:add", args=["pages", "contentpage", site["area"].pk]))
    page.fill("#id_title", "Oefendag")
    page.fill("#id_intro", "Wij oefenen samen.")
    write(page, "body", "Kom naar de kade.")
    page.fill("#id_source", "Te controleren door een redacteur")
    submit(page)
    judge(reviewer, "approve")
    dutch = ContentPage.objects.get(title="Oefendag")
    assert dutch.live
    edit = reverse("wagtailadmin_pages:edit", args=[dutch.pk])
    public = open_context(DESK).new_page()

    page.goto(edit)
    page.fill("#id_intro", "Wij oefenen elke maand.")
    submit(page)
    public.goto(dutch.get_url())
    assert "Wij oefenen samen." in public.locator("main").inner_text(), "what is live stays until it is approved"
    judge(reviewer, "approve")
    public.goto(dutch.get_url())
    assert "Wij oefenen elke maand." in public.locator("main").inner_text()

    page.goto(edit)
    choose(page, f"/localize/submit/page/{dutch.pk}/")
    page.locator("input[name=locales]").first.check()
    page.locator("input[type=submit]").click()
    page.wait_for_load_state("networkidle")
    english = ContentPage.objects.get(translation_key=dutch.translation_key, locale__language_code="en")
    page.goto(reverse("wagtailadmin_pages:edit", args=[english.pk]))
    picture(page, "editor-2-translate")
    translate(page, ["Exercise day", "We practise every month."])
    picture(page, "editor-3-translated")

    page.goto(reverse("wagtailadmin_pages:edit", args=[english.pk]))
    page.locator("#to-review a").click()
    own_screens(page)
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.wait_for_load_state()
    english.refresh_from_db()
    assert not english.live
    judge(reviewer, "approve")
    english.refresh_from_db()
    public.goto(english.get_url())
    assert public.locator("h1").inner_text() == "Exercise day"
    assert "We practise every month." in public.locator("main").inner_text()
    assert_accessible(public)
    assert public.locator(f"a[hreflang=nl][href$='{dutch.get_url()}']").count()
    public.goto(dutch.get_url())
    assert public.locator(f"a[hreflang=en][href$='{english.get_url()}']").count()
    for address in ("pages_guide", "pages_to_check"):
        page.goto(reverse(address))
        own_screens(page)


def translate(page, words: list[str]):
    """Types these texts in the translation screen, one after another from the top; each is saved by itself."""
    for text in words:
        page.get_by_text("Translate", exact=True).first.click()
        page.locator(".js-translation-editor textarea").first.fill(text)
        with page.expect_response(lambda response: "/strings/" in response.url):
            page.get_by_text("Save", exact=True).first.click()
        page.get_by_text("Save", exact=True).first.wait_for(state="detached")


def own_screens(page):
    """axe finds nothing in our own part of a screen of the CMS; the frame around it is Wagtail's."""
    page.locator("#own, #guide").first.wait_for()
    picture(page, f"editor-own-{page.url.rstrip('/').rsplit('/', 1)[-1]}")
    found = Axe().run(page, context="#own, #guide", options={"resultTypes": ["violations"]}).response["violations"]
    assert [(each["id"], node["html"][:160]) for each in found for node in each["nodes"]] == [], page.url
