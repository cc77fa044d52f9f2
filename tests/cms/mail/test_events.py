"""What a provider reports, as it posts it."""

import base64
import json
from collections import namedtuple

import pytest
from anymail.signals import EventType, RejectReason
from django.core.checks import run_checks
from django.urls import NoReverseMatch, reverse

from cms.mail import events
from cms.mail.models import ProviderEvent, Scope, SoftBounce, Suppression
from cms.mail.suppression import is_suppressed

pytestmark = pytest.mark.django_db
URL = "/api/v1/mail/postmark/tracking/"


def bounce(**changes):
    """A bounce as Postmark posts it."""
    return {
        "RecordType": "Bounce",
        "ID": 4323372036854775807,
        "Type": "HardBounce",
        "TypeCode": 1,
        "Name": "Hard bounce",
        "Tag": "",
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Metadata": {},
        "ServerID": 23,
        "MessageStream": "outbound",
        "Description": "The server was unable to deliver your message (ex: unknown user, mailbox not found).",
        "Details": "smtp;550 5.1.1 The email account that you tried to reach does not exist.",
        "Email": "Gone@example.org",
        "From": "noreply@weerbaar.example",
        "BouncedAt": "2026-11-05T16:33:54.9070259Z",
        "DumpAvailable": True,
        "Inactive": True,
        "CanActivate": True,
        "Subject": "Your note",
        **changes,
    }


def post(client, payload, secret="webhook:test-secret", url=URL):
    headers = {"Authorization": "Basic " + base64.b64encode(secret.encode()).decode()} if secret else {}
    body = payload if isinstance(payload, str) else json.dumps(payload)
    return client.post(url, body, content_type="application/json", headers=headers)


def test_a_hard_bounce_suppresses_at_once(client):
    assert post(client, bounce()).status_code == 200
    assert is_suppressed("gone@example.org", Scope.ACCOUNT)


def test_the_same_event_twice_acts_once(client):
    for _time in range(2):
        assert post(client, bounce()).status_code == 200
    assert ProviderEvent.objects.count() == Suppression.objects.count() == 1


@pytest.mark.parametrize("secret", ["", "webhook:wrong", "webhook", "x:y:z"])
def test_a_wrong_or_missing_secret_is_refused(client, secret):
    assert post(client, bounce(), secret).status_code == 400
    assert not Suppression.objects.exists()


def test_without_a_secret_in_the_settings_everything_is_refused(client, settings):
    settings.ANYMAIL = {"WEBHOOK_SECRET": ""}
    for secret in ("", ":", "webhook:test-secret"):
        assert post(client, bounce(), secret).status_code == 403
    assert not Suppression.objects.exists()


def test_a_complaint_stops_mail_that_was_not_asked_for(client):
    complaint = bounce(RecordType="SpamComplaint", Type="SpamComplaint")
    assert post(client, complaint).status_code == 200
    assert is_suppressed("gone@example.org", Scope.NEWSLETTER)
    assert is_suppressed("gone@example.org", Scope.TRAINING)
    assert not is_suppressed("gone@example.org", Scope.ACCOUNT)


def test_soft_bounces_suppress_past_a_threshold(client):
    for number in range(events.SOFT_THRESHOLD):
        assert not is_suppressed("gone@example.org", Scope.ACCOUNT)
        post(client, bounce(ID=number, Type="SoftBounce"))
    assert is_suppressed("gone@example.org", Scope.ACCOUNT)


def test_a_delivery_forgets_the_soft_bounces_before_it(client):
    post(client, bounce(Type="Transient"))
    assert SoftBounce.objects.get().count == 1
    delivery = {
        "RecordType": "Delivery",
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Recipient": "gone@example.org",
        "DeliveredAt": "2026-11-05T16:33:54.9070259Z",
    }
    assert post(client, delivery).status_code == 200
    assert not SoftBounce.objects.exists()


@pytest.mark.parametrize("kind", ["Open", "Click"])
def test_opens_and_clicks_are_dropped(client, kind):
    payload = {
        "RecordType": kind,
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Recipient": "sam@example.org",
        "ReceivedAt": "2026-11-05T16:33:54.9070259Z",
        "OriginalLink": "https://example.org/",
        "UserAgent": "a browser",
        "Geo": {"IP": "192.0.2.1"},
    }
    assert post(client, payload).status_code == 200
    assert not ProviderEvent.objects.exists()
    assert not Suppression.objects.exists()


def test_nothing_of_the_providers_event_is_stored(client):
    post(client, bounce())
    stored = str(list(ProviderEvent.objects.values()) + list(Suppression.objects.values()))
    for canary in ("example.org", "smtp;550", "Your note", "4323372036854775807"):
        assert canary not in stored


@pytest.mark.parametrize("body", ["", "{", "[]", "3", '{"RecordType": 7}', "\x00"])
def test_a_body_that_is_no_event_is_answered_not_raised(client, body):
    assert post(client, body).status_code in (200, 400)
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("path", ["mailgun/tracking/", "resend/tracking/", "sendgrid/tracking/", "mandrill/"])
def test_a_provider_that_is_not_set_up_never_suppresses(client, path):
    response = post(client, bounce(), url=f"/api/v1/mail/{path}")
    assert response.status_code in (200, 400, 403)
    assert not Suppression.objects.exists()


def test_nothing_comes_in_by_mail():
    with pytest.raises(NoReverseMatch):
        reverse("mail:postmark_inbound_webhook")


def test_a_failure_while_dealing_with_an_event_lets_the_provider_try_again(client, monkeypatch):
    def broken(*args):
        raise RuntimeError

    monkeypatch.setattr(events, "suppress", broken)
    client.raise_request_exception = False
    assert post(client, bounce()).status_code == 500
    monkeypatch.undo()
    assert post(client, bounce()).status_code == 200
    assert is_suppressed("gone@example.org", Scope.ACCOUNT)


Event = namedtuple("Event", "event_type reject_reason esp_event", defaults=(None, None))


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        (Event(EventType.BOUNCED, RejectReason.BOUNCED, {"event": "hard_bounce"}), events.HARD_BOUNCE),
        (Event(EventType.BOUNCED, RejectReason.BOUNCED, {"event": "soft_bounce"}), events.SOFT),
        (Event(EventType.BOUNCED, RejectReason.BOUNCED, {"bounce": {"bounceType": "Transient"}}), events.SOFT),
        (Event(EventType.BOUNCED, RejectReason.TIMED_OUT), events.SOFT),
        (Event(EventType.BOUNCED, RejectReason.SPAM), events.COMPLAINT),
        (Event(EventType.REJECTED, RejectReason.INVALID), events.HARD_BOUNCE),
        (Event(EventType.REJECTED, RejectReason.BLOCKED), ""),
        (Event(EventType.DEFERRED), events.SOFT),
        (Event(EventType.UNSUBSCRIBED), events.UNSUBSCRIBED),
        (Event(EventType.OPENED), ""),
        (Event(EventType.CLICKED), ""),
        (Event(EventType.SENT), ""),
    ],
)
def test_what_an_event_means(event, kind):
    assert events.kind_of(event) == kind


@pytest.mark.parametrize(
    ("backend", "secret", "ids"),
    [
        ("anymail.backends.postmark.EmailBackend", "", ["mail.E001"]),
        ("anymail.backends.postmark.EmailBackend", "short", ["mail.E002"]),
        ("anymail.backends.postmark.EmailBackend", "name:a-long-password", []),
        ("django.core.mail.backends.smtp.EmailBackend", "", []),
    ],
)
def test_a_provider_without_a_good_secret_is_a_system_error(settings, backend, secret, ids):
    settings.EMAIL_BACKEND = backend
    settings.ANYMAIL = {"WEBHOOK_SECRET": secret}
    assert [message.id for message in run_checks() if message.id.startswith("mail.")] == ids
