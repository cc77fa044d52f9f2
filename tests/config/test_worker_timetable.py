"""The timetable: each job by itself."""

from datetime import timedelta

import pytest
from django.db import OperationalError

from config.timetable import MINUTE, SECOND, Job, Timetable, jobs

pytestmark = pytest.mark.django_db(transaction=True)


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


def test_a_failing_job_stops_no_other_and_is_tried_again(caplog):
    ran = []

    def fail(at):
        ran.append("fail")
        raise RuntimeError("sam@example.org")

    def locked(at):
        ran.append("locked")
        raise OperationalError("database is locked")

    clock = Clock()
    lines = [Job("a", SECOND, fail), Job("b", SECOND, locked), Job("c", SECOND, lambda at: ran.append("good"))]
    timetable = Timetable(lines, clock)
    timetable.run_due()
    clock.now += 1
    timetable.run_due()
    assert ran == ["fail", "locked", "good"] * 2
    assert "RuntimeError" in caplog.text
    assert "sam@example.org" not in caplog.text


def test_each_job_runs_at_its_own_pace_and_may_ask_for_rest():
    ran = []
    clock = Clock()
    lines = [
        Job("second", SECOND, lambda at: ran.append("second")),
        Job("minute", MINUTE, lambda at: ran.append("minute")),
        Job("tired", SECOND, lambda at: ran.append("tired") or 30 * SECOND),
    ]
    timetable = Timetable(lines, clock)
    for _second in range(61):
        timetable.run_due()
        clock.now += 1
    assert {name: ran.count(name) for name in ran} == {"second": 61, "minute": 2, "tired": 3}
    assert timetable.seconds_until_next() <= 1


def test_every_job_of_the_timetable_runs_on_an_empty_platform(caplog):
    caplog.set_level("WARNING")
    Timetable(jobs("test")).run_due()
    assert not [record for record in caplog.records if record.name.startswith("config")]


def test_the_timetable_says_how_often():
    paces = {job.name: job.every for job in jobs("test")}
    assert paces["outbox"] <= SECOND
    assert paces["scheduled publishing"] <= MINUTE / 2
    assert all(every <= timedelta(hours=1) for every in paces.values())
