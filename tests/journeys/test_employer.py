"""The employer: from a second factor and a CSV to a dashboard, claim cards and exports, at a desk and without
JavaScript."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from learning.employers.models import Employment, Obligation
from learning.records import registrations
from learning.records.models import Registration
from tests.conftest import make_user
from tests.journeys import content
from tests.journeys.conftest import DESK, PHONE, assert_accessible, picture

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PASSWORD = "correct horse battery"
STAFF = (
    "personeelsnummer;voornaam;tussenvoegsel;achternaam;e-mail;team;startdatum\r\n"
    + "".join(
        f"{100 + n};Voor{n};van;Achter{n};{f'v{n}@example.org' if n % 3 else ''};Kade Noord;01-09-2026\r\n"
        for n in range(14)
    )
    + "900;Fout;;Datum;fout@example.org;Kade Noord;31-02-2026\r\n"
    + "901;Formule;;=HYPERLINK(1);formule@example.org;Kade Noord;01-09-2026\r\n"
)


@pytest.fixture
def organisation(transactional_db):
    """Mila's employer, whose works council has not been asked yet."""
    content.load_everything()
    return content.employer(make_user("manager@example.org", "Mila", "Bakker"), named=False)


def look(page, name, *, javascript):
    """Keeps a picture; with JavaScript axe looks too."""
    picture(page, f"employer-{name}")
    if javascript:
        assert_accessible(page)


def press(page, form_field):
    """Sends the form that holds this field."""
    page.locator(f"form:has([name={form_field}]) button[type=submit]").first.click()


def sign_in_for_the_first_time(page, javascript):
    """Password, then enrolment: nothing is shown before it."""
    page.goto("/nl/werkgever/")
    page.fill("#password input[name=email]", "manager@example.org")
    page.fill("#password input[name=password]", PASSWORD)
    page.locator("#password button[type=submit]").click()
    assert "/account/tweede-stap/" in page.url
    look(page, "1-enrol", javascript=javascript)
    letters = re.sub(r"\s", "", page.locator("code").first.inner_text())
    assert re.fullmatch(r"[A-Z2-7=]{16,}", letters)
    page.fill("input[name=code]", _code_of(letters))
    press(page, "code")
    look(page, "2-backup-codes", javascript=javascript)
    assert TOTPDevice.objects.get().confirmed


def _code_of(letters: str) -> str:
    import base64

    return content.code_now(base64.b32decode(letters + "=" * (-len(letters) % 8)))


def upload(page, address, javascript):
    page.goto(f"{address}upload/")
    look(page, "4-upload", javascript=javascript)
    page.set_input_files(
        "input[name=file]", {"name": "staff.csv", "mimeType": "text/csv", "buffer": STAFF.encode("cp1252")}
    )
    press(page, "file")
    look(page, "5-check", javascript=javascript)
    shown = page.locator("main").inner_text()
    assert "31-02-2026" in shown, "what stood in the file is shown with what is wrong"
    assert not Employment.objects.exists(), "nothing changes before it is confirmed"
    page.locator("form[action$='/verwerken/'] button").click()
    call_command("work", batch=True)
    page.goto(page.url)
    look(page, "6-processed", javascript=javascript)
    assert Employment.objects.count() == 14


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_from_csv_to_dashboard(organisation, open_context, javascript):
    desk = open_context(DESK, javascript=javascript)
    page = desk.new_page()
    address = f"/nl/werkgever/{organisation.public_id}/"
    sign_in_for_the_first_time(page, javascript)
    page.goto(address)
    look(page, "3-empty", javascript=javascript)
    upload(page, address, javascript)

    page.goto(f"{address}opdrachten/nieuw/")
    look(page, "7-assign", javascript=javascript)
    module = content.terminal_module()
    page.check(f"input[name=module][value='{module.pk}']")
    page.fill("input[name=due_on]", (timezone.localdate() + timedelta(days=30)).isoformat())
    press(page, "due_on")
    assert Obligation.objects.count() == 14

    page.goto(address)
    look(page, "8-names-hidden", javascript=javascript)
    assert "Achter1" not in page.content(), "no names before the works council agreed"

    page.goto(f"{address}namen/")
    look(page, "9-consent", javascript=javascript)
    page.locator("input[name=ground]").first.check()
    page.fill("input[name=consent_on]", timezone.localdate().isoformat())
    press(page, "ground")

    at = timezone.now()
    person = Employment.objects.order_by("pk")[1]
    person.user = make_user("v1@example.org", "Voor1", "van Achter1")
    person.accepted_at = at
    person.save(update_fields=["user", "accepted_at"])
    _pass(person.user, module, at)

    page.goto(address)
    look(page, "10-dashboard", javascript=javascript)
    shown = page.locator("main").inner_text()
    assert "Achter1" in shown
    assert not re.search(r"\b(score|punten|pogingen|antwoord)\b", page.locator("table").last.inner_text())

    csv = desk.request.get(f"{address}overzicht.csv").body()
    assert csv.startswith(b"\xef\xbb\xbf")
    assert csv.decode("utf-8-sig").count("Achter") == 14
    xlsx = desk.request.get(f"{address}overzicht.xlsx").body()
    rows = CalamineWorkbook.from_filelike(BytesIO(xlsx)).get_sheet_by_index(0).to_python()
    assert sum("Achter" in str(row) for row in rows) == 14

    page.goto(f"{address}mensen/kaarten/")
    look(page, "11-cards", javascript=javascript)
    with page.expect_download() as download:
        page.locator("button[name=part]").first.click()
    pdf = PdfReader(download.value.path())
    assert "/start" in pdf.pages[0].extract_text()

    page.goto(f"{address}mensen/")
    look(page, "12-people", javascript=javascript)


def _pass(user, module, at):
    """This person takes the quiz and passes, by the verbs the screens call."""
    round_ = registrations.open_for(user, module, Registration.Kind.ASSIGNED, at)
    attempt = registrations.start_attempt(round_, module.current_edition, at)
    for drawn in attempt.drawn:
        attempt.answer(drawn["question"], content.right_options(module.current_edition, drawn["question"]))
    attempt.submit(at, "nl")


def test_the_dashboard_works_on_a_phone(organisation, open_context):
    page = open_context(PHONE).new_page()
    sign_in_for_the_first_time(page, javascript=False)
    for part in ("", "mensen/", "upload/", "teams/", "opdrachten/", "beheerders/", "namen/"):
        page.goto(f"/nl/werkgever/{organisation.public_id}/{part}")
        assert_accessible(page)
        picture(page, f"employer-phone-{part.strip('/') or 'overzicht'}")


def test_a_stranger_gets_404_for_the_same_addresses(organisation, open_context):
    content.employer(make_user("stranger@example.org", "Sil", "Vos"), "Vreemd Transport")
    context = open_context(DESK)
    page = context.new_page()
    page.goto("/nl/werkgever/")
    page.fill("#password input[name=email]", "stranger@example.org")
    page.fill("#password input[name=password]", PASSWORD)
    page.locator("#password button[type=submit]").click()
    letters = re.sub(r"\s", "", page.locator("code").first.inner_text())
    page.fill("input[name=code]", _code_of(letters))
    press(page, "code")
    for part in (
        "",
        "mensen/",
        "overzicht.csv",
        "overzicht.xlsx",
        "upload/",
        "opdrachten/",
        "namen/",
        "mensen/kaarten/",
    ):
        response = context.request.get(f"/nl/werkgever/{organisation.public_id}/{part}")
        assert response.status == 404, part
