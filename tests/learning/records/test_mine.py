"""What a person sees of their own record."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from learning.records import assignments, registrations
from learning.records.assignments import AssignedModule
from learning.records.mine import mine
from learning.records.models import Certificate
from tests.conftest import signed_in
from tests.factories.modules import make_edition, make_text
from tests.factories.records import make_attempt, make_failed, make_passed

TODAY = timezone.localdate


def states(user, on=None):
    page = mine(user, "en", on or TODAY())
    return {row.card.audience: row.state for rows in (page.to_do, page.done, page.free) for row in rows}


@pytest.fixture
def assigned(monkeypatch):
    """What the room above says; filled by the test."""
    found: list[AssignedModule] = []
    monkeypatch.setattr(assignments, "_providers", [])
    assignments.register_provider(lambda user, language: list(found))
    return found


def test_a_module_is_free_until_it_is_begun_and_done_once_it_is_passed(sam, edition):
    assert states(sam) == {"terminal": "free"}
    make_attempt(sam, edition)
    assert states(sam) == {"terminal": "open"}
    make_passed(sam, edition)
    assert states(sam) == {"terminal": "done"}


def test_a_completion_that_no_longer_holds_is_expired_and_to_do(sam, edition):
    make_passed(sam, edition, datetime(2020, 1, 1, 12, tzinfo=UTC))
    assert states(sam) == {"terminal": "expired"}
    html = signed_in(sam).get("/en/mijn/").content.decode()
    assert "Expired on" in html


def test_a_later_fail_leaves_the_module_done(sam, edition):
    make_passed(sam, edition)
    make_failed(sam, edition)
    assert states(sam) == {"terminal": "done"}


def test_an_assigned_module_shows_who_asks_and_before_when(sam, edition, assigned):
    assigned.append(AssignedModule(edition.module_id, "Haven BV", TODAY() + timedelta(days=3)))
    html = signed_in(sam).get("/en/mijn/").content.decode()
    assert "Haven BV asks you to finish this. Last day:" in html
    assert states(sam) == {"terminal": "open"}


def test_an_assigned_module_is_late_on_the_day_after_its_deadline(sam, edition, assigned):
    assigned.append(AssignedModule(edition.module_id, "Haven BV", TODAY()))
    assert states(sam) == {"terminal": "open"}
    assert states(sam, TODAY() + timedelta(days=1)) == {"terminal": "late"}


def test_the_earliest_of_two_employers_deadlines_counts(sam, edition, assigned):
    assigned.append(AssignedModule(edition.module_id, "Later BV", TODAY() + timedelta(days=30)))
    assigned.append(AssignedModule(edition.module_id, "Eerder BV", TODAY() + timedelta(days=3)))
    assert mine(sam, "en", TODAY()).to_do[0].assigned.organisation == "Eerder BV"


def test_a_provider_counts_once(monkeypatch, sam):
    monkeypatch.setattr(assignments, "_providers", [])

    def provider(user, language):
        return [AssignedModule(1, "Haven BV")]

    assignments.register_provider(provider)
    assignments.register_provider(provider)
    assert assignments.assigned_to(sam, "en") == [AssignedModule(1, "Haven BV")]


def test_an_open_registration_is_to_do_before_its_first_attempt(sam, edition):
    registrations.open_for(sam, edition.module, "assigned", timezone.now())
    row = mine(sam, "en", TODAY()).to_do[0]
    assert (row.state, row.begun) == ("open", False)


def test_a_retired_module_is_shown_only_to_who_passed_it(sam, colleague, edition):
    make_passed(sam, edition)
    edition.module.retired_at = timezone.now()
    edition.module.save()
    assert states(sam) == {"terminal": "done"}
    assert states(colleague) == {}


def test_the_page_says_what_an_employer_sees(sam, edition):
    html = signed_in(sam).get("/en/mijn/").content.decode()
    assert "What your employer sees" in html
    assert "Never your answers, your score" in html


def test_the_page_shows_nobody_else_s(sam, colleague, edition):
    make_passed(colleague, edition)
    code = Certificate.objects.get().code
    assert code not in signed_in(sam).get("/en/mijn/").content.decode()
    assert code in signed_in(colleague).get("/en/mijn/").content.decode()


def test_what_is_older_than_a_pin_reset_is_hidden(sam, edition):
    make_passed(sam, edition, timezone.now() - timedelta(days=1))
    make_attempt(sam, edition, timezone.now() - timedelta(hours=1))
    sam.private_since = timezone.now()
    sam.save()
    page = mine(sam, "en", TODAY())
    assert page.certificates == []
    assert page.to_do == []


def test_certificates_are_paged(sam, edition):
    for _n in range(21):
        make_passed(sam, edition)
    browser = signed_in(sam)
    assert browser.get("/en/mijn/").content.decode().count("/mijn/certificaat/") == 20
    assert browser.get("/en/mijn/?page=2").content.decode().count("/mijn/certificaat/") == 1


def test_a_module_without_a_text_in_this_language_is_shown_in_another(sam):
    make_edition(slugs={"nl": "alleen-nl"})
    assert mine(sam, "en", TODAY()).free[0].card.title == "Terminalmedewerkers"


def test_signed_out_the_page_asks_to_sign_in(client, edition):
    assert client.get("/en/mijn/").url == "/en/inloggen/?next=/en/mijn/"


def test_a_module_that_is_not_there_in_my_language_leads_to_the_english_one(sam):
    """Its title is marked as English, and so is where the links go: nothing under /pl/ that isn't Polish."""
    make_edition()
    body = signed_in(sam).get("/pl/mijn/").content.decode()
    assert 'href="/en/modules/terminal-en/"' in body
    assert 'href="/en/mijn/toets/terminal-en/"' in body
    assert '<h3 lang="en">' in body
    assert "/pl/modules/terminal" not in body


def test_a_module_in_my_language_is_shown_in_it(sam):
    make_text(make_edition(), "pl", "terminal-pl", title="Pracownicy terminalu")
    body = signed_in(sam).get("/pl/mijn/").content.decode()
    assert 'href="/pl/modules/terminal-pl/"' in body
    assert '<h3 lang="pl">' in body


def test_a_result_is_shown_in_a_language_that_the_module_has(sam):
    attempt = make_passed(sam, make_edition())
    browser = signed_in(sam)
    answer = browser.get(f"/uk/mijn/uitslag/{attempt.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/en/mijn/uitslag/{attempt.pk}/")
    assert browser.get(answer["Location"]).status_code == 200
