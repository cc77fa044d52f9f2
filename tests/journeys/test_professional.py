"""The safety professional and the editor of an area: from asking for an account, over real SMTP, to a document that
nobody else gets; at a desk and on a phone, with and without JavaScript."""

from __future__ import annotations

import base64
import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from cms.mail import deliver
from cms.professionals import tokens
from cms.professionals.models import Access, AccountRequest, State
from tests.conftest import make_user
from tests.factories import professionals as make
from tests.journeys import content
from tests.journeys.conftest import DESK, PHONE, assert_accessible, picture
from tests.smtp_sink import SmtpSink

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PASSWORD = "correct horse battery"
EMAIL = "paula@politie.example"


@pytest.fixture
def sink(settings):
    """A real SMTP server, which the outbox sends to."""
    server = SmtpSink().start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    server.stop()


@pytest.fixture
def place(transactional_db, tmp_path, settings, live_server):
    """Two areas with an editor each; the northern one has a page and a document."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.BASE_URL = live_server.url
    area, elsewhere = make.make_area(), make.make_area("Haven Zuid")
    editor = make.make_editor(area)
    page, other = make.make_page(area), make.make_page(elsewhere, "Kanarie zuid")
    document = make.make_document(area.translation_key, editor, page_key=page.translation_key)
    version = document.versions.get()
    return {
        "area": area,
        "page": page.get_url(),
        "other": other.get_url(),
        "document": f"/nl/professionals/documenten/{version.public_id}/",
    }


def look(page, name, *, javascript):
    """Keeps a picture; with JavaScript axe looks too."""
    picture(page, f"professional-{name}")
    if javascript:
        assert_accessible(page)


def look_in_the_cms(page, name, *, javascript):
    """Of the CMS's screens only our own part is judged: the rest is Wagtail's."""
    page.wait_for_selector("#professionals")
    picture(page, f"professional-cms-{name}")
    if javascript:
        results = Axe().run(page, context="#professionals", options={"resultTypes": ["violations"]})
        found = [
            f"{violation['id']}: {node['html'][:160]}"
            for violation in results.response["violations"]
            for node in violation["nodes"]
        ]
        assert found == [], f"{page.url}: {found}"


def mailed(sink):
    """Sends what waits, and gives the link in the newest message."""
    while deliver.send_due(timezone.now(), worker="journey")["sent"]:
        pass
    message = sink.messages[-1]
    text = message.get_body(("plain",)).get_content()
    return re.search(r"https?://\S+", text).group(0)


def enrol(page):
    """Adds the app that is asked for; returns at the backup codes."""
    letters = re.sub(r"\s", "", page.locator("code").first.inner_text())
    key = base64.b32decode(letters + "=" * (-len(letters) % 8))
    page.fill("input[name=code]", content.code_now(key))
    page.locator("form:has([name=code]) button[type=submit]").first.click()


def sign_in_by_link(page, sink, email):
    page.goto("/nl/professionals/mijn/")
    page.fill("#link input[name=email]", email)
    page.locator("#link button[type=submit]").click()
    page.goto(mailed(sink))
    page.locator("main form button[type=submit]").first.click()


def editor_in_the_cms(open_context, viewport):
    page = open_context(viewport).new_page()
    page.goto("/beheer/aanvragen/")
    page.fill("#password input[name=email]", "editor@haven.example")
    page.fill("#password input[name=password]", PASSWORD)
    page.locator("#password button[type=submit]").click()
    enrol(page)
    page.goto("/beheer/aanvragen/")
    return page


@pytest.mark.parametrize(
    ("viewport", "javascript"), [(DESK, True), (PHONE, True), (PHONE, False)], ids=["desk", "phone", "plain"]
)
def test_from_asking_to_reading_to_the_end(place, sink, open_context, viewport, javascript):
    name = f"{viewport['width']}"
    page = open_context(viewport, javascript=javascript).new_page()
    page.goto("/nl/professionals/")
    look(page, f"{name}-1-about", javascript=javascript)
    page.locator("a[href$='/aanvragen/haven-noord/']").click()
    page.fill("input[name=email]", "not an address")
    page.locator("form.form button[type=submit]").click()
    look(page, f"{name}-2-ask-refused", javascript=javascript)
    assert page.input_value("input[name=email]") == "not an address"
    for field, value in {**make.ENTERED, "email": EMAIL}.items():
        page.fill(f"[name={field}]", value)
    look(page, f"{name}-3-ask", javascript=javascript)
    page.locator("form.form button[type=submit]").click()
    look(page, f"{name}-4-sent", javascript=javascript)

    page.goto(mailed(sink))
    look(page, f"{name}-5-confirm", javascript=javascript)
    assert AccountRequest.objects.get().state == State.UNCONFIRMED
    page.locator("main form button[type=submit]").click()
    look(page, f"{name}-6-waiting", javascript=javascript)
    request = AccountRequest.objects.get()
    assert request.state == State.WAITING
    state_link = mailed(sink)
    assert page.context.request.get(place["page"]).status == 404

    desk = editor_in_the_cms(open_context, viewport if javascript else DESK)  # Wagtail's own frame needs JavaScript
    look_in_the_cms(desk, f"{name}-1-queue", javascript=javascript)
    with desk.expect_navigation():
        desk.get_by_role("link", name=request.name).click()
    look_in_the_cms(desk, f"{name}-2-request", javascript=javascript)
    desk.goto(f"/beheer/aanvragen/{request.public_id}/vragen/")
    desk.fill("textarea[name=text]", "Voor welke terminal?")
    look_in_the_cms(desk, f"{name}-3-question", javascript=javascript)
    desk.locator("#professionals form button[type=submit]").click()

    page.goto(mailed(sink))
    assert page.url == state_link
    look(page, f"{name}-7-question", javascript=javascript)
    page.fill("textarea[name=answer]", "De kade in het noorden.")
    page.locator("main form button[type=submit]").click()
    assert AccountRequest.objects.get().state == State.WAITING

    desk.goto(f"/beheer/aanvragen/{request.public_id}/toelaten/")
    look_in_the_cms(desk, f"{name}-4-approve", javascript=javascript)
    desk.locator("#professionals form button[type=submit]").click()
    assert Access.objects.get().until > timezone.localdate() + timedelta(days=360)

    page.goto(state_link)
    look(page, f"{name}-8-approved", javascript=javascript)
    mailed(sink)
    sign_in_by_link(page, sink, EMAIL)
    assert "/account/tweede-stap/" in page.url, "nothing is shown before the second factor"
    enrol(page)
    page.goto("/nl/professionals/mijn/")
    look(page, f"{name}-9-mine", javascript=javascript)
    page.locator(f"a[href$='{place['page']}']").click()
    assert "Kanarie besloten" in page.locator("h1").inner_text()
    look(page, f"{name}-10-page", javascript=javascript)
    with page.expect_download() as download:
        page.locator(f"a[href='{place['document']}']").click()
    assert download.value.path().read_bytes() == make.PDF
    assert page.context.request.get(place["other"]).status == 404, "another area stays closed"

    page.goto("/nl/professionals/mijn/")
    page.locator("a[href$='/verlengen/']").click()
    look(page, f"{name}-11-renew", javascript=javascript)
    desk.goto("/beheer/toegang/")
    look_in_the_cms(desk, f"{name}-5-people", javascript=javascript)
    desk.locator("a[href$='/beeindigen/']").first.click()
    look_in_the_cms(desk, f"{name}-6-end", javascript=javascript)
    desk.locator("#professionals form button[type=submit]").click()
    for address in (place["page"], place["document"]):
        assert page.context.request.get(address).status == 404, "gone at once"
    page.goto("/nl/professionals/mijn/")
    look(page, f"{name}-12-ended", javascript=javascript)


def test_the_other_screens_are_accessible_too(place, sink, open_context):
    paula = make_user(EMAIL, "Paula", "Poort")
    area = place["area"]
    make.make_access(area, paula)
    request = make.make_request(area, email="b@politie.example")
    link = tokens.path_of(request, "state", "nl")
    desk = editor_in_the_cms(open_context, DESK)
    for viewport in (PHONE, DESK):
        page = open_context(viewport).new_page()
        for number, address in enumerate((f"{link}intrekken/", "/nl/professionals/bevestigen/x/")):
            page.goto(address)
            look(page, f"{viewport['width']}-more-{number}", javascript=True)
        desk.set_viewport_size(viewport)
        for number, address in enumerate(
            (
                "/beheer/besloten-documenten/",
                "/beheer/besloten-documenten/nieuw/",
                f"/beheer/aanvragen/{request.public_id}/weigeren/",
            )
        ):
            desk.goto(address)
            look_in_the_cms(desk, f"{viewport['width']}-more-{number}", javascript=True)
