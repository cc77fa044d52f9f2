"""Double clicks, two editors, two workers: real connections that meet in the database."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from cms.accounts.models import User
from cms.mail.models import OutboxMessage
from cms.professionals import access as accesses
from cms.professionals import asking, judging, sweep
from cms.professionals.models import Access, AccountRequest, Question, State
from tests.conftest import make_user
from tests.factories import professionals as make

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Runs every act in a thread with a connection of its own, all at the same moment; gives what each
    returned or raised."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            gate.wait(timeout=30)
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def mails(kind: str) -> int:
    return OutboxMessage.objects.filter(kind=f"professional_{kind}").count()


@pytest.fixture
def area(transactional_db, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    return make.make_area()


@pytest.fixture
def editors(area):
    return [make_user(f"e{number}@haven.example", "E", str(number)) for number in range(3)]


def fresh(request):
    return AccountRequest.objects.get(pk=request.pk)


def test_editors_who_decide_at_once_make_one_decision(area, editors):
    request, at = make.make_request(area), timezone.now()
    until = timezone.localdate() + timedelta(days=30)
    acts = [lambda editor=editor: judging.approve(fresh(request), until, editor, at) for editor in editors]
    acts += [lambda editor=editor: judging.refuse(fresh(request), "no", editor, at) for editor in editors]
    acts += [lambda editor=editor: judging.ask(fresh(request), "why", editor, at) for editor in editors]
    results = together(*acts)
    decisions = [result for result in results if not isinstance(result, Exception)]
    assert {type(result) for result in results if isinstance(result, Exception)} <= {judging.Decided}
    assert mails("approved") + mails("refused") == 1
    assert Access.objects.count() == mails("approved")
    assert Question.objects.count() == mails("question") == len(decisions) - 1
    assert fresh(request).state in {State.APPROVED, State.REFUSED}


def test_a_double_click_on_approve_makes_one_account_and_one_access(area, editors):
    request = make.make_request(area)
    until = timezone.localdate() + timedelta(days=30)
    results = together(*[lambda: judging.approve(fresh(request), until, editors[0], timezone.now())] * 6)
    assert sorted(type(result).__name__ for result in results) == ["Access", *["Decided"] * 5]
    assert User.objects.filter(email=request.email).count() == 1
    assert Access.objects.count() == mails("approved") == 1


def test_a_link_pressed_six_times_at_once_confirms_once(area):
    request = make.make_request(area, confirmed=False)
    results = together(*[lambda: asking.confirm(fresh(request), timezone.now())] * 6)
    assert sorted(type(result).__name__ for result in results) == ["AccountRequest", *["NotPossible"] * 5]
    assert mails("received") == 1


def test_two_requests_of_one_address_confirmed_at_once_are_one_in_the_queue(area):
    requests = [make.make_request(area, confirmed=False) for _i in range(3)]
    results = together(*[lambda each=each: asking.confirm(fresh(each), timezone.now()) for each in requests])
    assert {type(result) for result in results} == {AccountRequest}
    assert AccountRequest.objects.open().count() == mails("received") == 1


def test_an_answer_sent_twice_counts_once(area, editors):
    request = make.make_request(area)
    judging.ask(request, "Which?", editors[0], timezone.now())
    results = together(
        *[lambda n=n: asking.answer(fresh(request), f"Answer {n}", timezone.now()) for n in range(4)],
    )
    assert sum(isinstance(result, asking.NotPossible) for result in results) == 3
    assert Question.objects.get().answer.startswith("Answer")


def test_withdrawing_while_an_editor_approves_is_one_or_the_other(area, editors):
    request = make.make_request(area)
    until = timezone.localdate() + timedelta(days=30)
    together(
        lambda: asking.withdraw(fresh(request), timezone.now()),
        lambda: judging.approve(fresh(request), until, editors[0], timezone.now()),
    )
    approved = fresh(request).state == State.APPROVED
    assert fresh(request).state in {State.APPROVED, State.WITHDRAWN}
    assert Access.objects.count() == mails("approved") == int(approved)


def test_an_approval_opened_twice_at_once_is_one_access(area, editors):
    paula = make_user("paula@politie.example", "Paula", "Poort")
    access = judging.approve(make.make_request(area), timezone.localdate(), editors[0], timezone.now())
    results = together(
        *[lambda: accesses.open_approval(Access.objects.get(pk=access.pk), paula, timezone.now())] * 5,
    )
    assert sorted(results) == [False] * 4 + [True]
    assert Access.objects.current(timezone.localdate()).filter(user=paula).count() == 1


def test_two_workers_at_once_end_warn_and_remind_once(area, editors):
    at = timezone.now()
    make.make_editor(area)
    paula, piet = make_user("p@politie.example", "P", "1"), make_user("q@politie.example", "P", "2")
    make.make_access(area, paula, editors[0], days=5)
    make.make_access(area, piet, editors[0], days=60)
    make.make_request(area, email="late@politie.example", at=at)
    results = together(*[lambda: sweep.sweep(at + timedelta(days=35))] * 4)
    assert [result for result in results if isinstance(result, Exception)] == []
    assert (mails("ended"), mails("ends"), mails("overdue")) == (1, 1, 1)
