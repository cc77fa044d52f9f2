"""The rules of plain Dutch: each finds its fault, and leaves a good sentence alone."""

import pytest

from cms.pages.readability import Fault, marked, read, sentences_of, syllables

GOOD = "Je ziet iets vreemds. Bel je planner. Raak niets aan."


def faults(text, **options):
    return [finding.fault for finding in read([text], **options).findings]


def test_short_active_sentences_are_plain():
    reading = read([GOOD])
    assert reading.findings == []
    assert reading.is_plain
    assert reading.sentences == 3
    assert reading.mean == pytest.approx(10 / 3)


def test_a_sentence_of_sixteen_words_is_long_and_one_of_fifteen_is_not():
    fifteen = " ".join(["woord"] * 15) + "."
    assert faults(fifteen) == []
    assert faults("en " + fifteen) == [Fault.LONG]


def test_a_second_subordinate_clause_is_too_much():
    assert faults("Bel als je iets ziet.") == []
    assert faults("Bel als je iets ziet dat niet klopt omdat het zegel weg is.") == [Fault.CLAUSES]


@pytest.mark.parametrize(
    "sentence", ["De man wordt gecontroleerd.", "De sloten werden vernield.", "Er word je iets aangeboden."]
)
def test_worden_with_a_participle_is_passive(sentence):
    assert Fault.PASSIVE in faults(sentence)


@pytest.mark.parametrize("sentence", ["Hij wordt boos.", "Je bent gebeld.", "Dat gebeurt vaak."])
def test_what_only_looks_passive_is_left_alone(sentence):
    assert Fault.PASSIVE not in faults(sentence)


def test_a_long_word_is_found_unless_the_glossary_has_it():
    sentence = "Dit is een drugscriminaliteit."
    assert faults(sentence) == [Fault.LONG_WORD]
    assert faults(sentence, explained=["Drugscriminaliteit"]) == []
    assert faults("Zij zijn havenmedewerkers.", explained=["havenmedewerker"]) == []


def test_stiff_words_are_found():
    finding = read(["Indien nodig bel je."]).findings[0]
    assert finding.fault == Fault.STIFF
    assert finding.words == ("indien",)


def test_more_than_eighty_words_want_a_heading():
    assert read([GOOD * 9]).long_stretches == 1
    assert read([GOOD] * 9).long_stretches == 0


def test_flesch_douma_tells_simple_from_hard():
    simple = read(["De man rijdt de vrachtwagen. Hij ziet een doos. De doos is niet van hem. Hij belt zijn baas. " * 3])
    heavy = "De multidisciplinaire samenwerkingsverbanden intensiveren informatie-uitwisseling over criminaliteit. "
    hard = read([heavy * 8])
    assert simple.flesch > 80
    assert hard.flesch < 30


def test_a_text_too_short_to_measure_has_no_score():
    assert read(["Bel 112."]).flesch is None


def test_lines_and_marks_end_sentences():
    assert sentences_of("Een\nTwee. Drie! Vier?") == ["Een", "Twee.", "Drie!", "Vier?"]


@pytest.mark.parametrize(("word", "count"), [("doos", 1), ("vrachtwagen", 3), ("politie", 3), ("rijbewijs", 3)])
def test_syllables(word, count):
    assert syllables(word) == count


def test_the_words_meant_are_marked_in_the_sentence():
    assert marked("Indien nodig, bel.", ["indien"]) == [("Indien", True), (" nodig, bel.", False)]


@pytest.mark.parametrize("text", ["", "   ", "12345", "\x00", "." * 1000, "a" * 5000])
def test_no_text_is_too_odd(text):
    read([text])
