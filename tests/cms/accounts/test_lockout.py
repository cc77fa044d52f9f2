"""Wrong tries lock after a few, for everybody alike, and nothing a visitor writes himself helps."""

from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from cms.accounts import lockout
from cms.accounts.models import Lockout, User
from tests.cms.accounts.conftest import PASSWORD, PIN, with_password

CARD = "/en/inloggen/kaart/"


def disguised(number: int) -> dict[str, str]:
    """Headers that a guesser can vary, another set for each try."""
    return {
        "HTTP_X_FORWARDED_FOR": f"203.0.113.{number}, 198.51.100.{number}",
        "HTTP_X_REAL_IP": f"203.0.113.{number}",
        "HTTP_FORWARDED": f"for=203.0.113.{number}",
        "HTTP_USER_AGENT": f"agent {number}",
    }


def test_after_five_wrong_passwords_even_the_right_one_is_refused(sam):
    """30 tries with rotating X-Forwarded-For and User-Agent: five chances, and not one more."""
    answers = [with_password(Client(), "sam@example.org", f"wrong {n}", **disguised(n)).status_code for n in range(30)]
    assert answers[:4] == [200] * 4
    assert set(answers[4:]) == {429}
    assert with_password(Client(), "sam@example.org", PASSWORD, **disguised(99)).status_code == 429
    assert User.objects.get(pk=sam.pk).last_login is None


def test_the_right_password_works_again_after_a_quarter_of_an_hour(sam, time_machine_at):
    for n in range(5):
        with_password(Client(), "sam@example.org", f"wrong {n}")
    time_machine_at(minutes=14, seconds=50)
    assert with_password(Client(), "sam@example.org").status_code == 429
    time_machine_at(minutes=15, seconds=1)
    assert with_password(Client(), "sam@example.org").status_code == 302


def test_a_locked_account_looks_the_same_whether_or_not_it_exists(sam):
    pages = []
    for email in ("sam@example.org", "nobody@example.org"):
        for n in range(5):
            answer = with_password(Client(), email, f"wrong {n}")
        again = with_password(Client(), email)
        pages.append((answer.status_code, answer.content, again.status_code, again.content, again["Retry-After"]))
    assert pages[0] == pages[1]
    assert b"Wait 15 minutes" in pages[0][1]


def test_four_wrong_tries_and_a_right_one_start_anew(sam):
    for _round in range(3):
        for n in range(4):
            assert with_password(Client(), "sam@example.org", f"wrong {n}").status_code == 200
        assert with_password(Client(), "sam@example.org").status_code == 302


def test_one_person_does_not_lock_out_the_others_at_the_same_address(sam, colleague):
    for n in range(40):
        with_password(Client(), "sam@example.org", f"wrong {n}")
    assert with_password(Client(), "noor@example.org").status_code == 302


def test_many_accounts_from_one_address_are_stopped(sam):
    for n in range(30):
        with_password(Client(), f"person{n}@example.org", "wrong")
    assert with_password(Client(), "sam@example.org").status_code == 429
    assert with_password(Client(), "sam@example.org", REMOTE_ADDR="192.0.2.7").status_code == 302


def test_signing_in_to_an_account_of_ones_own_buys_no_tries(sam, colleague):
    for n in range(29):
        with_password(Client(), f"person{n}@example.org", "wrong")
    assert with_password(Client(), "noor@example.org").status_code == 302
    assert with_password(Client(), "person99@example.org", "wrong").status_code == 200
    assert with_password(Client(), "sam@example.org").status_code == 429


def test_after_five_wrong_pins_even_the_right_one_is_refused(card):
    answers = [
        Client().post(CARD, {"code": card.code, "pin": f"11{n:02d}12"}, **disguised(n)).status_code for n in range(30)
    ]
    assert answers[:5] == [200] * 5
    assert set(answers[5:]) == {429}
    assert Client().post(CARD, {"code": card.code, "pin": PIN}, **disguised(99)).status_code == 429


def test_a_code_typed_in_another_way_is_the_same_code(card):
    spellings = [card.code, card.code.lower(), f"{card.code[:6]}-{card.code[6:]}", f" {card.code} ", card.code]
    for spelling in spellings:
        Client().post(CARD, {"code": spelling, "pin": "111112"})
    assert Client().post(CARD, {"code": card.code, "pin": PIN}).status_code == 429


def test_a_code_that_does_not_exist_locks_too(db):
    answers = [Client().post(CARD, {"code": "ZZZZZZZZZZZZ", "pin": PIN}).status_code for _n in range(6)]
    assert answers == [200] * 5 + [429]


def test_the_table_tells_neither_who_was_tried_nor_from_where(card, sam):
    with_password(Client(), "sam@example.org", "wrong", REMOTE_ADDR="192.0.2.44")
    Client().post(CARD, {"code": card.code, "pin": "111112"}, REMOTE_ADDR="192.0.2.44")
    stored = " ".join(str(row) for row in Lockout.objects.values_list())
    for secret in ("sam@", "192.0.2.44", card.code):
        assert secret not in stored


def test_axes_keeps_nothing_of_its_own(sam):
    from axes.models import AccessAttempt, AccessFailureLog, AccessLog

    with_password(Client(), "sam@example.org", "wrong")
    with_password(Client(), "sam@example.org")
    assert not any(model.objects.exists() for model in (AccessAttempt, AccessFailureLog, AccessLog))


def test_a_hundred_tries_at_once_get_no_more_than_five(committed):
    at = timezone.now()

    def one_try() -> bool:
        try:
            lockout.take(at, account="sam@example.org")
        except lockout.LockedOut:
            return False
        return True

    assert sum(committed(one_try, times=12)) == 5


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (0, "", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "nonsense", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_only_our_own_proxies_are_believed(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert lockout.client_address(request) == address


def test_an_ipv6_visitor_is_counted_by_the_network_that_is_theirs(db):
    at = timezone.now()
    for n in range(30):
        lockout.take(at, address=f"2001:db8:1:2::{n:x}")
    with pytest.raises(lockout.LockedOut):
        lockout.take(at, address="2001:db8:1:2:ffff::1")
    lockout.take(at, address="2001:db8:1:3::1")


def test_tries_a_quarter_of_an_hour_apart_are_not_added_up(db):
    at = timezone.now()
    for n in range(20):
        lockout.take(at + timedelta(minutes=15 * n), account="sam@example.org")
    assert lockout.check("account", "sam@example.org", at + timedelta(minutes=290)) is None
