"""The quiz as a browser sees it."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from learning.records.models import Attempt, Certificate, Completion
from tests.conftest import make_user, signed_in
from tests.factories.modules import make_edition
from tests.factories.records import fill, key_of, make_attempt, make_failed, make_passed, right, wrong


def url(name, language="en", **kwargs):
    with translation.override(language):
        return reverse(f"records:{name}", kwargs=kwargs)


def intro_url(edition, language="en"):
    return url("quiz", language, slug=edition.texts.get(language=language).slug)


def quiz_url(edition, language="en"):
    return url("question", language, slug=edition.texts.get(language=language).slug)


def start(client, edition):
    return client.post(quiz_url(edition), {"act": "start"})


def post_answer(client, attempt, number, chosen, language="en", **extra):
    item = attempt.drawn[number - 1]
    data = {"act": "answer", "attempt": attempt.pk, "question": item["question"], "chosen": chosen, "go": "next"}
    return client.post(quiz_url(attempt.edition, language), {**data, **extra})


def hand_in(client, attempt, language="en"):
    return client.post(quiz_url(attempt.edition, language), {"act": "submit", "attempt": attempt.pk})


def checked_values(html):
    return re.findall(r'name="chosen" value="([0-9a-f-]+)"[^>]* checked', html)


@pytest.fixture
def browser(sam):
    return signed_in(sam)


@pytest.fixture
def attempt(browser, edition):
    start(browser, edition)
    return Attempt.objects.select_related("edition").get()


def test_the_intro_says_how_many_questions_the_pass_mark_and_that_there_is_no_clock(browser, edition):
    html = browser.get(intro_url(edition)).content.decode()
    assert "10 questions" in html
    assert "80% is a pass" in html
    assert "There is no clock" in html
    assert not Attempt.objects.exists()


def test_looking_at_the_quiz_starts_nothing(browser, edition):
    assert browser.get(quiz_url(edition)).url == intro_url(edition)
    assert not Attempt.objects.exists()


def test_starting_shows_the_first_question(browser, edition):
    response = start(browser, edition)
    assert response.status_code == 200
    assert "Question 1 of 10" in response.content.decode()


def test_an_answer_is_stored_and_the_next_question_comes_at_once(browser, attempt):
    chosen = right(attempt.edition, attempt.drawn[0]["question"])
    response = post_answer(browser, attempt, 1, chosen)
    assert response.status_code == 200
    assert "Question 2 of 10" in response.content.decode()
    attempt.refresh_from_db()
    assert attempt.answers == {attempt.drawn[0]["question"]: chosen} or sorted(
        attempt.answers[attempt.drawn[0]["question"]]
    ) == sorted(chosen)


def test_previous_shows_the_saved_answer_and_says_that_it_is_saved(browser, attempt):
    chosen = right(attempt.edition, attempt.drawn[0]["question"])
    post_answer(browser, attempt, 1, chosen)
    html = post_answer(browser, attempt, 2, [], go="previous").content.decode()
    assert "Question 1 of 10" in html
    assert sorted(checked_values(html)) == sorted(chosen)
    assert html.count("Answer saved") == len(chosen)


def test_previous_also_saves_what_was_chosen(browser, attempt):
    chosen = right(attempt.edition, attempt.drawn[1]["question"])
    post_answer(browser, attempt, 2, chosen, go="previous")
    attempt.refresh_from_db()
    assert sorted(attempt.answers[attempt.drawn[1]["question"]]) == sorted(chosen)


def test_the_learner_goes_on_where_they_were_on_another_device(sam, browser, attempt):
    post_answer(browser, attempt, 1, right(attempt.edition, attempt.drawn[0]["question"]))
    tablet = signed_in(sam)
    assert "Continue" in tablet.get(intro_url(attempt.edition)).content.decode()
    html = tablet.get(quiz_url(attempt.edition)).content.decode()
    assert "Question 2 of 10" in html
    html = tablet.get(quiz_url(attempt.edition) + "?nr=1").content.decode()
    assert "Answer saved" in html


def test_nothing_chosen_asks_for_an_answer_and_stores_nothing(browser, attempt):
    html = post_answer(browser, attempt, 1, []).content.decode()
    assert "Choose an answer first." in html
    assert "Question 1 of 10" in html
    attempt.refresh_from_db()
    assert attempt.answers == {}


def test_the_last_answer_leads_to_a_page_that_lists_what_is_open(browser, attempt):
    html = post_answer(browser, attempt, 10, right(attempt.edition, attempt.drawn[9]["question"])).content.decode()
    assert "9 questions have no answer yet" in html
    assert html.count("No answer yet") == 9


def test_handing_in_too_early_is_refused_and_says_what_is_open(browser, attempt):
    response = hand_in(browser, attempt)
    assert response.status_code == 409
    assert "10 questions have no answer yet" in response.content.decode()
    attempt.refresh_from_db()
    assert attempt.submitted_at is None


def test_an_answer_to_a_question_outside_the_attempt_is_refused(browser, attempt):
    data = {"act": "answer", "attempt": attempt.pk, "question": uuid.uuid4(), "chosen": [uuid.uuid4()]}
    response = browser.post(quiz_url(attempt.edition), data)
    assert response.status_code == 400
    assert "nothing was changed" in response.content.decode()
    attempt.refresh_from_db()
    assert attempt.answers == {}


def test_an_option_of_another_question_is_refused(browser, attempt):
    assert post_answer(browser, attempt, 1, [attempt.drawn[1]["options"][0]]).status_code == 400
    attempt.refresh_from_db()
    assert attempt.answers == {}


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"act": "drop"},
        {"act": "answer"},
        {"act": "answer", "attempt": "x", "question": "y", "chosen": "z"},
        {"act": "submit", "attempt": "1 OR 1=1"},
        {"act": "answer", "attempt": "\x00", "question": "\x00", "chosen": "\x00"},
    ],
)
def test_rubbish_is_refused_with_a_page_that_says_so(browser, attempt, data):
    response = browser.post(quiz_url(attempt.edition), data)
    assert response.status_code == 400
    assert "nothing was changed" in response.content.decode()


def test_an_answer_after_submission_is_refused_and_shows_the_result(browser, sam, attempt):
    fill(attempt, mistakes=10).submit(timezone.now())
    before = Attempt.objects.values().get()
    response = post_answer(browser, attempt, 1, right(attempt.edition, attempt.drawn[0]["question"]))
    assert response.status_code == 409
    assert "You had handed in already" in response.content.decode()
    assert Attempt.objects.values().get() == before


def test_somebody_else_s_attempt_is_404_for_every_act(attempt, colleague, stranger):
    fill(attempt)
    before = Attempt.objects.values().get()
    for other in (colleague, stranger):
        browser = signed_in(other, verified=True)
        assert post_answer(browser, attempt, 1, attempt.drawn[0]["options"][:1]).status_code == 404
        assert hand_in(browser, attempt).status_code == 404
        assert browser.get(url("result", attempt_id=attempt.pk)).status_code == 404
    assert Attempt.objects.values().get() == before


def test_a_stranger_gets_404_for_result_and_certificate(sam, edition, stranger):
    attempt = make_passed(sam, edition)
    certificate = Certificate.objects.get()
    browser = signed_in(stranger, verified=True)
    assert browser.get(url("result", attempt_id=attempt.pk)).status_code == 404
    assert browser.get(url("certificate_pdf", code=certificate.code)).status_code == 404
    assert browser.get(url("certificate_pdf", code="0")).status_code == 404


def test_a_pass_shows_the_certificate_and_what_the_employer_sees(browser, attempt):
    fill(attempt, mistakes=1)
    html = hand_in(browser, attempt).content.decode()
    certificate = Certificate.objects.get()
    assert "Passed, Sam." in html
    assert "9 of the 10 points" in html
    assert certificate.printed_code in html
    assert "<svg" in html
    assert "Only this: completed on" in html
    assert url("certificate_pdf", code=certificate.code) in html


def test_a_pass_gives_feedback_per_question(browser, attempt):
    html = hand_in(browser, fill(attempt)).content.decode()
    text = attempt.edition.texts.get(language="en")
    for item in attempt.drawn:
        words = text.questions[item["question"]]
        assert words["stem"] in html
        assert words["feedback"] in html
        for option in right(attempt.edition, item["question"]):
            assert words["options"][option]["text"] in html


def test_a_fail_says_which_lessons_to_read_again_and_keeps_the_key(browser, attempt):
    fill(attempt, mistakes=10)
    html = hand_in(browser, attempt).content.decode()
    text = attempt.edition.texts.get(language="en")
    assert "Not yet, Sam." in html
    for lesson in text.lessons:
        assert lesson["title"] in html
        assert f"/en/modules/{text.slug}/{lesson['key']}/" in html
    for words in text.questions.values():
        assert words["stem"] not in html
        assert words["feedback"] not in html
        for option in words["options"].values():
            assert option["text"] not in html
    assert "Try again" in html


def test_no_page_of_a_running_quiz_holds_the_key(browser, attempt):
    html = browser.get(quiz_url(attempt.edition)).content.decode()
    shapes = set()
    for item in attempt.drawn[0]["options"]:
        line = next(part for part in html.split("<label") if item in part)
        shapes.add(re.sub(r"[0-9a-f-]{36}|(Right|Wrong) [\d.]+", "", line.split("</label>")[0]))
    assert len(shapes) == 1
    assert "feedback" not in html.lower()


def test_double_click_and_reload_give_one_result(browser, attempt):
    fill(attempt)
    first = hand_in(browser, attempt)
    second = hand_in(browser, attempt)
    assert first.status_code == second.status_code == 200
    assert Completion.objects.count() == Certificate.objects.count() == 1
    assert Certificate.objects.get().printed_code in second.content.decode()


def test_switching_language_in_the_middle_keeps_answers_and_score(browser, attempt):
    for number in range(1, 11):
        language = "nl" if number % 2 else "en"
        post_answer(browser, attempt, number, right(attempt.edition, attempt.drawn[number - 1]["question"]), language)
    html = browser.get(quiz_url(attempt.edition, "nl") + "?nr=1").content.decode()
    assert "Vraag" in html
    assert checked_values(html)
    hand_in(browser, attempt, "nl")
    attempt.refresh_from_db()
    assert attempt.passed
    assert attempt.points == 10


def test_a_question_links_to_itself_in_the_other_language(browser, attempt):
    html = browser.get(quiz_url(attempt.edition) + "?nr=3").content.decode()
    assert f'href="{quiz_url(attempt.edition, "nl")}?nr=3"' in html


def test_a_signed_out_visitor_signs_in_first(client, edition):
    response = client.get(intro_url(edition))
    assert response.status_code == 302
    assert response.url == f"/en/inloggen/?next={intro_url(edition)}"


def test_after_the_session_ended_nothing_saved_is_lost_and_the_last_answer_is_still_there(sam, browser, attempt):
    chosen = right(attempt.edition, attempt.drawn[0]["question"])
    post_answer(browser, attempt, 1, chosen)
    browser.session.delete()
    pending = wrong(attempt.edition, attempt.drawn[1]["question"])
    response = post_answer(browser, attempt, 2, pending)
    assert response.url == f"/en/inloggen/?next={quiz_url(attempt.edition)}"
    attempt.refresh_from_db()
    assert sorted(attempt.answers[attempt.drawn[0]["question"]]) == sorted(chosen)
    assert attempt.drawn[1]["question"] not in attempt.answers

    signed = browser.post(response.url, {"email": sam.email, "password": "correct horse battery"}, follow=True)
    html = signed.content.decode()
    assert "Question 2 of 10" in html, signed.redirect_chain
    assert checked_values(html) == pending
    assert "Answer saved" not in html
    attempt.refresh_from_db()
    assert attempt.drawn[1]["question"] not in attempt.answers
    assert "Question 2 of 10" in browser.get(quiz_url(attempt.edition)).content.decode()


def test_a_kept_answer_is_not_shown_to_the_next_person_on_a_shared_tablet(browser, attempt, colleague, edition):
    browser.session.delete()
    post_answer(browser, attempt, 1, attempt.drawn[0]["options"][:1])
    other = make_attempt(colleague, edition)
    browser.post("/en/inloggen/", {"email": colleague.email, "password": "correct horse battery"})
    html = browser.get(quiz_url(edition)).content.decode()
    assert checked_values(html) == []
    assert "signed out" not in html
    other.refresh_from_db()
    assert other.answers == {}
    assert "pending_answer" not in browser.session


def test_the_pause_after_a_fail_is_said_and_held(sam, browser):
    edition = make_edition(cooldown_minutes=30)
    attempt = make_failed(sam, edition)
    html = browser.get(url("result", attempt_id=attempt.pk)).content.decode()
    assert "You can try again from" in html
    assert "Try again<" not in html
    assert start(browser, edition).status_code == 409
    assert Attempt.objects.count() == 1
    Attempt.objects.update(submitted_at=timezone.now() - timedelta(minutes=31))
    assert start(browser, edition).status_code == 200


def test_who_has_no_name_is_asked_for_it_before_a_certificate_could_be_nameless(edition):
    browser = signed_in(make_user("nameless@example.org", "", ""))
    html = browser.get(intro_url(edition)).content.decode()
    assert "First tell us your name" in html
    assert start(browser, edition).status_code == 409
    assert not Attempt.objects.exists()


def test_an_open_attempt_keeps_its_questions_when_a_new_edition_is_released(browser, attempt):
    newer = make_edition(attempt.edition.module, slugs={"en": "renamed", "nl": "hernoemd"})
    html = browser.get(quiz_url(newer)).content.decode()
    assert attempt.drawn[0]["question"] in html
    assert browser.get(quiz_url(attempt.edition)).url == quiz_url(newer)
    assert post_answer(browser, attempt, 1, right(attempt.edition, attempt.drawn[0]["question"])).status_code == 200


def test_an_unknown_or_retired_module_has_no_quiz(browser, edition):
    assert browser.get(url("quiz", slug="nothing")).status_code == 404
    edition.module.retired_at = timezone.now()
    edition.module.save()
    assert browser.get(intro_url(edition)).status_code == 404


def test_private_pages_are_kept_by_no_cache(browser, sam, edition):
    attempt = make_passed(sam, edition)
    code = Certificate.objects.get().code
    for address in (
        url("mine"),
        intro_url(edition),
        url("result", attempt_id=attempt.pk),
        url("certificate_pdf", code=code),
    ):
        assert "no-store" in browser.get(address)["Cache-Control"]


def test_before_a_pin_reset_everything_older_is_hidden(sam, browser, edition):
    attempt = make_passed(sam, edition, timezone.now() - timedelta(days=1))
    code = Certificate.objects.get().code
    sam.private_since = timezone.now()
    sam.save()
    assert browser.get(url("result", attempt_id=attempt.pk)).status_code == 404
    assert browser.get(url("certificate_pdf", code=code)).status_code == 404
    html = browser.get(url("mine")).content.decode()
    assert code not in html
    assert "No certificate yet" in html


def test_every_option_is_read_out_with_its_text(browser, attempt):
    """The control sits inside its label together with the answer's text."""
    html = browser.get(quiz_url(attempt.edition)).content.decode()
    labels = re.findall(r'<label class="option"><input type="(?:radio|checkbox)"[^>]*><span>([^<]+)</span>', html)
    words = attempt.edition.texts.get(language="en").questions[attempt.drawn[0]["question"]]
    assert labels == [words["options"][option]["text"] for option in attempt.drawn[0]["options"]]
    assert re.search(r"<fieldset[^>]*>\s*<legend>\s*<h1>[^<]+</h1>\s*</legend>", html)


def counted(client, do):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = do(client)
    assert response.status_code == 200
    return len(queries)


def test_a_quiz_of_ten_takes_12_requests_and_at_most_60_queries(browser, sam, edition):
    browser.get(intro_url(edition))  # the edition's texts are in memory, as they are after its first visitor
    address = quiz_url(edition)
    total = requests = 0
    total += counted(browser, lambda client: client.post(address, {"act": "start"}))
    attempt = Attempt.objects.select_related("edition").get()
    requests += 1
    for number in range(1, 11):
        item = attempt.drawn[number - 1]
        chosen = right(edition, item["question"])
        data = {"act": "answer", "attempt": attempt.pk, "question": item["question"], "chosen": chosen}
        total += counted(browser, lambda client, data=data: client.post(address, data))
        requests += 1
    total += counted(browser, lambda client: client.post(address, {"act": "submit", "attempt": attempt.pk}))
    requests += 1
    attempt.refresh_from_db()
    assert attempt.passed
    assert requests <= 12
    assert total <= 60


def test_every_page_of_a_learner_takes_at_most_six_queries(browser, sam, colleague, edition):
    done = make_passed(sam, make_edition(audience="kwekers"))
    failed = make_failed(sam, edition)
    code = Certificate.objects.get().code
    make_attempt(sam, edition)
    browser.get(url("mine"))  # menu and look are known, as they are after anybody's visit
    for address in (
        url("mine"),
        url("quiz", slug="terminal-en"),
        url("question", slug="terminal-en"),
        url("question", slug="terminal-en") + "?nr=4",
        url("result", attempt_id=done.pk),
        url("result", attempt_id=failed.pk),
        url("certificate_pdf", code=code),
    ):
        assert counted(browser, lambda client, a=address: client.get(a)) <= 6, address


def test_the_key_in_the_factories_is_honest(edition):
    question = edition.answer_key["questions"][0]["uuid"]
    assert right(edition, question) != wrong(edition, question)
    assert key_of(edition, question)["kind"] == "single"


def test_a_form_needs_the_token(sam, edition):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(sam, backend="cms.accounts.backends.PasswordBackend")
    assert browser.post(quiz_url(edition), {"act": "start"}).status_code == 403
    assert not Attempt.objects.exists()
