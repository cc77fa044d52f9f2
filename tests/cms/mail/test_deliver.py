"""Sending, against a real SMTP server."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.mail import deliver, outbox, retention, suppression
from cms.mail.models import OutboxMessage, Scope

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.smtp]
State = OutboxMessage.State


def note(to="sam@example.org", **options):
    return outbox.queue("note", to, {"name": "Sam"}, language="en", **options)


def test_text_and_html_arrive_with_the_stable_message_id(smtp):
    row = note()
    assert deliver.send_due(timezone.now()) == {"sent": 1}
    [message] = smtp.messages
    assert message["Message-ID"] == row.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Subject"] == "Your note"
    assert "Hello Sam" in message.get_body(("plain",)).get_content()
    assert "<b>Sam</b>" in message.get_body(("html",)).get_content()
    row.refresh_from_db()
    assert row.state == State.SENT
    assert row.sent_at
    assert deliver.send_due(timezone.now()) == {}


def test_every_message_has_one_recipient_over_one_connection(smtp):
    for number in range(30):
        note(f"p{number}@example.org")
    deliver.send_due(timezone.now())
    assert sorted(smtp.recipients) == sorted([f"p{number}@example.org"] for number in range(30))
    assert all(message["To"] == to for message, [to] in zip(smtp.messages, smtp.recipients, strict=True))
    assert smtp.connections == 1


def test_an_outage_loses_nothing_and_repeats_nothing(smtp, client):
    ids = {note(f"p{number}@example.org").message_id for number in range(40)}
    smtp.stop()
    at = timezone.now()
    outcome = deliver.send_due(at)
    assert outcome["outage"] == 1
    assert not OutboxMessage.objects.exclude(state=State.QUEUED).exists()
    assert OutboxMessage.objects.exclude(last_error="").first().last_error == "ConnectionRefusedError"
    assert note().message_id  # the page that writes a message goes on working
    assert client.get("/livez").status_code == 200
    smtp.start()
    for minutes in (1, 6, 21, 81):
        deliver.send_due(at + timedelta(minutes=minutes, seconds=1))
    assert len(smtp.ids) == len(set(smtp.ids)) == 41
    assert ids < set(smtp.ids)


def test_a_message_that_keeps_failing_is_put_off_longer_and_then_given_up(smtp):
    row = note("no@example.org")
    smtp.refuse["no@example.org"] = "451 4.7.1 later"
    at = timezone.now()
    waits = []
    for _try in range(20):
        deliver.send_due(at)
        row.refresh_from_db()
        if row.state == State.FAILED:
            break
        waits.append(row.next_attempt_at - at)
        at = row.next_attempt_at
    assert [wait.total_seconds() / 60 for wait in waits[:5]] == [1, 5, 15, 60, 180]
    assert row.attempts == 10
    assert row.last_error == "SMTPRecipientsRefused"
    assert "example" not in row.last_error


def test_one_bad_message_does_not_stop_the_others(smtp):
    note("no@example.org")
    note("yes@example.org")
    smtp.refuse["no@example.org"] = "451 4.7.1 later"
    assert deliver.send_due(timezone.now()) == {"queued": 1, "sent": 1}


def test_an_address_that_does_not_exist_is_given_up_at_once(smtp):
    row = note("gone@example.org")
    smtp.refuse["gone@example.org"] = "550 5.1.1 no such user"
    deliver.send_due(timezone.now())
    row.refresh_from_db()
    assert row.state == State.FAILED


def test_what_a_dead_worker_held_is_sent_after_its_lease(smtp):
    row = note()
    now = timezone.now()
    OutboxMessage.objects.update(state=State.SENDING, claimed_by="dead", lease_until=now + timedelta(minutes=5))
    assert deliver.send_due(now) == {}
    assert deliver.send_due(now + timedelta(minutes=6)) == {"sent": 1}
    assert smtp.ids == [row.message_id]


def test_a_worker_restarted_under_its_name_goes_on_at_once(smtp):
    note()
    OutboxMessage.objects.update(
        state=State.SENDING, claimed_by="w1", lease_until=timezone.now() + timedelta(minutes=5)
    )
    assert deliver.release_claims("other") == 0
    assert deliver.release_claims("w1") == 1
    assert deliver.send_due(timezone.now(), worker="w1") == {"sent": 1}


def test_the_outbox_gives_back_what_it_has_no_time_for(smtp, monkeypatch):
    for number in range(60):
        note(f"p{number}@example.org")
    monkeypatch.setattr(deliver, "BUDGET", 0.2)
    smtp.delay = 0.05
    deliver.send_due(timezone.now())
    assert not OutboxMessage.objects.filter(state=State.SENDING).exists()
    assert 0 < len(smtp.messages) < 20
    smtp.delay = 0
    monkeypatch.undo()
    deliver.send_due(timezone.now())
    assert len(set(smtp.ids)) == len(smtp.ids) == 60


def test_suppression_is_checked_at_the_moment_of_sending(smtp):
    row = note()
    suppression.suppress("SAM@Example.org ", suppression.HARD_BOUNCE)
    assert deliver.send_due(timezone.now()) == {"suppressed": 1}
    row.refresh_from_db()
    assert row.state == State.SUPPRESSED
    assert smtp.messages == []


def test_leaving_the_newsletter_never_stops_mail_of_the_account(smtp):
    suppression.suppress("sam@example.org", suppression.UNSUBSCRIBED, [Scope.NEWSLETTER])
    note(scope=Scope.ACCOUNT)
    note(scope=Scope.NEWSLETTER)
    assert deliver.send_due(timezone.now()) == {"sent": 1, "suppressed": 1}


def test_a_hard_bounce_stops_every_scope_until_it_is_lifted(smtp):
    suppression.suppress("sam@example.org", suppression.HARD_BOUNCE)
    for scope in Scope:
        assert suppression.is_suppressed("sam@example.org", scope)
    assert suppression.lift("Sam@example.org")
    assert not suppression.lift("sam@example.org")
    note()
    assert deliver.send_due(timezone.now()) == {"sent": 1}


def test_a_suppressed_address_is_kept_as_a_keyed_hash(settings):
    suppression.suppress("sam@example.org", suppression.HARD_BOUNCE)
    [row] = suppression.Suppression.objects.values()
    assert "sam" not in str(row)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new key"
    assert suppression.is_suppressed("sam@example.org", Scope.ACCOUNT)


def test_what_was_sent_suppressed_or_given_up_keeps_no_content(smtp):
    """A sign-in link or an invitation in it may still open something."""
    sent, stopped, given_up = note(), note("stopped@example.org"), note("gone@example.org")
    suppression.suppress("stopped@example.org", suppression.HARD_BOUNCE)
    waiting = note("later@example.org")
    later = timezone.now() + timedelta(days=30)
    OutboxMessage.objects.filter(pk__in=[waiting.pk, given_up.pk]).update(next_attempt_at=later)
    deliver.send_due(timezone.now())
    OutboxMessage.objects.filter(pk=given_up.pk).update(
        state=State.SENDING, claimed_by="w", attempts=deliver.MAX_ATTEMPTS - 1
    )
    given_up.refresh_from_db()
    deliver._put_off_all([given_up], timezone.now(), "w", OSError())
    for row, state in ((sent, State.SENT), (stopped, State.SUPPRESSED), (given_up, State.FAILED)):
        row.refresh_from_db()
        assert (row.state, row.text, row.html) == (state, "", "")
    waiting.refresh_from_db()
    assert waiting.text
    assert waiting.html


def test_a_week_after_sending_neither_address_nor_content_remains(smtp):
    sent, waiting = note(), note("later@example.org")
    OutboxMessage.objects.filter(pk=waiting.pk).update(next_attempt_at=timezone.now() + timedelta(days=30))
    deliver.send_due(timezone.now())
    assert retention.sweep(timezone.now() + timedelta(days=6)) == 0
    assert retention.sweep(timezone.now() + timedelta(days=8)) == 1
    assert retention.sweep(timezone.now() + timedelta(days=8)) == 0
    sent.refresh_from_db()
    waiting.refresh_from_db()
    assert (sent.to, sent.text, sent.html, sent.headers) == ("", "", "", {})
    assert waiting.to == "later@example.org"


def test_who_is_forgotten_leaves_nothing_in_the_outbox(smtp):
    note()
    other = note("noor@example.org")
    assert retention.forget("SAM@example.org") == 1
    assert deliver.send_due(timezone.now()) == {"sent": 1}
    assert smtp.ids == [other.message_id]


def test_the_webhook_addresses_are_mounted():
    assert reverse("mail:postmark_tracking_webhook") == "/api/v1/mail/postmark/tracking/"
