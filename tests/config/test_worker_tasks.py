"""The queue through the real worker: failing tasks, SIGKILL, and a locked database."""

import sqlite3
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from config import queue
from config.models import WorkerHeartbeat
from tests.config import worker_tasks
from tests.config.conftest import wait_until
from tests.config.test_worker_mail import all_sent, write_messages

pytestmark = pytest.mark.slow


def status(result):
    return DBTaskResult.objects.get(pk=result.id).status


def test_a_failing_task_does_not_stop_the_next_and_leaves_no_personal_data(worker, tmp_path):
    path = tmp_path / "marks"
    failing = worker_tasks.fail.enqueue("sam@example.org")
    good = worker_tasks.mark.enqueue(str(path), "after")
    worker.start("--once")
    assert worker.process.wait(180) == 0
    assert (status(failing), status(good)) == ("FAILED", "SUCCESSFUL")
    assert path.read_text() == "after\n"
    row = DBTaskResult.objects.get(pk=failing.id)
    assert row.exception_class_path == "builtins.ValueError"
    assert "sam@example.org" not in row.traceback
    assert "sam@example.org" not in worker.log


def test_a_task_whose_worker_is_killed_runs_again_within_seconds(worker, tmp_path):
    path = tmp_path / "marks"
    result = worker_tasks.kill_the_first_time.enqueue(str(path))
    worker.start()
    wait_until(lambda: status(result) == "SUCCESSFUL", 90)
    assert path.read_text() == "started\nstarted\n"
    assert worker.stop() == 0


def test_a_task_that_always_kills_its_worker_is_given_up(worker, tmp_path):
    path = tmp_path / "marks"
    result = worker_tasks.kill_always.enqueue(str(path))
    good = worker_tasks.mark.enqueue(str(tmp_path / "other"), "after")
    worker.start()
    wait_until(lambda: status(result) == "FAILED" and status(good) == "SUCCESSFUL", 180)
    assert len(path.read_text().splitlines()) == queue.MAX_STARTS
    assert DBTaskResult.objects.get(pk=result.id).exception_class_path == "config.queue.WorkerLost"


def test_a_killed_child_is_replaced_within_five_seconds(worker, tmp_path):
    worker.start()
    wait_until(lambda: WorkerHeartbeat.objects.exists())
    for _kill in range(3):
        killed = worker.kill_child()
        wait_until(lambda killed=killed: worker.child() not in (None, killed), 5)
    result = worker_tasks.mark.enqueue(str(tmp_path / "marks"), "alive")
    wait_until(lambda: status(result) == "SUCCESSFUL", 60)
    assert worker.stop() == 0


def test_a_child_ends_when_its_parent_is_killed(worker):
    worker.start()
    wait_until(lambda: WorkerHeartbeat.objects.exists())
    child = worker.child()
    worker.process.kill()
    worker.process.wait(5)

    def gone():
        try:
            with open(f"/proc/{child}/stat") as file:
                return file.read().split()[2] == "Z"
        except FileNotFoundError:
            return True

    wait_until(gone, 30)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a lock of SQLite's")
def test_a_database_that_is_locked_for_seconds_stops_nothing(worker, smtp, tmp_path):
    worker.start()
    wait_until(lambda: WorkerHeartbeat.objects.exists())
    child = worker.child()
    result = worker_tasks.mark.enqueue(str(tmp_path / "marks"), "done")
    write_messages(20)
    locker = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None, timeout=10)
    locker.execute("BEGIN IMMEDIATE")
    time.sleep(7)
    locker.execute("ROLLBACK")
    locker.close()
    wait_until(lambda: all_sent() and status(result) == "SUCCESSFUL", 90)
    assert worker.child() == child
    assert len(smtp.ids) == len(set(smtp.ids)) == 20


def test_a_task_that_meets_a_locked_database_is_tried_again(worker, tmp_path):
    path = tmp_path / "marks"
    result = worker_tasks.locked_the_first_time.enqueue(str(path))
    worker.start()
    wait_until(lambda: status(result) == "SUCCESSFUL", 90)
    assert path.read_text() == "started\nstarted\n"


def test_a_stopped_worker_ends_its_task_first(worker, tmp_path):
    path = tmp_path / "marks"
    result = worker_tasks.slow.enqueue(str(path), 3)
    worker.start()
    wait_until(lambda: status(result) == "RUNNING")
    assert worker.stop() == 0
    assert path.read_text() == "done\n"
    assert status(result) == "SUCCESSFUL"


def test_a_long_task_does_not_hold_up_the_mail(worker, smtp, tmp_path):
    result = worker_tasks.slow.enqueue(str(tmp_path / "marks"), 30)
    worker.start()
    wait_until(lambda: status(result) == "RUNNING")
    write_messages(1)
    wait_until(all_sent, 25)
    assert status(result) == "RUNNING"


def running(worker_name, started_at, starts=1):
    result = worker_tasks.mark.enqueue("/nowhere", "x")
    DBTaskResult.objects.filter(pk=result.id).update(
        status="RUNNING", started_at=started_at, worker_ids=[worker_name] * starts
    )
    return result


@pytest.mark.django_db
def test_a_task_of_a_worker_that_lives_is_left_alone_however_long_it_takes():
    now = timezone.now()
    result = running("alive", now - timedelta(hours=3))
    queue.beat("alive", now - timedelta(seconds=30))
    assert not queue.release_stuck(now)
    assert status(result) == "RUNNING"


@pytest.mark.django_db
def test_a_task_of_a_dead_worker_is_put_back_and_given_up_after_three_starts():
    now = timezone.now()
    queue.beat("dead", now - timedelta(minutes=2))
    first, third = running("dead", now), running("dead", now, starts=3)
    assert queue.release_stuck(now) == {"released": 1, "failed": 1}
    assert (status(first), status(third)) == ("READY", "FAILED")


@pytest.mark.django_db
def test_a_task_of_an_unknown_worker_is_put_back_after_ten_minutes():
    now = timezone.now()
    young, old = running("unknown", now - timedelta(minutes=9)), running("unknown", now - timedelta(minutes=11))
    queue.release_stuck(now)
    assert (status(young), status(old)) == ("RUNNING", "READY")


@pytest.mark.django_db
def test_ended_tasks_are_forgotten_after_a_week():
    now = timezone.now()
    for days in (6, 8):
        result = worker_tasks.mark.enqueue("/nowhere", "x")
        DBTaskResult.objects.filter(pk=result.id).update(status="SUCCESSFUL", finished_at=now - timedelta(days=days))
    assert queue.sweep(now) == 1
