import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from cms.mail import outbox
from cms.mail.models import OutboxMessage

pytestmark = pytest.mark.django_db


def test_a_message_has_text_html_and_an_id_of_the_senders_domain():
    message = outbox.queue("note", "sam@example.org", {"name": "Sam"}, language="en")
    message.refresh_from_db()
    assert message.subject == "Your note"
    assert "Hello Sam," in message.text
    assert "<b>Sam</b>" in message.html
    assert message.message_id.endswith("@weerbaar.example>")


def test_a_name_can_bring_no_html_of_its_own():
    message = outbox.queue("note", "sam@example.org", {"name": "<script>x</script>"})
    assert "<script>" not in message.html


def test_the_same_event_writes_one_message():
    assert outbox.queue("note", "sam@example.org", {}, dedupe_key="invitation:1")
    assert outbox.queue("note", "sam@example.org", {}, dedupe_key="invitation:1") is None
    assert OutboxMessage.objects.count() == 1


def test_a_collision_leaves_the_callers_transaction_usable(monkeypatch):
    """As when another process writes the same key between our look and our insert."""
    outbox.queue("note", "sam@example.org", {}, dedupe_key="k")
    with transaction.atomic():
        monkeypatch.setattr("django.db.models.query.QuerySet.exists", lambda self: False)
        assert outbox.queue("note", "sam@example.org", {}, dedupe_key="k") is None
        monkeypatch.undo()
        assert outbox.queue("note", "sam@example.org", {}, dedupe_key="other")
    assert OutboxMessage.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_ten_processes_at_once_write_one_message():
    written = []

    def write():
        try:
            written.append(outbox.queue("note", "sam@example.org", {}, dedupe_key="race"))
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(written) == 10
    assert len([message for message in written if message]) == 1
    assert OutboxMessage.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_message_goes_with_the_transaction_that_causes_it():
    with transaction.atomic():
        outbox.queue("note", "sam@example.org", {})
        transaction.set_rollback(True)
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize("address", ["", "sam", "a@example.org, b@example.org", "a@example.org\nBcc: b@example.org"])
def test_what_is_not_one_address_is_refused(address):
    with pytest.raises(ValidationError):
        outbox.queue("note", address, {})


def test_a_message_larger_than_ours_can_be_is_refused():
    with pytest.raises(ValueError, match="too large"):
        outbox.queue("note", "sam@example.org", {"name": "x" * 300_000})
