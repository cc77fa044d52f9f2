"""The certificate: its PDF for the holder, and its public page for anybody with the code."""

import io
from datetime import UTC, datetime, timedelta

import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django.utils.translation import gettext

from cms.accounts.models import AuditEvent, Lockout, User
from learning.records import certificates
from learning.records.models import Certificate
from tests.conftest import make_user, signed_in
from tests.factories.modules import make_edition, make_text
from tests.factories.records import certificate_of, fill, make_attempt, make_passed


@pytest.fixture
def certificate(sam, edition):
    attempt = fill(make_attempt(sam, edition)).submit(timezone.now(), "en")
    return certificate_of(attempt)


@pytest.fixture
def anybody(db):
    """A browser without a session."""
    return Client(headers={"accept-language": "en"}, enforce_csrf_checks=True)


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def words(reader: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_the_pdf_says_who_what_and_until_when(certificate):
    text = words(read(certificates.pdf(certificate)))
    for expected in ("Sam de Vries", "Terminal staff", certificate.printed_code, "Completed on", "Valid until"):
        assert expected in text
    assert "score" not in text.lower()


def test_the_pdf_promises_ua_and_has_title_language_and_one_page(certificate):
    reader = read(certificates.pdf(certificate))
    root = reader.trailer["/Root"]
    assert len(reader.pages) == 1
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "Sam de Vries" in reader.metadata.title
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert (round(reader.pages[0].mediabox.width), round(reader.pages[0].mediabox.height)) == (595, 842)


def test_the_pdf_is_in_the_language_it_was_made_in(sam):
    edition = make_edition()
    attempt = fill(make_attempt(sam, edition)).submit(timezone.now(), "nl")
    reader = read(certificates.pdf(certificate_of(attempt)))
    assert reader.trailer["/Root"]["/Lang"] == "nl"
    assert "Terminalmedewerkers" in words(reader)


@pytest.mark.parametrize(
    ("language", "title", "name", "said"),
    [
        ("pl", "Kierowcy ciężarówek", "Łukasz Żółć", ["lutego 2026", "lutego 2028"]),
        ("ro", "Șoferi și țintă", "Ștefan Țurcanu", ["februarie 2026", "februarie 2028"]),
        ("de", "Fahrer auf großer Straße", "Jörg Weiß", ["2. Februar 2026", "2. Februar 2028"]),
        ("uk", "Водії її ґанку", "Олена Їжак", ["2 лютого 2026 року", "2 лютого 2028 року"]),
    ],
)
def test_the_pdf_has_the_letters_and_the_dates_of_its_language(sam, language, title, name, said):
    """Extracted as text, so a reader's software reads it too; in PDF/UA, so no letter was missing from the fonts."""
    edition = make_edition()
    make_text(edition, language, f"terminal-{language}", title=title)
    User.objects.filter(pk=sam.pk).update(first_name=name.split()[0], last_name=name.split()[1])
    sam.refresh_from_db()
    attempt = fill(make_attempt(sam, edition)).submit(datetime(2026, 2, 2, 11, tzinfo=UTC), language)
    reader = read(certificates.pdf(certificate_of(attempt)))
    assert reader.trailer["/Root"]["/Lang"] == language
    assert b"pdfuaid:part" in reader.trailer["/Root"]["/Metadata"].get_object().get_data()
    text = words(reader)
    with translation.override(language):
        interface = [gettext("This certificate is in the name of"), gettext("Check this certificate")]
    for expected in (title, name, *said, *interface):
        assert expected in text
    assert "Dit certificaat" not in text
    assert "This certificate" not in text


@pytest.mark.parametrize("audience", ["chauffeurs", "kwekers", "terminal", "ambtenaren"])
def test_each_audience_has_its_band(sam, audience):
    attempt = make_passed(sam, make_edition(audience=audience))
    assert len(read(certificates.pdf(certificate_of(attempt))).pages) == 1


@pytest.mark.parametrize(
    "name",
    [
        '#read("/etc/passwd")',
        '"] #panic("x")',
        "*bold* _it_ $x^2$ = Heading @ref <label> \\ // ```",
        "O’Neil-Łukaszewska ß",
        "Иван Ильич",
        "محمد",
        "陈大文",
        "😀 Smile",
        "‮evil‬\x01\x07",
        "x" * 310,
        "M" * 40 + " " + "W" * 40,
    ],
)
def test_no_name_breaks_the_pdf_or_is_read_as_markup(certificate, name):
    Certificate.objects.update(holder_name=name)
    reader = read(certificates.pdf(certificates.find(certificate.code)))
    assert len(reader.pages) == 1
    if name.isascii() and len(name) < 100:
        assert "".join(name.split()) in "".join(words(reader).split())
    assert "root:" not in words(reader)


def test_the_holder_gets_it_as_a_file(certificate, sam):
    response = signed_in(sam).get(f"/en/mijn/certificaat/{certificate.code}.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="weerbaar-{certificate.printed_code}.pdf"'
    assert response.content.startswith(b"%PDF")


def test_rubbish_for_a_code_is_404(sam):
    for code in ("%00", "x" * 500, "'"):
        assert signed_in(sam).get(f"/en/mijn/certificaat/{code}.pdf").status_code == 404


def test_a_certificate_of_somebody_else_is_404(certificate, stranger):
    assert signed_in(stranger, verified=True).get(f"/en/mijn/certificaat/{certificate.code}.pdf").status_code == 404


def test_the_public_page_says_valid_module_and_dates_and_never_the_name(certificate, anybody):
    html = anybody.get(f"/c/{certificate.code}").content.decode()
    assert "This certificate is valid" in html
    assert "Terminal staff" in html
    assert certificate.printed_code in html
    assert "Sam" not in html
    assert "Vries" not in html


def test_the_public_page_needs_no_session_and_sets_no_cookie(certificate, anybody):
    for response in (
        anybody.get("/c/"),
        anybody.get(f"/c/{certificate.code}"),
        anybody.post(f"/c/{certificate.code}", {"name": "Sam de Vries"}),
        anybody.post(f"/c/{certificate.code}", {"name": "Sil Vos"}),
    ):
        assert response.status_code == 200
        assert not response.cookies
        assert "no-store" in response["Cache-Control"]


def test_looking_at_a_certificate_leaves_no_row(certificate, anybody):
    anybody.get(f"/c/{certificate.code}")
    assert not AuditEvent.objects.exists()
    assert not Lockout.objects.exists()


def test_the_public_page_says_expired(sam, edition, anybody):
    attempt = make_passed(sam, edition, datetime(2020, 1, 1, 12, tzinfo=UTC))
    assert "This certificate has expired" in anybody.get(f"/c/{certificate_of(attempt).code}").content.decode()


def test_a_certificate_holds_on_its_last_day_and_not_on_the_next(certificate):
    until = certificate.completion.valid_until
    assert certificates.status_of(certificate, until) == "valid"
    assert certificates.status_of(certificate, until + timedelta(days=1)) == "expired"


def test_the_public_page_says_revoked(certificate, anybody, communicator):
    certificate.revoke(timezone.now(), "made in another's name", communicator)
    html = anybody.get(f"/c/{certificate.code}").content.decode()
    assert "This certificate was revoked" in html
    assert "another" not in html.split("<main")[1].split("</main>")[0].replace("Another certificate", "")


def test_revoking_leaves_a_line_in_the_trail_and_keeps_the_first_moment(certificate, communicator):
    first = timezone.now()
    certificate.revoke(first, "first", communicator)
    certificate.revoke(first + timedelta(days=1), "second", communicator)
    certificate.refresh_from_db()
    assert (certificate.revoked_at, certificate.revoked_reason) == (first, "first")
    event = AuditEvent.objects.get()
    assert (event.act, event.actor, event.object_id) == ("certificate.revoked", communicator, str(certificate.pk))
    assert certificate.completion.pk


@pytest.mark.parametrize("typed", ["Sam de Vries", "SAM  DE VRIES", "sam de vríes", " Sam-de Vries. ", "samdevries"])
def test_the_right_name_is_confirmed_however_it_is_typed(certificate, anybody, typed):
    html = anybody.post(f"/c/{certificate.code}", {"name": typed}).content.decode()
    assert "The name is right" in html
    assert "This certificate is valid" in html


def test_accents_of_the_holder_s_own_name_may_be_left_out(edition, anybody):
    user = make_user("zoe@example.org", "Zoë", "Çelik-Ångström")
    certificate = certificate_of(make_passed(user, edition))
    assert (
        "The name is right" in anybody.post(f"/c/{certificate.code}", {"name": "Zoe Celik Angstrom"}).content.decode()
    )


@pytest.mark.parametrize("typed", ["", "Sam", "de Vries", "Sam de Vrie", "Sil Vos", "x" * 5000, "\x00"])
def test_any_other_name_is_not_confirmed(certificate, anybody, typed):
    html = anybody.post(f"/c/{certificate.code}", {"name": typed}).content.decode()
    assert "We cannot confirm this" in html
    assert "Terminal staff" not in html
    assert "valid" not in html.split("<main")[1].split("</main>")[0].lower()


def test_a_certificate_without_a_name_confirms_none(certificate, anybody):
    Certificate.objects.update(holder_name="")
    for typed in ("", " ", "-"):
        assert "cannot confirm" in anybody.post(f"/c/{certificate.code}", {"name": typed}).content.decode()


def test_an_unknown_code_answers_a_name_exactly_as_a_wrong_name_does(certificate, anybody):
    answers, work = [], []
    anybody.post(f"/c/{certificate.code}", {"name": "Warm Up"})
    for code in (certificate.code, "0" * 12, "not-a-code", "ZZZZ-ZZZZ-ZZZZ"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = anybody.post(f"/c/{code}", {"name": "Sil Vos"})
        headers = {k: v for k, v in response.headers.items() if k != "Expires"}
        answers.append((response.status_code, response.content, headers))
        work.append(len(queries))
    assert all(answer == answers[0] for answer in answers)
    assert len(set(work)) == 1


def test_an_unknown_code_and_rubbish_get_the_same_404(certificate, anybody):
    pages = [anybody.get(f"/c/{code}") for code in ("0" * 12, "rubbish", "%00", "' OR 1=1--", "x" * 500)]
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1
    assert b"No certificate with this code" in pages[0].content


@pytest.mark.parametrize(
    "change", [str.lower, lambda code: f"{code[:4]} {code[4:]}", lambda code: code.replace("0", "o")]
)
def test_a_code_may_be_typed_as_people_type(certificate, anybody, change):
    assert anybody.get(f"/c/{change(certificate.code)}").status_code == 200


def test_the_form_leads_to_the_page_of_the_typed_code(certificate, anybody):
    response = anybody.get("/c/", {"code": certificate.printed_code.lower()})
    assert response.url == f"/c/{certificate.code}"
    assert b"This field is required" in anybody.get("/c/", {"code": ""}).content


def test_the_page_follows_the_browser_s_language_and_the_link_s(certificate):
    dutch = Client(headers={"accept-language": "nl"})
    assert b'<html lang="nl"' in dutch.get(f"/c/{certificate.code}").content
    english = dutch.get(f"/c/{certificate.code}?lang=en")
    assert b'<html lang="en"' in english.content
    assert english["Content-Language"] == "en"
    assert b"Terminal staff" in english.content
    assert dutch.get(f"/c/{certificate.code}?lang=xx").status_code == 200


def test_guessing_names_locks_the_address_for_real_and_unknown_codes_alike(certificate, anybody):
    responses = [anybody.post(f"/c/{certificate.code}", {"name": f"Name {n}"}) for n in range(31)]
    assert [r.status_code for r in responses[:30]] == [200] * 30
    assert responses[30].status_code == 429
    assert anybody.post("/c/000000000000", {"name": "Sam de Vries"}).status_code == 429
    assert anybody.post(f"/c/{certificate.code}", {"name": "Sam de Vries"}).status_code == 429
    assert anybody.get(f"/c/{certificate.code}").status_code == 200


def test_right_names_are_never_counted(certificate, anybody):
    for _n in range(40):
        assert b"The name is right" in anybody.post(f"/c/{certificate.code}", {"name": "Sam de Vries"}).content


def test_the_title_falls_back_where_the_language_lacks(sam, anybody):
    edition = make_edition(slugs={"nl": "alleen-nl"})
    certificate = certificate_of(make_passed(sam, edition))
    assert "Terminalmedewerkers" in anybody.get(f"/c/{certificate.code}").content.decode()
