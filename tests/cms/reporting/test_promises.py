"""When a promise of anonymity may be shown: in the channel's own words, or signed by it for that language."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from wagtail.models import Locale

from cms.reporting import build
from cms.reporting.models import ReportingChannel


@pytest.fixture(autouse=True)
def _in_english():
    """What is refused is read in English here."""
    with translation.override("en"):
        yield


@pytest.fixture
def m(built):
    return {code: ReportingChannel.objects.get(key="m", locale__language_code=code) for code in ("nl", "en")}


def test_a_quotation_holds_in_the_channels_own_language_only(m):
    assert m["nl"].promise_may_be_shown
    english = m["en"]
    english.promise, english.wording = "“M. cannot see your number.”", ReportingChannel.Wording.QUOTED
    assert english.promise_lines == ["Ask first what happens with your name."]


def test_a_signed_wording_is_shown_from_the_day_it_was_signed(m, client):
    english = m["en"]
    english.promise, english.wording = "M. cannot see your number.", ReportingChannel.Wording.SIGNED
    assert not english.promise_may_be_shown
    with pytest.raises(ValidationError, match="signed"):
        english.full_clean()
    english.signed_on = date(2026, 9, 1)
    english.full_clean()
    english.save()
    build.rebuild()
    assert "M. cannot see your number." in client.get("/en/report/").content.decode()


def test_our_own_words_never_promise_anonymity(m):
    dutch = m["nl"]
    dutch.wording = ReportingChannel.Wording.OURS
    assert dutch.promise_lines == [dutch.neutral_line]
    dutch.neutral_line = ""
    with pytest.raises(ValidationError, match="neutral"):
        dutch.full_clean()


@pytest.mark.parametrize(
    "words",
    [
        "M. is 100% veilig.",
        "Je blijft ALTIJD anoniem.",
        "Niemand komt erachter.",
        "You are always anonymous.",
        "Du bleibst immer anonym.",
        "Zawsze anonimowo.",
    ],
)
def test_what_nobody_can_promise_is_refused(m, words):
    m["nl"].promise = words
    with pytest.raises(ValidationError, match="promise"):
        m["nl"].full_clean()


def test_a_translation_starts_without_signature_quotation_and_check(m, db):
    dutch = m["nl"]
    dutch.checked_on = timezone.localdate()
    dutch.save()
    bulgarian = Locale.objects.get_or_create(language_code="bg")[0]
    copy = dutch.copy_for_translation(bulgarian)
    assert copy.wording == ReportingChannel.Wording.OURS
    assert copy.signed_on is None
    assert copy.checked_on is None
    assert not copy.promise_may_be_shown


def test_a_day_that_has_not_come_is_no_check(m):
    m["nl"].checked_on = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError, match="not come"):
        m["nl"].full_clean()


def test_a_check_by_an_editor_is_shown_with_its_day(m, client):
    m["en"].checked_on, m["en"].review_on = date(2026, 9, 1), date(2026, 12, 1)
    m["en"].save()
    build.rebuild()
    body = client.get("/en/report/").content.decode()
    assert "Checked on 1 September 2026." in body
    assert "To be checked again before 1 December 2026." in body
    assert "An editor has not checked this yet." in body


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "http://example.org/", "tel:0800 7000", "//example.org", "tel:x"]
)
def test_a_link_that_is_no_call_mail_or_protected_site_is_refused(m, href):
    m["nl"].href = href
    with pytest.raises(ValidationError):
        m["nl"].full_clean()
