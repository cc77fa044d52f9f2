"""A printed code: it always leads somewhere, and counts (link, ISO week, count) and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test import Client
from django.utils import timezone

from campaigns.publishing.models import ShortLink, ShortLinkWeek, may_be_counted, shown_weeks
from tests.factories.campaigns import MeansFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(page, means):
    return ShortLink.objects.create(placement="Canteen", means=means, page=page, language="nl")


def test_a_code_leads_to_the_live_page_and_counts_one_in_its_week(link, page):
    response = Client().get(f"/q/{link.code}")
    assert (response.status_code, response["Location"]) == (302, page.get_url())
    year, week, _day = timezone.localdate().isocalendar()
    assert list(ShortLinkWeek.objects.values_list("iso_year", "iso_week", "count")) == [(year, week, 1)]


def test_codes_are_read_in_either_case(link):
    assert Client().get(f"/q/{link.code.lower()}").status_code == 302
    assert ShortLinkWeek.objects.get().count == 1


def test_a_link_whose_present_target_is_the_reporting_page_is_never_counted(means):
    link = ShortLink.objects.create(placement="Pocket card", means=means, language="nl")
    before = [dict(row) for row in ShortLinkWeek.objects.values()]
    for _time in range(12):
        response = Client().get(f"/q/{link.code}")
        assert (response.status_code, response["Location"]) == (302, "/nl/melden/")
    assert [dict(row) for row in ShortLinkWeek.objects.values()] == before == []


@pytest.mark.parametrize(
    "address", ["/nl/melden/", "/en/report/", "/nl/melden", "/nl/melden/?q=1", "http://localhost:8000/nl/melden/#m"]
)
def test_no_spelling_of_the_reporting_page_may_be_counted(address):
    assert not may_be_counted(address)


def test_following_a_link_to_the_reporting_page_writes_nothing_at_all(means):
    link = ShortLink.objects.create(placement="Pocket card", means=means, language="en")
    written = []

    def tripwire(execute, sql, params, many, context):
        if not sql.lstrip().upper().startswith("SELECT"):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(tripwire):
        response = Client().get(f"/q/{link.code}")
    assert response["Location"] == "/en/report/"
    assert written == []
    assert not response.cookies


def test_a_printed_code_never_dies(link, page):
    page.unpublish()
    response = Client().get(f"/q/{link.code}")
    assert (response.status_code, response["Location"]) == (302, "/nl/melden/")
    assert not ShortLinkWeek.objects.exists()


def test_a_code_outlives_its_page(link, page):
    page.delete()
    assert Client().get(f"/q/{link.code}")["Location"] == "/nl/melden/"


def test_an_expired_page_is_left_before_the_worker_takes_it_down(link, page):
    now = timezone.now()
    type(page).objects.filter(pk=page.pk).update(expire_at=now - timedelta(seconds=1))
    link.refresh_from_db()
    assert ShortLink.objects.get(pk=link.pk).destination(now) == "/nl/melden/"


def test_an_unknown_code_leads_to_the_reporting_page(db):
    response = Client().get("/q/NOSUCH")
    assert (response.status_code, response["Location"]) == (302, "/nl/melden/")


def test_a_link_preview_is_not_a_visit(link):
    assert Client().head(f"/q/{link.code}").status_code == 302
    assert not ShortLinkWeek.objects.exists()


def test_a_visit_near_midnight_counts_in_the_week_of_amsterdam(link):
    link.follow(datetime(2026, 11, 22, 22, 59, tzinfo=UTC))  # Sunday 23:59 in Amsterdam
    link.follow(datetime(2026, 11, 22, 23, 1, tzinfo=UTC))  # Monday 00:01 in Amsterdam
    assert list(ShortLinkWeek.objects.order_by("iso_week").values_list("iso_week", "count")) == [(47, 1), (48, 1)]


def test_the_last_days_of_a_year_count_in_their_iso_year(link):
    link.follow(datetime(2027, 1, 1, 12, tzinfo=UTC))
    assert ShortLinkWeek.objects.values_list("iso_year", "iso_week").get() == (2026, 53)


def test_the_counter_has_no_moment_and_no_person():
    fields = {field.name: field for field in ShortLinkWeek._meta.get_fields()}
    assert set(fields) == {"id", "link", "iso_year", "iso_week", "count"}
    assert not any(isinstance(field, models.DateField) for field in fields.values())


def test_weeks_under_ten_and_the_running_week_are_not_shown(link):
    today = datetime(2026, 11, 25, tzinfo=UTC).date()
    for week, count in ((45, 9), (46, 10), (47, 31), (48, 50)):
        ShortLinkWeek.objects.create(link=link, iso_year=2026, iso_week=week, count=count)
    assert shown_weeks(link, today) == [("2026-W47", 31), ("2026-W46", 10), ("2026-W45", None)]


def test_a_link_and_its_page_belong_to_the_same_means(link):
    link.means = MeansFactory(plan=link.means.plan)
    with pytest.raises(ValidationError) as refusal:
        link.full_clean()
    assert "page" in refusal.value.message_dict
