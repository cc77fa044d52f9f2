"""What a production start shows: nothing that nobody checked, and never a promise that was not made."""

import re

from django.utils import timezone

from cms.reporting.addresses import REPORTING_PATHS
from cms.reporting.build import rebuild
from cms.reporting.channels import for_block
from cms.reporting.models import ReportingChannel, ReportingText
from tests.cms.reporting.test_page import words_of


def test_only_112_police_and_m_are_live_and_all_others_wait_as_drafts(built_for_production):
    for language in REPORTING_PATHS:
        channels = ReportingChannel.objects.filter(locale__language_code=language)
        assert set(channels.filter(live=True).values_list("key", flat=True)) == {"noodgeval", "politie", "m"}
        assert channels.count() == 11
        assert all(channel.latest_revision for channel in channels.filter(live=False))


def test_a_loader_never_says_that_a_number_was_checked(built_for_production):
    assert not ReportingChannel.objects.exclude(checked_on=None).exists()
    assert not ReportingChannel.objects.exclude(signed_on=None).exists()


def test_the_page_shows_the_three_and_says_that_nobody_checked_them(built_for_production, client):
    body = client.get("/en/report/").content.decode()
    assert set(re.findall(r'href="tel:(\d+)"', body)) == {"112", "08007000", "09008844"}
    assert "No editor has checked" in body


def test_no_promise_of_anonymity_is_live_before_an_editor_looked_it_up(built_for_production, client):
    words = words_of(client.get("/nl/melden/"))
    assert "M. is geen onderdeel van de politie." in words
    for promised in ("ziet uw telefoonnummer", "noteert geen naam", "anonimiteit"):
        assert promised not in words
    assert "ziet uw" not in str(for_block("m", "nl")["promise"])


def test_an_editor_who_looked_it_up_shows_the_channels_own_words(built_for_production, client):
    m = ReportingChannel.objects.get(key="m", locale__language_code="nl")
    m.wording, m.checked_on = ReportingChannel.Wording.QUOTED, timezone.localdate()
    m.full_clean()
    m.save_revision().publish()
    rebuild()
    assert "ziet uw telefoonnummer" in words_of(client.get("/nl/melden/"))


def test_general_knowledge_waits_for_an_editor(built_for_production, client):
    assert "Film niemand" not in words_of(client.get("/nl/melden/"))
    assert "write nothing down" not in words_of(client.get("/en/report/"))


def test_a_draft_is_no_call_out_elsewhere(built_for_production):
    assert for_block("m", "nl")["number"] == "0800-7000"
    assert for_block("tci", "nl") is None
    assert for_block("arbeidsinspectie", "en") is None


def test_the_text_is_live_in_every_language(built_for_production):
    assert ReportingText.objects.filter(live=True).count() == len(REPORTING_PATHS)
