"""Access: who opens it, how it goes on, how it ends, and what the worker does with it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.accounts import second_factor
from cms.accounts.models import AuditEvent, User
from cms.mail.models import OutboxMessage
from cms.professionals import access as accesses
from cms.professionals import asking, judging, sweep, tokens
from cms.professionals.models import Access, AccountRequest, EditorReminder, State
from config.timetable import jobs
from tests.conftest import make_user, signed_in
from tests.factories import professionals as make

MINE = "/en/professionals/mijn/"


def mails(kind):
    return OutboxMessage.objects.filter(kind=f"professional_{kind}")


@pytest.fixture
def approved(area, editor, paula):
    """An approval of a request from the address of somebody who has an account already: it waits for her."""
    request = make.make_request(area, first_name="Other", last_name="Name")
    return judging.approve(request, timezone.localdate() + timedelta(days=100), editor, timezone.now())


def test_an_account_that_was_there_is_tied_by_its_owner_only_and_not_changed(approved, paula):
    assert approved.user is None
    browser = signed_in(paula)
    before = User.objects.filter(pk=paula.pk).values().get()
    shown = browser.get(MINE).content.decode()
    assert str(approved.public_id) in shown
    assert approved.user is None, "looking opens nothing"
    assert browser.post(f"{MINE}{approved.public_id}/openen/").url == MINE
    approved.refresh_from_db()
    assert approved.user == paula
    assert User.objects.filter(pk=paula.pk).values().get() == before


def test_before_it_is_opened_there_is_no_access_and_no_second_factor_to_take(approved, paula, area):
    page = make.make_page(area)
    assert signed_in(paula, verified=True).get(page.get_url()).status_code == 404
    assert not second_factor.is_required(paula)


@pytest.mark.parametrize("who", ["other", "unconfirmed", "anonymous", "administrator"])
def test_nobody_else_opens_an_approval(approved, paula, who, client, communicator):
    if who == "unconfirmed":
        User.objects.filter(pk=paula.pk).update(email_confirmed_at=None)
        client = signed_in(paula, verified=True)
    elif who == "other":
        client = signed_in(make_user("x@politie.example", "X", "Y"), verified=True)
    elif who == "administrator":
        client = signed_in(communicator, verified=True)
    answer = client.post(f"{MINE}{approved.public_id}/openen/")
    assert answer.status_code == (302 if who == "anonymous" else 404)
    approved.refresh_from_db()
    assert approved.user is None


def test_an_ended_approval_opens_nothing(approved, paula, editor):
    accesses.end(approved, Access.Why.EDITOR, editor, timezone.now())
    assert signed_in(paula).post(f"{MINE}{approved.public_id}/openen/").status_code == 404


def test_access_asks_for_a_second_factor_and_leads_home(area, paula, editor):
    assert not second_factor.is_required(paula)
    access = make.make_access(area, paula, editor)
    assert second_factor.is_required(paula)
    assert second_factor.home_of(paula).endswith("/professionals/mijn/")
    Access.objects.filter(pk=access.pk).update(until=timezone.localdate() - timedelta(days=1))
    assert not second_factor.is_required(paula)


def test_one_current_access_for_a_person_and_an_area(area, elsewhere, paula, editor):
    first = make.make_access(area, paula, editor)
    make.make_access(elsewhere, paula, editor)
    second = make.make_access(area, make_user("p2@politie.example", "P", "2"), editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Access.objects.filter(pk=second.pk).update(user=paula)
    assert accesses.of_user(paula, timezone.now())[0].area in {first.area, elsewhere.translation_key}


@pytest.mark.parametrize("act", ["openen", "verlengen", "beeindigen"])
def test_a_strangers_access_is_not_there(area, paula, editor, sam, act):
    access = make.make_access(area, paula, editor)
    browser = signed_in(sam, verified=True)
    for public_id in (access.public_id, uuid4()):
        answer = browser.post(f"{MINE}{public_id}/{act}/", {"organisation": "x", "role": "x", "why": "x"})
        assert answer.status_code == 404
    access.refresh_from_db()
    assert access.ended_at is None
    assert AccountRequest.objects.count() == 1


def test_mine_without_access_says_how_to_ask(sam):
    shown = signed_in(sam).get(MINE).content.decode()
    assert "/en/professionals/" in shown
    assert signed_in(sam).get(MINE).status_code == 200


def test_mine_asks_who_you_are(client, db):
    assert client.get(MINE).url.startswith("/en/inloggen/")


def renew(browser, access, **fields):
    data = {"organisation": "Havenpolitie", "role": "Chef", "why": "Still there", **fields}
    return browser.post(f"{MINE}{access.public_id}/verlengen/", data)


def test_going_on_is_asked_with_what_was_entered_before_and_judged_again(area, paula, editor):
    access = make.make_access(area, paula, editor, days=20)
    browser = signed_in(paula, verified=True)
    assert access.request.why in browser.get(f"{MINE}{access.public_id}/verlengen/").content.decode()
    for _double_click in range(2):
        assert renew(browser, access).status_code == 302
    asked = AccountRequest.objects.get(state=State.WAITING)
    assert (asked.renews, asked.email, asked.role) == (access, paula.email, "Chef")
    access.refresh_from_db()
    assert access.holds(timezone.now()), "what there is goes on"
    until = timezone.localdate() + timedelta(days=300)
    judging.approve(asked, until, editor, timezone.now())
    access.refresh_from_db()
    assert access.ended_why == Access.Why.RENEWED
    assert [held.until for held in accesses.of_user(paula, timezone.now())] == [until]
    assert not mails("ended").exists()


def test_a_refused_renewal_leaves_the_access_until_its_day(area, paula, editor):
    access = make.make_access(area, paula, editor, days=20)
    renew(signed_in(paula, verified=True), access)
    judging.refuse(AccountRequest.objects.get(state=State.WAITING), "no", editor, timezone.now())
    access.refresh_from_db()
    assert access.holds(timezone.now())


def test_ended_access_is_not_renewed(area, paula, editor):
    access = make.make_access(area, paula, editor)
    accesses.end(access, Access.Why.PERSON, paula, timezone.now())
    assert renew(signed_in(paula, verified=True), access).status_code == 404
    with pytest.raises(asking.NotPossible):
        asking.renew(access, paula, {"organisation": "x", "role": "x", "why": "x"}, timezone.now())


@pytest.mark.parametrize("who", ["person", "editor"])
def test_ending_asks_first_happens_once_and_is_mailed(area, paula, editor, who):
    access = make.make_access(area, paula, editor)
    if who == "person":
        browser, address = signed_in(paula, verified=True), f"{MINE}{access.public_id}/beeindigen/"
    else:
        browser, address = signed_in(editor, verified=True), f"/beheer/toegang/{access.public_id}/beeindigen/"
    assert browser.get(address).status_code == 200
    access.refresh_from_db()
    assert access.ended_at is None
    for _double_click in range(2):
        assert browser.post(address).status_code in {302, 404}
    access.refresh_from_db()
    assert access.ended_why == who
    assert mails("ended").count() == 1
    assert AuditEvent.objects.filter(act="access.ended", object_id=str(access.pk)).count() == 1


def test_the_sweep_ends_what_is_over_and_mails_once(area, paula, editor):
    at = timezone.now()
    access = make.make_access(area, paula, editor, days=10)
    sweep.sweep(at + timedelta(days=10))
    access.refresh_from_db()
    assert access.ended_at is None, "the last day counts whole"
    for hours in (24, 25, 48):
        sweep.sweep(at + timedelta(days=10, hours=hours))
    access.refresh_from_db()
    assert access.ended_why == Access.Why.EXPIRED
    assert mails("ended").count() == 1


def test_an_approval_that_nobody_opened_ends_too(approved):
    sweep.sweep(timezone.now() + timedelta(days=101))
    approved.refresh_from_db()
    assert approved.ended_why == Access.Why.EXPIRED
    assert mails("ended").get().to == approved.request.email


def test_somebody_is_told_30_and_7_days_before_once_each(area, paula, editor):
    at = timezone.now()
    access = make.make_access(area, paula, editor, days=100)
    counts = []
    for days in (60, 69, 70, 71, 92, 93, 94, 99):
        sweep.sweep(at + timedelta(days=days))
        sweep.sweep(at + timedelta(days=days, minutes=1))
        counts.append(mails("ends").count())
    assert counts == [0, 0, 1, 1, 1, 2, 2, 2]
    day = access.until.strftime("%Y")
    assert day in mails("ends").first().text
    assert "/professionals/mijn/" in mails("ends").first().text


def test_a_short_access_is_not_announced_to_end_on_the_day_it_begins(area, paula, editor):
    make.make_access(area, paula, editor, days=20)
    sweep.sweep(timezone.now())
    assert not mails("ends").exists()
    sweep.sweep(timezone.now() + timedelta(days=14))
    assert mails("ends").count() == 1


def test_the_editors_of_the_area_are_reminded_once_a_week_without_personal_data(area, elsewhere, editor, other_editor):
    at = timezone.now()
    make.make_request(area, at=at - timedelta(days=30), last_name="Persoonlijk")
    make.make_request(area, at=at, email="fresh@politie.example")
    for days in (0, 1, 6):
        sweep.sweep(at + timedelta(days=days))
    sent = mails("overdue").get()
    assert sent.to == editor.email
    for part in (sent.subject, sent.text, sent.html):
        assert "Persoonlijk" not in part
        assert "politie.example" not in part
    sweep.sweep(at + timedelta(days=7))
    assert mails("overdue").count() == 2
    assert not mails("overdue").filter(to=other_editor.email).exists()
    assert EditorReminder.objects.count() == 1


def test_without_editors_of_the_area_administrators_are_reminded(area, communicator):
    make.make_request(area, at=timezone.now() - timedelta(days=30))
    sweep.sweep(timezone.now())
    assert mails("overdue").get().to == communicator.email


def test_a_question_that_waits_for_the_person_is_nobodys_delay(area, editor):
    request = make.make_request(area, at=timezone.now() - timedelta(days=30))
    judging.ask(request, "Which quay?", editor, timezone.now())
    sweep.sweep(timezone.now())
    assert not mails("overdue").exists()


def test_the_sweep_forgets_in_time(area, elsewhere, editor, paula):
    at = timezone.now()
    unconfirmed = make.make_request(area, confirmed=False, email="a@politie.example")
    refused = make.make_request(area, email="b@politie.example")
    judging.refuse(refused, "no", editor, at)
    withdrawn = make.make_request(area, email="c@politie.example")
    asking.withdraw(withdrawn, at)
    waiting = make.make_request(area, email="d@politie.example")
    ended = make.make_access(area, paula, editor)
    accesses.end(ended, Access.Why.PERSON, paula, at)
    held = make.make_access(elsewhere, paula, editor, days=365)
    gone = {}
    for days in (6, 7, 89, 90, 364, 365):
        sweep.sweep(at + timedelta(days=days, seconds=1))
        gone[days] = set(AccountRequest.objects.values_list("pk", flat=True))
    everything = {unconfirmed.pk, refused.pk, withdrawn.pk, waiting.pk, ended.request_id, held.request_id}
    assert gone[6] == everything
    assert gone[7] == everything - {unconfirmed.pk}
    assert gone[89] == gone[7]
    assert gone[90] == {waiting.pk, ended.request_id, held.request_id}
    assert gone[364] == gone[90]
    assert gone[365] == {waiting.pk, held.request_id}
    assert not Access.objects.filter(pk=ended.pk).exists()


def test_a_request_whose_account_is_gone_is_forgotten(area, editor, paula):
    make.make_access(area, paula, editor)
    paula.delete()
    sweep.sweep(timezone.now() + timedelta(days=91))
    assert not AccountRequest.objects.exists()


def test_the_link_of_a_forgotten_request_says_so(area, client):
    request = make.make_request(area)
    link = tokens.path_of(request, "state", "en")
    asking.withdraw(request, timezone.now())
    sweep.sweep(timezone.now() + timedelta(days=91))
    assert client.get(link).status_code == 404
    assert client.post(link).status_code == 404
    assert client.get(f"{link}intrekken/").status_code == 404


def test_the_worker_sweeps_this_room():
    assert sweep.sweep in {job.run for job in jobs("x")}


def test_no_subject_tells_anything_of_a_person(area, editor, paula):
    request = make.make_request(area, email="e@politie.example")
    judging.ask(request, "Persoonlijk?", editor, timezone.now())
    asking.answer(request, "Ja", timezone.now())
    judging.refuse(request, "Persoonlijk", editor, timezone.now())
    access = make.make_access(area, paula, editor, days=8)
    accesses.end(access, Access.Why.PERSON, paula, timezone.now())
    for message in OutboxMessage.objects.all():
        for private in ("Paula", "Poort", "politie", "Persoonlijk", area.title):
            assert private not in message.subject
            assert private not in (message.dedupe_key or "")


def test_every_mail_has_three_parts_and_its_links_lead_here(area, editor, paula):
    request = make.make_request(area, email="e@politie.example")
    judging.ask(request, "Which?", editor, timezone.now())
    access = make.make_access(area, paula, editor)
    accesses.end(access, Access.Why.EDITOR, editor, timezone.now())
    make.make_request(area, email="late@politie.example", at=timezone.now() - timedelta(days=30))
    sweep.sweep(timezone.now())
    kinds = set(OutboxMessage.objects.values_list("kind", flat=True))
    assert {
        f"professional_{kind}" for kind in ("confirm", "received", "question", "approved", "ended", "overdue")
    } <= kinds
    for message in OutboxMessage.objects.all():
        assert settings.BASE_URL in message.text
        assert settings.BASE_URL in message.html
        assert message.subject
