"""What the release screen says about lessons."""

from learning.modules.changes import text_changes


def text(html, title="Lesson", parts=("a",)):
    blocks = [{"type": "text", "id": part, "value": {"heading": "", "html": html}} for part in parts]
    lesson = {"key": "one", "title": title, "summary": "", "source": "S", "blocks": blocks}
    names = ("title", "slug", "tagline", "intro", "source", "checked", "translation_to_check", "minutes", "goals")
    return {"language": "en", "lessons": [lesson], "questions": {}, **dict.fromkeys(names, "")}


def test_a_changed_part_is_shown_in_words_before_and_after():
    [english] = text_changes([text("<p>Call <b>112</b>.</p>")], [text("<p>Call 112 &amp; wait.</p><p>Outside.</p>")])
    [change] = english.changes
    assert (change.before, change.after) == ("Call 112.", "Call 112 & wait. Outside.")


def test_line_breaks_between_paragraphs_are_no_change():
    assert (
        text_changes([text("<p>One.</p>\n<ul>\n  <li>Two</li>\n</ul>")], [text("<p>One.</p><ul><li>Two</li></ul>")])
        == []
    )


def test_a_new_and_a_removed_part_are_shown_in_words():
    [english] = text_changes([text("<p>X</p>", parts=("a",))], [text("<p>X</p>", parts=("a", "b"))])
    assert [(change.before, change.after) for change in english.changes] == [("", "X")]
    [english] = text_changes([text("<p>X</p>", parts=("a", "b"))], [text("<p>X</p>", parts=("a",))])
    assert [(change.before, change.after) for change in english.changes] == [("X", "")]


def test_parts_in_another_order_are_named():
    [english] = text_changes([text("<p>X</p>", parts=("a", "b"))], [text("<p>X</p>", parts=("b", "a"))])
    assert len(english.changes) == 1
