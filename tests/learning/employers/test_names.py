"""Before the works council's consent or the employer's declaration: counts of ten and more, no names."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.accounts.models import AuditEvent
from learning.employers.models import Organisation
from tests.conftest import signed_in
from tests.factories import employers as make
from tests.learning.employers.addresses import reverse


@pytest.fixture
def closed(manager_user):
    return make.make_organisation("Dicht", manager_user, named=False)


@pytest.fixture
def browser(manager_user, closed):
    return signed_in(manager_user, verified=True)


def numbers_in(page):
    """Every figure in the tables of the page."""
    cells = re.findall(r'<td class="n">\s*(?:<span[^>]*>)?([^<]*)', page)
    return [int(cell.replace(",", "").replace(".", "")) for cell in cells if cell.strip()[:1].isdigit()]


def test_no_name_stands_on_the_dashboard(browser, closed, edition):
    people = make.make_staff(closed, edition.module, edition, 60, teams=3)
    page = browser.get(reverse("employers:dashboard", args=[closed.public_id])).content.decode()
    for employment in people:
        assert employment.last_name not in page
        assert str(employment.public_id) not in page
    assert numbers_in(page)
    assert min(numbers_in(page)) >= 10


def test_no_filter_or_sort_narrows_the_counts(browser, closed, edition):
    people = make.make_staff(closed, edition.module, edition, 60, teams=3)
    address = reverse("employers:dashboard", args=[closed.public_id])
    plain = browser.get(address).content.decode()
    query = {"q": "Last00001", "team": str(people[0].team.public_id), "status": "done", "module": edition.module_id}
    for name, value in query.items():
        page = browser.get(address, {name: value}).content.decode()
        assert numbers_in(page) == numbers_in(plain)
        assert "Last0000" not in page.split("<main")[1]


def test_under_ten_people_no_figure_is_shown(browser, closed, edition):
    make.make_staff(closed, edition.module, edition, 9, teams=1)
    page = browser.get(reverse("employers:dashboard", args=[closed.public_id])).content.decode()
    assert numbers_in(page) == []


@pytest.mark.parametrize("name", ["export_csv", "export_xlsx"])
def test_a_download_is_refused_with_the_reason(browser, closed, edition, name):
    make.make_staff(closed, edition.module, edition, 60, teams=3)
    response = browser.get(reverse(f"employers:{name}", args=[closed.public_id]))
    assert response.status_code == 403
    assert "works council" in response.content.decode()
    assert "Last0000" not in response.content.decode()


def test_a_persons_page_has_no_progress(browser, closed, edition, sam):
    employment = make.make_employment(closed, sam)
    make.make_assignment(closed, edition.module)
    make.make_completion(sam, edition)
    page = browser.get(reverse("employers:person", args=[closed.public_id, employment.public_id])).content.decode()
    assert "Completed" not in page
    assert "is-open" not in page


def test_consent_opens_the_names_and_is_recorded(browser, closed, edition):
    make.make_staff(closed, edition.module, edition, 20, teams=1)
    day = timezone.localdate() - timedelta(days=3)
    address = reverse("employers:consent", args=[closed.public_id])
    assert browser.post(address, {"ground": "consent", "consent_on": day.isoformat()}).status_code == 302
    closed.refresh_from_db()
    assert closed.works_council_consent_on == day
    assert AuditEvent.objects.filter(act="names.opened").count() == 1
    assert "Last00001" in browser.get(reverse("employers:dashboard", args=[closed.public_id])).content.decode()


def test_a_declaration_needs_who_declares_it(browser, closed, manager_user):
    address = reverse("employers:consent", args=[closed.public_id])
    assert browser.post(address, {"ground": "none_required"}).status_code == 422
    assert browser.post(address, {"ground": "none_required", "declared_as": "M. Bakker, director"}).status_code == 302
    closed.refresh_from_db()
    assert (closed.declared_as, closed.declared_by) == ("M. Bakker, director", manager_user)
    assert closed.names_open(timezone.localdate())


def test_consent_of_tomorrow_is_refused(browser, closed):
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    address = reverse("employers:consent", args=[closed.public_id])
    page = browser.post(address, {"ground": "consent", "consent_on": tomorrow})
    assert page.status_code == 422
    assert tomorrow in page.content.decode()
    closed.refresh_from_db()
    assert not closed.names_open(timezone.localdate())


def test_taking_it_back_hides_the_names_again(browser, closed, edition):
    closed.record_consent(timezone.localdate(), timezone.localdate())
    browser.post(reverse("employers:consent_withdraw", args=[closed.public_id]))
    closed.refresh_from_db()
    assert not closed.names_open(timezone.localdate())


def test_a_declaration_without_a_name_is_refused_by_the_database(closed):
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=closed.pk).update(declared_none_required_on=timezone.localdate())


def test_two_grounds_at_once_are_refused_by_the_database(closed):
    today = timezone.localdate()
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=closed.pk).update(
            declared_none_required_on=today, declared_as="X", works_council_consent_on=today
        )
