"""The screen on which an editor releases a module."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission

from learning.modules.models import Edition
from learning.modules.pages import ModulePage
from learning.modules.release import candidate_of, release
from tests.conftest import make_user, signed_in
from tests.factories.module_pages import first_release, lesson, make_page, published, question, raw, translated
from tests.learning.modules.conftest import in_english


def address(page):
    return reverse("modules_release", args=[page.pk])


def screen(browser, page):
    response = browser.get(address(page))
    assert response.status_code == 200
    return response.content.decode()


def post(browser, page, kind="material", **data):
    seen = candidate_of(page).content_hash
    return browser.post(address(page), {"kind": kind, "note": "", "seen": seen, **data})


def editor_with(*permissions):
    group = Group.objects.create(name="editors of modules")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = make_user("editor@example.org", "Edo", "Mol")
    user.groups.add(group)
    for codename in permissions:
        GroupPagePermission.objects.create(
            group=group,
            page=ModulePage.objects.first().get_root(),
            permission=Permission.objects.get(content_type__app_label="wagtailcore", codename=codename),
        )
    return signed_in(in_english(user), verified=True)


def test_who_may_publish_releases_and_is_named(pair, editor):
    assert "Nothing was released yet" in screen(editor, pair[0])
    response = post(editor, pair[0], "first", note="Checked")
    assert response.status_code == 302
    edition = Edition.objects.get()
    assert (edition.note, edition.released_by.email) == ("Checked", "communicator@example.org")
    assert "Checked" in screen(editor, pair[0])


def test_any_language_of_the_module_leads_to_the_same_release(pair, editor):
    post(editor, pair[1], "first")
    assert Edition.objects.get().module.key == pair[0].translation_key


def test_who_may_only_edit_may_not_release(page):
    browser = editor_with("change_page")
    assert browser.get(address(page)).status_code in (302, 403)
    post(browser, page, "first")
    assert not Edition.objects.exists()


def test_who_may_publish_this_page_may_release(page):
    browser = editor_with("change_page", "publish_page")
    assert post(browser, page, "first").status_code == 302
    assert Edition.objects.exists()


def test_a_learner_and_a_visitor_see_nothing(page, sam, client):
    for browser in (client, signed_in(sam, verified=True), signed_in(sam)):
        response = browser.get(address(page))
        assert response.status_code in (302, 403, 404)
        assert page.title not in response.content.decode()
    assert not Edition.objects.exists()


def test_it_shows_what_changed_per_language(pair, editor):
    page = published_with(
        pair[0], questions=[question("q1"), question("q2", (True, True, False), kind="multiple", lesson="parking")]
    )
    pair[1].delete()
    translated(page, "en")
    first_release(page)
    questions = raw(page, "questions")
    questions[0]["value"]["stem"] = "Another stem"
    questions[0]["value"]["options"][0]["value"]["correct"] = False
    questions[0]["value"]["options"][1]["value"]["correct"] = True
    lessons = raw(page, "lessons")
    lessons[0]["value"]["title"] = "Another title"
    page = published_with(
        page, questions=[questions[0], question("extra")], lessons=[*lessons, lesson("third")], pass_mark=60
    )
    html = screen(editor, page)
    for part in ("pass mark", "80", "60", "New question", "(extra)", "Question removed", "(q2)"):
        assert part in html
    for part in ("Right and wrong changed: Another stem", "Another title", "New lesson", "Words: nl"):
        assert part in html
    assert "<td>Option q1.1</td><td>Option q1.2</td>" in html
    assert "Words: en" not in html
    assert "[en] Question 2: this question is missing in the translation." in html


def published_with(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    return published(page)


def test_missing_translations_are_named(page, editor):
    html = screen(editor, page)
    assert "Without a published translation:" in html
    assert "English" in html


def test_kinds_that_can_not_be_say_why(page, editor):
    first_release(page)
    page = published_with(page, questions=[*raw(page, "questions"), question("extra")])
    html = screen(editor, page)
    assert "The answer key changed, so this is not just a change of words." in html
    assert 'value="typo"' not in html
    assert 'value="material"' in html
    response = post(editor, page, "typo")
    assert response.status_code == 200
    assert "The answer key changed" in response.content.decode()
    assert Edition.objects.count() == 1


def test_it_says_that_results_that_stand_are_not_changed(page, editor):
    assert "Results that stand are not changed" in screen(editor, page)


def test_a_release_of_something_else_than_was_seen_is_refused_and_keeps_the_note(page, editor):
    response = post(editor, page, "first", seen="something else", note="My note")
    assert "changed while you were looking" in response.content.decode()
    assert "My note" in response.content.decode()
    assert not Edition.objects.exists()


def test_without_a_kind_it_says_so(page, editor):
    response = post(editor, page, "")
    assert response.status_code == 200
    assert "This field is required" in response.content.decode()


def test_a_draft_is_named_as_not_in_the_release(page, editor):
    page.title = "In the making"
    page.save_revision()
    assert "not published yet" in screen(editor, ModulePage.objects.get(pk=page.pk))


def test_problems_hide_the_button(db, editor):
    page = make_page(questions=[question(graded=False)])
    html = screen(editor, page)
    assert "There is no question that counts in the quiz." in html
    assert "Release the first edition" not in html


def test_nothing_changed_hides_the_button(edition, pair, editor):
    html = screen(editor, pair[0])
    assert "Nothing changed." in html
    assert "Release this edition" not in html


def test_editions_are_paged(page, editor):
    first_release(page)
    for number in range(21):
        page = published_with(page, tagline=f"Words {number}")
        release(page, "clarified", None)
    html = screen(editor, page)
    assert 'href="?p=2"' in html
    assert "First edition" in editor.get(address(page), {"p": 2}).content.decode()


@pytest.mark.parametrize("kind", ["edit", "listing"])
def test_the_way_to_the_screen_is_on_the_page(page, editor, kind):
    where = (
        reverse("wagtailadmin_pages:edit", args=[page.pk])
        if kind == "edit"
        else reverse("wagtailadmin_explore", args=[page.get_parent().pk])
    )
    assert address(page) in editor.get(where).content.decode()


def test_other_pages_have_no_release(page, editor):
    index = page.get_parent()
    assert (
        f"/{index.pk}/release/" not in editor.get(reverse("wagtailadmin_pages:edit", args=[index.pk])).content.decode()
    )
    assert editor.get(address(index), follow=True).status_code == 404
