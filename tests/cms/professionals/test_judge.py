"""The queue of an area's editor: what is in it, who sees it, and that one decision is one decision."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import GroupPagePermission

from cms.accounts.models import AuditEvent, User
from cms.mail.models import OutboxMessage
from cms.professionals import judging, tokens
from cms.professionals.models import Access, AccountRequest, Question, State
from config import roles
from tests.conftest import make_user, signed_in
from tests.factories import professionals as make

ACTS = ("approve", "refuse", "ask")


def url(name, thing=None):
    return reverse(f"professionals_{name}", args=[thing.public_id] if thing else [])


@pytest.fixture
def desk(editor):
    """The editor's browser, past the second factor."""
    return signed_in(editor, verified=True)


def in_a_year():
    return judging.longest(timezone.now()).isoformat()


def test_the_queue_shows_confirmed_requests_of_ones_own_area_only(desk, area, elsewhere):
    make.make_request(area, last_name="Eigen")
    make.make_request(area, last_name="Onbevestigd", email="u@politie.example", confirmed=False)
    make.make_request(elsewhere, last_name="Vreemd", email="v@politie.example")
    shown = desk.get(url("queue")).content.decode()
    assert "Eigen" in shown
    assert "Onbevestigd" not in shown
    assert "Vreemd" not in shown


def test_what_is_past_its_term_comes_first_and_the_list_is_paged(desk, area, django_assert_max_num_queries):
    now = timezone.now()
    for number in range(30):
        make.make_request(area, last_name=f"Nummer{number}", email=f"n{number}@politie.example", at=now)
    make.make_request(area, last_name="Telaat", email="laat@politie.example", at=now - timedelta(days=20))
    with django_assert_max_num_queries(40):
        shown = desk.get(url("queue")).content.decode()
    assert shown.index("Telaat") < shown.index("Nummer")
    assert shown.count("Nummer") == 24
    assert "page=2" in shown
    assert "Nummer" in desk.get(url("queue") + "?page=2").content.decode()
    overdue = desk.get(url("queue") + "?show=overdue").content.decode()
    assert "Telaat" in overdue
    assert "Nummer" not in overdue


def test_the_queue_costs_the_same_however_long_it_is(desk, area, django_assert_num_queries):
    make.make_request(area)
    desk.get(url("queue"))
    with CaptureQueriesContext(connection) as few:
        desk.get(url("queue"))
    for number in range(20):
        make.make_request(area, email=f"n{number}@politie.example")
    with django_assert_num_queries(len(few)):
        desk.get(url("queue"))


@pytest.mark.parametrize("act", ACTS)
def test_another_areas_editor_gets_404_as_for_a_request_that_is_not_there(other_editor, area, act):
    request = make.make_request(area)
    stranger = signed_in(other_editor, verified=True)
    for public_id in (request.public_id, uuid4()):
        for name in ("request", act):
            address = reverse(f"professionals_{name}", args=[public_id])
            assert stranger.get(address).status_code == 404
            assert stranger.post(address, {"until": in_a_year(), "reason": "x", "text": "x"}).status_code in {404, 405}
    request.refresh_from_db()
    assert request.state == State.WAITING


@pytest.mark.parametrize("name", ["queue", "people", "documents", "document_add"])
def test_who_edits_no_area_has_no_queue(area, name):
    roles.load()
    for group in (roles.COMMUNICATORS, roles.REVIEWERS):
        user = make_user(f"{group}@x.example", "A", "B")
        user.groups.add(Group.objects.get(name=group))
        browser = signed_in(user, verified=True)
        assert browser.get(url(name)).status_code in {302, 403}
        assert url("queue") not in browser.get("/beheer/").content.decode()
    assert Client().get(url(name)).status_code == 302


def test_an_areas_editor_of_one_language_judges_for_the_area_in_all(area):
    english = make.make_area("North harbour", "en", translation_key=area.translation_key)
    desk = signed_in(make.make_editor(english, "en@haven.example"), verified=True)
    request = make.make_request(area, last_name="Poort")
    assert desk.get(url("request", request)).status_code == 200


def test_an_administrator_judges_everywhere(communicator, area, elsewhere):
    make.make_request(area, last_name="Noord")
    make.make_request(elsewhere, last_name="Zuid", email="z@politie.example")
    shown = signed_in(communicator, verified=True).get(url("queue")).content.decode()
    assert "Noord" in shown
    assert "Zuid" in shown


def test_the_menu_offers_the_queue_to_who_edits_an_area(desk):
    assert url("queue") in desk.get("/beheer/").content.decode()


@pytest.mark.parametrize("act", ACTS)
def test_every_act_asks_first(desk, area, act):
    request = make.make_request(area)
    assert url(act, request) in desk.get(url("request", request)).content.decode()
    assert desk.get(url(act, request)).status_code == 200
    request.refresh_from_db()
    assert request.state == State.WAITING


def test_approving_gives_access_mails_and_leaves_a_trace_without_a_name(desk, editor, area):
    request = make.make_request(area)
    until = timezone.localdate() + timedelta(days=90)
    for _double_click in range(2):
        assert desk.post(url("approve", request), {"until": until.isoformat()}).url == url("request", request)
    access = Access.objects.get()
    assert (access.area, access.until, access.user.email) == (area.translation_key, until, request.email)
    assert OutboxMessage.objects.filter(kind="professional_approved", to=request.email).count() == 1
    trace = AuditEvent.objects.get(act="account_request.approved")
    assert (trace.actor, trace.object_id) == (editor, str(request.pk))
    assert "Poort" not in str(trace.detail)
    request.refresh_from_db()
    assert request.decided_by == editor


def test_the_account_that_is_made_has_no_password_and_a_confirmed_address(area, editor):
    request = make.make_request(area)
    judging.approve(request, timezone.localdate(), editor, timezone.now())
    user = User.objects.get(email=request.email)
    assert not user.has_usable_password()
    assert user.email_confirmed_at == request.confirmed_at
    assert (user.first_name, user.last_name, user.is_staff) == ("Paula", "Poort", False)


@pytest.mark.parametrize("days", [-1, 367])
def test_access_is_given_for_today_up_to_twelve_months(desk, area, editor, days):
    request = make.make_request(area)
    until = timezone.localdate() + timedelta(days=days)
    answer = desk.post(url("approve", request), {"until": until.isoformat()})
    assert answer.status_code == 200
    with pytest.raises(ValueError, match="until"):
        judging.approve(request, until, editor, timezone.now())
    assert not Access.objects.exists()
    assert in_a_year() in desk.get(url("approve", request)).content.decode(), "twelve months stand there already"


def test_refusing_needs_a_reason_that_the_person_reads(desk, client, area):
    request = make.make_request(area)
    assert desk.post(url("refuse", request), {"reason": " "}).status_code == 200
    assert AccountRequest.objects.get().state == State.WAITING
    desk.post(url("refuse", request), {"reason": "Ask your <b>harbour master</b>."})
    request.refresh_from_db()
    assert request.state == State.REFUSED
    mail = OutboxMessage.objects.get(kind="professional_refused")
    assert "Ask your <b>harbour master</b>." in mail.text
    assert "&lt;b&gt;harbour" in mail.html
    assert "&lt;b&gt;harbour" in client.get(tokens.path_of(request, "state", "en")).content.decode()
    assert not User.objects.filter(email=request.email).exists()


def test_a_question_is_mailed_answered_on_a_page_and_comes_back_in_the_queue(desk, client, area):
    request = make.make_request(area, at=timezone.now() - timedelta(days=14))
    desk.post(url("ask", request), {"text": "Which terminal?"})
    request.refresh_from_db()
    assert request.state == State.QUESTION
    assert "Which terminal?" in OutboxMessage.objects.get(kind="professional_question").text
    link = tokens.path_of(request, "state", "en")
    assert "Which terminal?" in client.get(link).content.decode()
    refused = client.post(link, {"answer": ""})
    assert refused.status_code == 200
    for _double_click in range(2):
        client.post(link, {"answer": "The east quay."})
    request.refresh_from_db()
    assert request.state == State.WAITING
    assert request.answer_by > timezone.localdate(), "the term starts anew"
    assert list(Question.objects.values_list("text", "answer")) == [("Which terminal?", "The east quay.")]
    assert "The east quay." in desk.get(url("request", request)).content.decode()


def test_no_answer_without_a_question(client, area):
    request = make.make_request(area)
    client.post(tokens.path_of(request, "state", "en"), {"answer": "x", "state": "approved"})
    request.refresh_from_db()
    assert request.state == State.WAITING


@pytest.mark.parametrize("first", ["approve", "refuse", "withdraw"])
@pytest.mark.parametrize("second", ["approve", "refuse", "ask"])
def test_whoever_decides_second_changes_nothing(desk, client, area, first, second):
    request = make.make_request(area)
    data = {"until": in_a_year(), "reason": "no", "text": "why"}
    if first == "withdraw":
        client.post(tokens.path_of(request, "state", "en") + "intrekken/")
    else:
        desk.post(url(first, request), data)
    request.refresh_from_db()
    before = (request.state, request.reason, Access.objects.count(), OutboxMessage.objects.count())
    answer = desk.post(url(second, request), data, follow=True)
    request.refresh_from_db()
    assert (request.state, request.reason, Access.objects.count(), OutboxMessage.objects.count()) == before
    assert gettext("This request was dealt with before. Nothing changed.") in answer.content.decode()


def test_the_editor_does_not_see_whether_there_was_an_account(area, desk, editor):
    make_user("old@politie.example", "Al", "Bekend")
    shown = []
    for email in ("old@politie.example", "new@politie.example"):
        request = make.make_request(area, email=email, first_name="Same", last_name="Same")
        judging.approve(request, timezone.localdate(), editor, timezone.now())
        page = desk.get(url("request", request)).content.decode()
        access = page[page.index("<table") : page.rindex("</table>")]
        shown.append(re.sub(r"(old|new)@politie[.]example|[0-9a-f]{8}-[0-9a-f-]{27}", "", access))
    people = desk.get(url("people")).content.decode()
    assert people.count(gettext("not yet")) == 2
    assert shown[0] == shown[1]


def test_who_may_only_add_pages_below_an_area_judges_nothing(area):
    group = Group.objects.create(name="Adders")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(
        group=group,
        page=area,
        permission=Permission.objects.get(content_type__app_label="wagtailcore", codename="add_page"),
    )
    user = make_user("adder@x.example", "A", "D")
    user.groups.add(group)
    area.owner = user
    area.save()
    make.make_request(area)
    assert signed_in(user, verified=True).get(url("queue")).status_code in {302, 403}
