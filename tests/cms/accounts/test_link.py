"""One-time links by e-mail."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.accounts import links
from cms.accounts.links import hashed
from cms.accounts.models import SignInLink, User
from cms.mail.models import OutboxMessage
from tests.cms.accounts.conftest import with_password

ASK = "/en/inloggen/link/"


def test_a_link_signs_in(client, sam, mail_link):
    path = mail_link("Sam@Example.org", "/en/account/")
    page = client.get(path)
    assert page.status_code == 200
    assert "sam@example.org" in page.content.decode()
    assert client.post(path).url == "/en/account/"
    assert int(client.session["_auth_user_id"]) == sam.pk


def test_opening_a_link_uses_nothing_up(client, sam, mail_link):
    path = mail_link("sam@example.org")
    for _time in range(2):
        assert client.get(path).status_code == 200
    assert client.head(path).status_code == 200
    assert "_auth_user_id" not in client.session
    assert SignInLink.objects.get().used_at is None
    assert client.post(path).status_code == 302


def test_a_link_works_once_and_then_offers_a_new_one(client, sam, mail_link):
    path = mail_link("sam@example.org")
    client.post(path)
    for answer in (Client().get(path), Client().post(path)):
        assert answer.status_code == 410
        page = answer.content.decode()
        assert 'action="/en/inloggen/link/"' in page
        assert "sam@example.org" not in page


def test_a_link_works_for_a_quarter_of_an_hour(client, sam, mail_link, time_machine_at):
    path = mail_link("sam@example.org")
    time_machine_at(minutes=14, seconds=55)
    assert client.get(path).status_code == 200
    time_machine_at(minutes=15, seconds=1)
    assert client.get(path).status_code == 410
    assert client.post(path).status_code == 410
    assert "_auth_user_id" not in client.session


def test_a_link_with_one_other_character_is_refused(client, sam, mail_link):
    path = mail_link("sam@example.org").rstrip("/")
    for index in range(len(ASK), len(path)):
        other = "A" if path[index] != "A" else "B"
        assert client.post(f"{path[:index]}{other}{path[index + 1 :]}/").status_code == 404
    assert SignInLink.objects.get().used_at is None


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "../..", "é" * 10])
def test_a_link_that_never_existed_offers_a_new_one(client, db, token):
    answer = client.get(f"{ASK}{token}/")
    assert answer.status_code == 404


def test_only_a_hash_of_the_token_is_kept(client, sam, mail_link):
    token = mail_link("sam@example.org").rstrip("/").rsplit("/", 1)[1]
    assert len(token) == 43  # 32 random bytes
    stored = " ".join(str(row) for row in SignInLink.objects.values_list())
    assert token not in stored
    assert hashed(token) in stored


def test_asking_for_a_link_tells_nobody_who_has_an_account(sam):
    answers, queries = [], []
    for email, address in (("sam@example.org", "192.0.2.1"), ("nobody@example.org", "192.0.2.2")):
        with CaptureQueriesContext(connection) as captured:
            answer = Client().post(ASK, {"email": email}, REMOTE_ADDR=address)
        answers.append((answer.status_code, answer.url, sorted(answer.cookies)))
        queries.append([query["sql"].split()[0] for query in captured])
    assert answers[0] == answers[1]
    assert queries[0] == queries[1]
    assert OutboxMessage.objects.filter(to="sam@example.org").count() == 1
    assert OutboxMessage.objects.filter(to="nobody@example.org").count() == 1


def test_the_mail_has_text_and_html_and_nothing_personal_in_its_subject(sam, mail_link):
    mail_link("sam@example.org")
    message = OutboxMessage.objects.get()
    assert message.subject == "Your link to sign in"
    assert "15 minutes" in message.text
    assert "15 minutes" in message.html
    assert "sam" not in message.subject.lower()


def test_the_mail_is_in_the_language_of_the_page(sam, mail_link):
    assert mail_link("sam@example.org", language="nl").startswith("/nl/")


def test_a_link_for_a_new_address_asks_the_name_and_makes_the_account(client, db, mail_link):
    path = mail_link("New@Example.org", "/en/account/")
    assert not User.objects.exists()
    assert b'name="first_name"' in client.get(path).content
    refused = client.post(path, {"first_name": "Ada", "last_name": " "})
    assert refused.status_code == 200
    assert b'value="Ada"' in refused.content
    assert not User.objects.exists()
    assert client.post(path, {"first_name": "Ada", "last_name": "Bos"}).url == "/en/account/"
    user = User.objects.get()
    assert (user.email, user.get_full_name(), user.language) == ("new@example.org", "Ada Bos", "en")
    assert user.email_confirmed_at is not None
    assert not user.has_usable_password()


def test_two_links_for_one_new_address_make_one_account(client, db, mail_link):
    first, second = mail_link("new@example.org"), mail_link("new@example.org")
    client.post(first, {"first_name": "Ada", "last_name": "Bos"})
    Client().post(second)
    assert User.objects.count() == 1


def test_more_than_three_links_in_a_quarter_of_an_hour_are_refused_for_everybody_alike(sam):
    answers = []
    for email in ("sam@example.org", "nobody@example.org"):
        statuses = [Client().post(ASK, {"email": email}).status_code for _n in range(4)]
        answers.append((statuses, OutboxMessage.objects.filter(to=email).count()))
    assert answers == [([302, 302, 302, 429], 3)] * 2


def test_one_address_of_the_network_cannot_mail_the_whole_world(db):
    for n in range(30):
        assert Client().post(ASK, {"email": f"p{n}@example.org"}).status_code == 302
    assert Client().post(ASK, {"email": "p31@example.org"}).status_code == 429


def test_a_link_gives_the_session_a_new_key(client, sam, colleague, mail_link):
    with_password(client, "noor@example.org")
    before = client.session.session_key
    client.post(mail_link("sam@example.org"))
    assert client.session.session_key != before
    assert int(client.session["_auth_user_id"]) == sam.pk


def test_a_closed_account_is_told_so_and_stays_closed(client, sam, mail_link):
    sam.is_active = False
    sam.save(update_fields=["is_active"])
    answer = client.post(mail_link("sam@example.org"))
    assert answer.status_code == 410
    assert b"This account is closed" in answer.content
    assert "_auth_user_id" not in client.session


def test_two_who_use_one_link_at_the_same_moment_one_wins(committed):
    token, token_hash = links.new_token()
    at = timezone.now()
    SignInLink.objects.create(email="new@example.org", token_hash=token_hash, expires_at=at + timedelta(minutes=15))

    def use() -> int:
        return Client().post(f"{ASK}{token}/", {"first_name": "Ada", "last_name": "Bos"}).status_code

    assert sorted(committed(use, times=4)) == [302, 410, 410, 410]
    assert User.objects.filter(email="new@example.org").count() == 1


def test_an_address_that_is_none_gets_a_message(client, db):
    answer = client.post(ASK, {"email": "no address"})
    assert answer.status_code == 200
    assert b'value="no address"' in answer.content
    assert not OutboxMessage.objects.exists()


def test_a_line_break_in_an_address_mails_nobody(client, db):
    assert client.post(ASK, {"email": "a@example.org\nBcc: b@example.org"}).status_code == 200
    assert not OutboxMessage.objects.exists()
