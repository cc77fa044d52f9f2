"""What the room throws away."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from cms.accounts import lockout
from cms.accounts.models import AddressChange, Lockout, SignInLink
from cms.accounts.retention import sweep


def link(token: str, **fields) -> SignInLink:
    return SignInLink.objects.create(email="sam@example.org", token_hash=token, **fields)


def test_links_go_a_day_after_they_were_used_or_expired(sam):
    at = timezone.now()
    long_ago, just_now, later = at - timedelta(days=1), at - timedelta(hours=23), at + timedelta(minutes=5)
    link("expired", expires_at=long_ago)
    link("used", expires_at=later, used_at=long_ago)
    kept = {
        link("open", expires_at=later),
        link("late", expires_at=just_now),
        link("new", expires_at=later, used_at=just_now),
    }
    AddressChange.objects.create(user=sam, email="x@example.org", token_hash="x", expires_at=long_ago)
    assert sweep(at) == 3
    assert set(SignInLink.objects.all()) == kept


def test_counters_go_when_their_time_is_over(db):
    at = timezone.now()
    for _n in range(5):
        lockout.take(at - timedelta(minutes=20), account="over@example.org")
        lockout.take(at - timedelta(minutes=10), account="locked@example.org")
    lockout.take(at, account="counting@example.org")
    assert sweep(at) == 1
    assert Lockout.objects.count() == 2
    assert lockout.check("account", "locked@example.org", at) is not None


def test_expired_sessions_go_and_others_stay(db):
    at = timezone.now()
    Session.objects.create(session_key="old", session_data="", expire_date=at - timedelta(seconds=1))
    Session.objects.create(session_key="new", session_data="", expire_date=at + timedelta(days=1))
    assert sweep(at) == 1
    assert Session.objects.get().session_key == "new"


def test_a_second_sweep_finds_nothing(db):
    at = timezone.now()
    link("expired", expires_at=at - timedelta(days=2))
    assert sweep(at) == 1
    assert sweep(at) == 0
