"""The employee: from a claim card to a certificate, on a phone of 360 pixels, with and without JavaScript."""

import re
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from learning.employers import assigning, claim_cards, hiring
from learning.records.models import Attempt, Certificate, Completion
from tests.conftest import make_user
from tests.journeys import content
from tests.journeys.conftest import PHONE, assert_accessible, picture

START = re.compile("^(Start de toets|Start the quiz)$")
HAND_IN = re.compile("^(Lever in|Inleveren|Hand in)$")

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def card(transactional_db):
    """A new card of Ola, who has no e-mail address, and for whom the terminal's module was assigned."""
    content.load_everything()
    now = timezone.now()
    manager = make_user("manager@example.org", "Mila", "Bakker")
    organisation = content.employer(manager)
    ola = hiring.add(
        organisation,
        first_name="Ola",
        last_name="Nowak",
        personnel_number="0042",
        starts_on=timezone.localdate(),
        at=now,
    )
    assigning.assign(organisation, None, content.terminal_module(), timezone.localdate(), manager, now)
    claim_cards.with_cards([ola], now)
    ola.refresh_from_db()
    return ola.card


def look(page, name, *, javascript):
    """Keeps a picture; with JavaScript axe looks too."""
    picture(page, f"employee-{name}")
    if javascript:
        assert_accessible(page)


def claim(page, card, javascript):
    page.goto(f"/start/{card.code}")
    look(page, "1-card", javascript=javascript)
    page.fill("input[name=pin]", "482915")
    page.fill("input[name=pin_again]", "482915")
    page.locator("form:has(input[name=pin]) button[type=submit]").click()
    page.wait_for_url("**/nl/mijn/")
    look(page, "2-mine", javascript=javascript)


def read_the_lessons(page, javascript):
    page.goto("/nl/modules/terminalmedewerkers/")
    look(page, "3-module", javascript=javascript)
    lessons = content.terminal_module().current_edition.texts.get(language="nl").lessons
    for number, lesson in enumerate(lessons):
        page.goto(f"/nl/modules/terminalmedewerkers/{lesson['key']}/")
        assert page.get_by_role("heading", level=1).first.is_visible()
        look(page, f"4-lesson-{number + 1}", javascript=javascript)
    page.goto("/nl/mijn/toets/terminalmedewerkers/")
    look(page, "5-quiz", javascript=javascript)


def start(page):
    with page.expect_navigation():
        page.get_by_role("button", name=START).click()


def hand_in(page):
    with page.expect_navigation():
        page.get_by_role("button", name=HAND_IN).click()


def answer(page, *, right: bool):
    """Answers the question on the screen, by the key or against it, and goes on."""
    edition = content.terminal_module().current_edition
    question = page.locator("input[name=question]").get_attribute("value")
    wanted = content.right_options(edition, question)
    if not right:
        every = [box.get_attribute("value") for box in page.locator("input[name=chosen]").all()]
        wanted = [value for value in every if value not in wanted][:1]
    for value in wanted:
        page.locator(f"input[name=chosen][value='{value}']").check()
    with page.expect_navigation():
        page.locator("button[name=go][value=next]").click()


def answer_all(page, *, right: bool):
    while page.locator("input[name=question]").count():
        answer(page, right=right)


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_from_claim_card_to_certificate(card, open_context, javascript):
    phone = open_context(PHONE, javascript=javascript)
    page = phone.new_page()
    claim(page, card, javascript)
    read_the_lessons(page, javascript)

    start(page)
    look(page, "6-question", javascript=javascript)
    for _number in range(3):
        answer(page, right=True)
    stopped_at = page.locator("input[name=question]").get_attribute("value")
    assert len(Attempt.objects.get().answers) == 3

    # Another device: code and PIN, and on at the same question.
    tablet = open_context(PHONE, javascript=javascript).new_page()
    tablet.goto("/nl/inloggen/")
    look(tablet, "7-sign-in", javascript=javascript)
    tablet.fill("#card input[name=code]", card.code.lower())
    tablet.fill("#card input[name=pin]", "482915")
    tablet.locator("#card button[type=submit]").click()
    tablet.goto("/nl/mijn/toets/terminalmedewerkers/vraag/")
    assert tablet.locator("input[name=question]").get_attribute("value") == stopped_at

    answer_all(tablet, right=True)
    look(tablet, "8-check", javascript=javascript)
    hand_in(tablet)
    look(tablet, "9-passed", javascript=javascript)

    completion = Completion.objects.get()
    certificate = Certificate.objects.get(completion=completion)
    assert completion.user.get_full_name() == "Ola Nowak"
    assert not Attempt.objects.get().answers, "answers are deleted when they have served"

    pdf = tablet.request.get(f"/nl/mijn/certificaat/{certificate.code}.pdf").body()
    words = " ".join(PdfReader(BytesIO(pdf)).pages[0].extract_text().split())
    assert "Ola Nowak" in words

    # Anybody may check it, and learns no name.
    guard = open_context(PHONE, javascript=javascript).new_page()
    guard.goto(f"/c/{certificate.code}")
    assert "Nowak" not in guard.content()
    look(guard, "10-certificate", javascript=javascript)
    guard.fill("input[name=name]", "ola  nowak")
    guard.locator("main form button[type=submit]").click()
    look(guard, "11-confirmed", javascript=javascript)

    # The first device still shows a question; handing in there again changes nothing.
    page.goto("/nl/mijn/")
    assert Attempt.objects.count() == Completion.objects.count() == 1


def test_a_failed_attempt_says_what_to_read_again_and_keeps_the_key(card, open_context):
    page = open_context(PHONE).new_page()
    claim(page, card, javascript=False)
    page.goto("/nl/mijn/toets/terminalmedewerkers/")
    start(page)
    answer_all(page, right=False)
    hand_in(page)
    look(page, "12-failed", javascript=True)
    text = content.terminal_module().current_edition.texts.get(language="nl")
    shown = page.locator("main").inner_text()
    for question in text.questions.values():
        assert question["feedback"] not in shown
    assert page.locator("a[href^='/nl/modules/terminalmedewerkers/']").count() >= 1
    assert not Completion.objects.exists()


def test_the_language_can_change_in_the_middle_of_the_quiz(card, open_context):
    page = open_context(PHONE).new_page()
    claim(page, card, javascript=False)
    page.goto("/nl/mijn/toets/terminalmedewerkers/")
    start(page)
    answer(page, right=True)
    stopped_at = page.locator("input[name=question]").get_attribute("value")
    page.goto("/en/mijn/toets/terminal-staff/vraag/")
    assert page.locator("input[name=question]").get_attribute("value") == stopped_at
    assert page.locator("html").get_attribute("lang") == "en"
    answer_all(page, right=True)
    hand_in(page)
    picture(page, "employee-13-passed-en")
    assert Completion.objects.count() == 1


def test_a_whole_quiz_by_keyboard(card, open_context):
    page = open_context(PHONE).new_page()
    claim(page, card, javascript=False)
    page.goto("/nl/mijn/toets/terminalmedewerkers/")
    page.get_by_role("button", name=START).focus()
    page.keyboard.press("Enter")
    edition = content.terminal_module().current_edition
    page.wait_for_selector("input[name=question]", state="attached")
    while page.locator("input[name=question]").count():
        question = page.locator("input[name=question]").get_attribute("value")
        wanted = content.right_options(edition, question)
        boxes = page.locator("input[name=chosen]")
        kind = boxes.first.get_attribute("type")
        values = [box.get_attribute("value") for box in boxes.all()]
        if kind == "radio":
            boxes.first.focus()
            page.keyboard.press("Space")
            for _step in range(values.index(wanted[0])):
                page.keyboard.press("ArrowDown")
        else:
            boxes.first.focus()
            for number, value in enumerate(values):
                if number:
                    page.keyboard.press("Tab")
                if value in wanted:
                    page.keyboard.press("Space")
        for _tab in range(12):
            page.keyboard.press("Tab")
            focused = page.evaluate("document.activeElement.name + '=' + document.activeElement.value")
            if focused == "go=next":
                break
        with page.expect_navigation():
            page.keyboard.press("Enter")
    page.get_by_role("button", name=HAND_IN).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert Completion.objects.count() == 1
