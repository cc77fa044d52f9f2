"""Asking for an account: the form, the mail that confirms, and the answer that is the same for everybody."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.accounts.models import Lockout, User
from cms.accounts.retention import sweep as sweep_accounts
from cms.mail.models import OutboxMessage
from cms.professionals import asking, tokens, working_days
from cms.professionals.models import AccountRequest, State
from tests.conftest import make_user
from tests.factories import professionals as make

FORM = {**make.ENTERED}


def ask_url(area):
    return f"/en/professionals/aanvragen/{area.slug}/"


def links_in(kind):
    text = OutboxMessage.objects.filter(kind=f"professional_{kind}").latest("pk").text
    return [word.removeprefix("http://localhost:8000") for word in text.split() if "/professionals/" in word]


def test_the_first_page_names_the_areas_that_take_requests_and_their_term(client, area):
    make.make_area("Haven Dicht", takes_requests=False)
    shown = client.get("/en/professionals/").content.decode()
    assert ask_url(area) in shown
    assert "5 working days" in shown
    assert "Haven Dicht" not in shown
    assert "/en/professionals/mijn/" in shown


@pytest.mark.parametrize("fields", [{"takes_requests": False}, {"live": False}])
def test_no_form_for_an_area_that_takes_no_requests(client, area, fields):
    closed = make.make_area("Haven Dicht", **fields)
    assert client.get(ask_url(closed)).status_code == 404
    assert client.post(ask_url(closed), FORM).status_code == 404
    assert AccountRequest.objects.count() == 0


def test_an_area_is_asked_for_by_its_page_in_the_language_or_else_by_its_dutch_page(client, area):
    assert client.get(ask_url(area)).status_code == 200
    english = make.make_area("North harbour", "en", translation_key=area.translation_key)
    assert client.get(ask_url(english)).status_code == 200
    assert client.get(ask_url(area)).status_code == 404
    assert client.get(f"/nl/professionals/aanvragen/{area.slug}/").status_code == 200


def test_a_request_is_in_no_queue_before_its_address_is_confirmed(client, area):
    assert client.post(ask_url(area), FORM).url == "/en/professionals/verstuurd/"
    request = AccountRequest.objects.get()
    assert (request.state, request.area, request.language) == (State.UNCONFIRMED, area.translation_key, "en")
    assert not AccountRequest.objects.confirmed().exists()
    assert [message.kind for message in OutboxMessage.objects.all()] == ["professional_confirm"]


def test_what_was_entered_stays_when_something_is_wrong(client, area):
    answer = client.post(ask_url(area), {**FORM, "email": "no address"})
    shown = answer.content.decode()
    assert answer.status_code == 200
    for value in (FORM["first_name"], FORM["organisation"], FORM["why"], "no address"):
        assert value in shown
    assert 'aria-invalid="true"' in shown
    assert not AccountRequest.objects.exists()


def test_a_private_address_gets_a_hint_and_a_small_firm_is_not_locked_out(client, area):
    private = {**FORM, "email": "Paula@Gmail.com"}
    answer = client.post(ask_url(area), private)
    assert answer.status_code == 200
    assert "private address" in answer.content.decode()
    assert client.post(ask_url(area), {**private, "private": "on"}).status_code == 302
    assert AccountRequest.objects.get().email == "paula@gmail.com"


def test_nobody_sets_more_than_the_form_asks(client, area):
    extra = {
        "state": "approved",
        "area": "x",
        "answer_by": "2030-01-01",
        "confirmed_at": "2026-01-01",
        "decided_by": "1",
    }
    client.post(ask_url(area), {**FORM, **extra})
    request = AccountRequest.objects.get()
    assert (request.state, request.answer_by, request.confirmed_at, request.decided_by) == (
        "unconfirmed",
        None,
        None,
        None,
    )
    assert request.area == area.translation_key


def test_the_answer_does_not_tell_who_has_an_account_or_asked_before(client, area):
    make_user("known@politie.example", "Ko", "Kend")
    client.post(ask_url(area), {**FORM, "email": "first@politie.example"})  # the network's counter is there
    make.make_request(area, email="asked@politie.example")
    Lockout.objects.filter(scope__in=("link", "mailbox")).delete()
    answers, costs = [], []
    for email in ("known@politie.example", "asked@politie.example", "nobody@politie.example"):
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(ask_url(area), {**FORM, "email": email})
        answers.append((answer.status_code, answer.url))
        costs.append([query["sql"].split()[0] for query in queries])
    assert len(set(answers)) == 1
    assert costs[0] == costs[1] == costs[2], "the same work for an account and for none"
    kinds = OutboxMessage.objects.filter(kind="professional_confirm").values_list("to", flat=True)
    assert {"known@politie.example", "nobody@politie.example"} <= set(kinds)


def test_three_requests_a_quarter_of_an_hour_for_one_address(client, area):
    for _i in range(3):
        assert client.post(ask_url(area), FORM).status_code == 302
    assert client.post(ask_url(area), FORM).status_code == 429
    assert AccountRequest.objects.count() == 3


def test_nobodys_mailbox_is_filled_by_strangers(client, area):
    """Six mails a day, from wherever and whatever stands after a plus."""
    answers = []
    for number in range(8):
        Lockout.objects.exclude(scope="mailbox").delete()  # hours later, from another network
        form = {**FORM, "email": f"Paula+{number}@politie.example" if number % 2 else FORM["email"]}
        answers.append(client.post(ask_url(area), form, REMOTE_ADDR=f"192.0.2.{number}").status_code)
    assert answers == [302] * 6 + [429] * 2
    assert OutboxMessage.objects.filter(kind="professional_confirm").count() == 6


def test_the_count_of_a_mailbox_lasts_a_day_and_no_longer(client, area):
    for _i in range(6):
        Lockout.objects.exclude(scope="mailbox").delete()
        client.post(ask_url(area), FORM)
    sweep_accounts(timezone.now() + timedelta(hours=23))
    assert Lockout.objects.filter(scope="mailbox").exists()
    sweep_accounts(timezone.now() + timedelta(days=1, minutes=16))
    assert not Lockout.objects.filter(scope="mailbox").exists()


def test_thirty_requests_from_one_network(client, area):
    for number in range(30):
        assert client.post(ask_url(area), {**FORM, "email": f"p{number}@politie.example"}).status_code == 302
    assert client.post(ask_url(area), {**FORM, "email": "more@politie.example"}).status_code == 429


def test_opening_the_link_uses_nothing_up_and_pressing_the_button_confirms_once(client, area):
    client.post(ask_url(area), FORM)
    (link,) = links_in("confirm")
    for _scan in range(3):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
    assert AccountRequest.objects.get().state == State.UNCONFIRMED
    answer = client.post(link)
    assert answer.status_code == 302
    request = AccountRequest.objects.get()
    assert request.state == State.WAITING
    assert request.answer_by == working_days.after(timezone.localdate(), 5)
    again = client.post(link)
    assert again.url == answer.url
    assert OutboxMessage.objects.filter(kind="professional_received").count() == 1


def test_page_and_mail_say_when_an_answer_comes_as_a_date(client, area):
    request = make.make_request(area)
    day = request.answer_by.strftime("%-d %B %Y")
    (link,) = links_in("received")
    assert day in client.get(link).content.decode()
    assert day in OutboxMessage.objects.get(kind="professional_received").text


@pytest.mark.parametrize("purpose", ["confirm", "state"])
def test_a_link_with_one_wrong_character_opens_nothing(client, area, purpose):
    request = make.make_request(area, confirmed=purpose == "state")
    token = tokens.token_for(request, purpose)
    path = {"confirm": "bevestigen", "state": "aanvraag"}[purpose]
    assert client.get(f"/en/professionals/{path}/{token}/").status_code == 200
    for place in range(len(token)):
        other = "b" if token[place] == "a" else "a"
        wrong = token[:place] + other + token[place + 1 :]
        assert client.post(f"/en/professionals/{path}/{wrong}/", {"answer": "x"}).status_code == 404
    request.refresh_from_db()
    assert request.state == (State.WAITING if purpose == "state" else State.UNCONFIRMED)


def test_a_link_of_one_purpose_does_not_serve_the_other(client, area):
    request = make.make_request(area, confirmed=False)
    swapped = tokens.token_for(request, "state")
    assert client.post(f"/en/professionals/bevestigen/{swapped}/").status_code == 404
    assert client.get(f"/en/professionals/aanvraag/{swapped}/").status_code == 404


def test_the_link_stops_after_seven_days_also_before_the_sweep_comes(client, area):
    request = make.make_request(area, confirmed=False)
    AccountRequest.objects.update(created_at=timezone.now() - asking.VALID_FOR - timedelta(seconds=1))
    link = tokens.path_of(request, "confirm", "en")
    assert client.get(link).status_code == 410
    assert client.post(link).status_code == 410
    assert AccountRequest.objects.get().state == State.UNCONFIRMED


def test_a_second_request_of_one_address_goes_on_with_the_first(client, area, elsewhere):
    first = make.make_request(area)
    second = make.make_request(area, confirmed=False)
    answer = client.post(tokens.path_of(second, "confirm", "en"))
    assert answer.url == tokens.path_of(first, "state", "en")
    assert list(AccountRequest.objects.all()) == [first]
    assert make.make_request(elsewhere).state == State.WAITING, "another area is another request"


def test_the_link_of_the_mail_shows_the_state_and_no_name(client, area):
    request = make.make_request(area)
    shown = client.get(tokens.path_of(request, "state", "en")).content.decode()
    assert area.title in shown
    for private in (request.email, request.last_name, request.organisation, request.why):
        assert private not in shown


def test_withdrawing_asks_first_and_happens_once(client, area):
    request = make.make_request(area)
    link = tokens.path_of(request, "state", "en") + "intrekken/"
    assert client.get(link).status_code == 200
    assert AccountRequest.objects.get().state == State.WAITING
    for _click in range(2):
        assert client.post(link).status_code == 302
    request.refresh_from_db()
    assert request.state == State.WITHDRAWN
    assert request.decided_at is not None


def test_no_account_is_made_by_asking(client, area):
    client.post(ask_url(area), FORM)
    client.post(links_in("confirm")[0])
    assert not User.objects.filter(email=FORM["email"]).exists()


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # a Friday
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # a Saturday
        (date(2026, 11, 22), 5, date(2026, 11, 27)),  # a Sunday
        (date(2026, 11, 23), 5, date(2026, 11, 30)),
        (date(2026, 12, 31), 2, date(2027, 1, 4)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
    ],
)
def test_working_days_leave_weekends_out(day, count, expected):
    assert working_days.after(day, count) == expected


def test_a_year_after_a_leap_day():
    assert working_days.a_year_after(date(2028, 2, 29)) == date(2029, 2, 28)
