"""Mail through the real worker, a real SMTP server, and SIGKILL."""

from collections import Counter
from datetime import timedelta
from email.utils import make_msgid

import pytest
from django.db.models import F

from cms.mail.models import OutboxMessage
from tests.config.conftest import wait_until

pytestmark = [pytest.mark.smtp, pytest.mark.slow]
State = OutboxMessage.State


def write_messages(count):
    return OutboxMessage.objects.bulk_create(
        OutboxMessage(
            kind="note",
            to=f"p{number}@example.org",
            subject="Note",
            text="Hello",
            html="<p>Hello</p>",
            message_id=make_msgid(domain="weerbaar.example"),
        )
        for number in range(count)
    )


def all_sent():
    return not OutboxMessage.objects.exclude(state=State.SENT).exists()


def assert_each_once(smtp, rows, kills):
    """None is missing, and a kill repeats at most one, under the same Message-ID."""
    counts = Counter(smtp.ids)
    assert set(counts) == {row.message_id for row in rows}
    assert sum(counts.values()) - len(rows) <= kills
    assert max(counts.values()) <= 1 + kills


def test_a_worker_killed_halfway_loses_no_mail_and_repeats_at_most_one(worker, smtp):
    rows = write_messages(200)
    smtp.delay = 0.01
    worker.start()
    wait_until(lambda: len(smtp.messages) >= 80)
    killed = worker.kill_child()
    wait_until(lambda: worker.child() not in (None, killed), 5)
    wait_until(all_sent, 120)
    assert_each_once(smtp, rows, kills=1)
    assert worker.stop() == 0


def test_a_machine_that_goes_down_halfway_loses_no_mail_and_repeats_at_most_one(worker, smtp):
    rows = write_messages(200)
    smtp.delay = 0.01
    worker.start()
    wait_until(lambda: len(smtp.messages) >= 80)
    worker.kill_all()
    held = OutboxMessage.objects.filter(state=State.SENDING)
    held.update(lease_until=F("lease_until") - timedelta(minutes=5))  # five minutes later
    worker.start()
    wait_until(all_sent, 120)
    assert_each_once(smtp, rows, kills=1)


def test_five_kills_at_random_lose_no_mail(worker, smtp):
    rows = write_messages(200)
    smtp.delay = 0.01
    worker.start()
    for sent in (7, 41, 90, 133, 171):
        wait_until(lambda sent=sent: len(smtp.messages) >= sent, 120)
        worker.kill_child()
    wait_until(all_sent, 120)
    assert_each_once(smtp, rows, kills=5)


def test_mail_waits_for_a_server_that_is_down_and_goes_once_when_it_is_back(worker, smtp, client):
    smtp.stop()
    rows = write_messages(30)
    worker.start()
    wait_until(lambda: OutboxMessage.objects.filter(state=State.QUEUED, attempts=1).exists())
    assert client.get("/livez").status_code == 200
    assert smtp.messages == []
    worker.stop()
    smtp.start()
    OutboxMessage.objects.update(next_attempt_at=F("next_attempt_at") - timedelta(minutes=1))
    worker.start("--batch")
    assert worker.process.wait(180) == 0
    assert_each_once(smtp, rows, kills=0)
    assert all_sent()
    assert "example.org" not in worker.log


def test_two_workers_send_each_message_once(worker, smtp, tmp_path):
    rows = write_messages(100)
    smtp.delay = 0.005
    second = type(worker)(smtp.port, tmp_path / "second.log")
    worker.start("--batch")
    second.start("--batch")
    assert worker.process.wait(180) == 0
    assert second.process.wait(180) == 0
    assert all_sent()
    assert_each_once(smtp, rows, kills=0)
