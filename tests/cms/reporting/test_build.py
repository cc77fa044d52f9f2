"""The page follows what editors publish, and nobody ever reads half of it."""

import threading
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.reporting import build, starter
from cms.reporting.addresses import REPORTING_PATHS
from cms.reporting.channels import for_block
from cms.reporting.models import ReportingChannel, ReportingText


@pytest.fixture
def douane(built):
    return ReportingChannel.objects.get(key="meldkamer-douane", locale__language_code="nl")


def test_publishing_a_channel_builds_the_page(douane, client, django_capture_on_commit_callbacks):
    douane.number = "088-000 00 00"
    with django_capture_on_commit_callbacks(execute=True):
        douane.save_revision()
    assert "088-000 00 00" not in client.get("/nl/melden/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        douane.save_revision().publish()
    assert "088-000 00 00" in client.get("/nl/melden/").content.decode()


def test_taking_a_channel_down_takes_it_off_the_page(douane, client, django_capture_on_commit_callbacks):
    assert "088-622 31 00" in client.get("/nl/melden/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        douane.unpublish()
    assert "088-622 31 00" not in client.get("/nl/melden/").content.decode()
    assert for_block("meldkamer-douane", "nl") is None


def test_deleting_a_channel_takes_it_off_the_page(douane, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        douane.delete()
    assert "088-622 31 00" not in client.get("/nl/melden/").content.decode()


def test_without_any_channel_112_is_still_on_the_page(built, client):
    ReportingChannel.objects.all().delete()
    build.rebuild()
    assert "tel:112" in client.get("/nl/melden/").content.decode()


def test_a_text_taken_down_leaves_the_three_numbers(built, client):
    ReportingText.objects.get(locale__language_code="nl").unpublish()
    build.rebuild()
    body = client.get("/nl/melden/").content.decode()
    assert all(f"tel:{number}" in body for number in ("112", "09008844", "08007000"))
    assert "088-622 31 00" not in body


def test_building_twice_changes_nothing(built, reporting_dir):
    times = {path.name: path.stat().st_mtime_ns for path in reporting_dir.iterdir()}
    assert set(times) == {name for code in REPORTING_PATHS for name in (f"{code}.html", f"channels.{code}.json")}
    assert build.rebuild() is False
    assert {path.name: path.stat().st_mtime_ns for path in reporting_dir.iterdir()} == times


def test_the_command_says_what_it_did(built, reporting_dir):
    out = StringIO()
    (reporting_dir / "nl.html").unlink()
    call_command("build_reporting", stdout=out)
    assert "was built" in out.getvalue()
    call_command("build_reporting", stdout=out)
    assert "up to date" in out.getvalue()


def test_while_it_is_being_replaced_the_page_is_always_whole(built, client, reporting_dir):
    page = reporting_dir / "nl.html"
    whole = {page.read_text(), page.read_text().replace("0800-7000", "0800-7001")}
    stop = threading.Event()

    def replace():
        turn = 0
        while not stop.is_set():
            build._replace(page, sorted(whole)[turn % 2])
            turn += 1

    writer = threading.Thread(target=replace)
    writer.start()
    try:
        answers = {client.get("/nl/melden/").content.decode() for _visit in range(300)}
    finally:
        stop.set()
        writer.join()
    assert answers <= whole
    assert not [path for path in reporting_dir.iterdir() if path.name.startswith(".")]


def test_a_style_sheet_that_would_load_something_is_refused(built, monkeypatch):
    monkeypatch.setattr(build, "_read_static", lambda name: "body{background:url(https://elders.example/x.png)}")
    with pytest.raises(ValueError, match="load nothing"):
        build.rebuild()


def test_a_call_out_elsewhere_costs_no_query(built):
    with CaptureQueriesContext(connection) as captured:
        channel = for_block("arbeidsinspectie", "nl")
    assert len(captured) == 0
    assert channel["number"] == "0800-5151"
    assert channel["href"] == "tel:08005151"
    assert "anoniem" in channel["promise"]
    assert for_block("arbeidsinspectie", "en")["promise"] == "Ask first what happens with your name."


def test_a_call_out_that_does_not_exist_is_none(built):
    assert for_block("bestaat-niet", "nl") is None
    assert for_block("m", "bg") is None


def test_who_changes_a_call_out_does_not_change_the_next(built):
    for_block("m", "nl")["number"] = "changed"
    assert for_block("m", "nl")["number"] == "0800-7000"


def test_loading_again_keeps_what_an_editor_changed(douane, client):
    douane.name = "Van een redacteur"
    douane.save_revision().publish()
    before = list(ReportingChannel.objects.order_by("pk").values())
    starter.load(demo=True)
    assert list(ReportingChannel.objects.order_by("pk").values()) == before
