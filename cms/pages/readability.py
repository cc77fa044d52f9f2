"""How plain a Dutch text is. Pure functions on text; the CMS shows what they find, as a warning and never as proof:
no tool certifies B1.

Rules: sentences of ten words on average and fifteen at most; one subordinate clause a sentence; no "worden" with a
past participle; no words over twelve letters that the glossary doesn't explain; no words of the list below; a
heading every eighty words; Flesch-Douma of 65 or more (206.835 - 0.93 words a sentence - 77 syllables a word).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

MEAN_WORDS = 10
MAX_WORDS = 15
MAX_CLAUSES = 1
MAX_LETTERS = 12
WORDS_A_HEADING = 80
FLESCH_DOUMA = 65.0

#: Stiff words, and what to write instead (communicatierijk.nl and our own).
INSTEAD = {
    "aangaande": "over",
    "aanvangen": "beginnen",
    "alsmede": "en",
    "alvorens": "voordat",
    "betreffende": "over",
    "conform": "volgens",
    "dienen": "moeten",
    "dient": "moet",
    "doch": "maar",
    "echter": "maar",
    "eveneens": "ook",
    "geschieden": "gebeuren",
    "indien": "als",
    "inzake": "over",
    "middels": "met",
    "omtrent": "over",
    "relevant": "belangrijk",
    "relevante": "belangrijke",
    "reeds": "al",
    "teneinde": "om",
    "tevens": "ook",
    "thans": "nu",
    "verstrekken": "geven",
    "verstrekt": "geeft",
    "wederom": "weer",
}
#: Words that begin a subordinate clause.
_CLAUSE_WORDS = (
    "omdat doordat zodat opdat terwijl hoewel ofschoon tenzij mits nadat voordat totdat zodra wanneer indien "
    "waardoor waarbij waarin waarmee waarop waarvan waarvoor dat die als"
)
_CLAUSES = frozenset(_CLAUSE_WORDS.split())
_PASSIVE = frozenset(["word", "wordt", "worden", "werd", "werden", "geworden"])
_BEFORE = "aan|af|be|bij|door|her|in|mee|mis|na|om|onder|ont|op|over|toe|uit|ver|voor|weg"
_PARTICIPLE = re.compile(rf"^(?:(?:{_BEFORE})?ge\w{{2,}}|(?:be|her|ont|ver|mis)\w{{2,}})(?:d|t|en)$")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE = re.compile(r"(?<=[.!?…:])[\s\n]+|\n+")
_VOWELS = re.compile(r"ij|[aeiouyáàäâéèëêíìïîóòöôúùüû]+", re.IGNORECASE)


class Fault(Enum):
    """What makes a sentence hard."""

    LONG = "long"
    CLAUSES = "clauses"
    PASSIVE = "passive"
    LONG_WORD = "long word"
    STIFF = "stiff"


@dataclass(frozen=True)
class Finding:
    """A sentence with what is wrong with it: `words` are the words meant, or how many there are."""

    fault: Fault
    sentence: str
    words: tuple[str, ...] = ()


@dataclass
class Reading:
    """What was found in a text. `flesch` is None for a text too short to measure."""

    words: int = 0
    sentences: int = 0
    flesch: float | None = None
    findings: list[Finding] = field(default_factory=list)
    long_stretches: int = 0

    @property
    def mean(self) -> float:
        """Words a sentence."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def is_plain(self) -> bool:
        """Whether nothing was found and the averages are within the rules."""
        measured = self.flesch is None or self.flesch >= FLESCH_DOUMA
        return measured and not self.findings and not self.long_stretches and self.mean <= MEAN_WORDS


def sentences_of(text: str) -> list[str]:
    """The sentences of a text; a line is a sentence of its own."""
    return [part.strip() for part in _SENTENCE.split(text) if _WORD.search(part)]


def words_of(text: str) -> list[str]:
    """The words of a text, without numbers and signs."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """About how many syllables a Dutch word has: its groups of vowels."""
    return max(1, len(_VOWELS.findall(word)))


def read(passages: Iterable[str], explained: Iterable[str] = ()) -> Reading:
    """What there is to say about these passages, each the text between two headings. `explained` are words that
    may be long: those of the glossary."""
    known = {word.lower() for text in explained for word in words_of(text)}
    reading = Reading()
    sounds = 0
    for passage in passages:
        found = words_of(passage)
        reading.long_stretches += len(found) > WORDS_A_HEADING
        reading.words += len(found)
        sounds += sum(syllables(word) for word in found)
        for sentence in sentences_of(passage):
            reading.sentences += 1
            reading.findings += _faults(sentence, known)
    if reading.words >= 2 * MAX_WORDS:
        reading.flesch = 206.835 - 0.93 * reading.mean - 77 * sounds / reading.words
    return reading


def _faults(sentence: str, known: set[str]) -> Iterator[Finding]:
    words = words_of(sentence)
    lower = [word.lower() for word in words]
    if len(words) > MAX_WORDS:
        yield Finding(Fault.LONG, sentence, (str(len(words)),))
    clauses = [word for word in lower[1:] if word in _CLAUSES]
    if len(clauses) > MAX_CLAUSES:
        yield Finding(Fault.CLAUSES, sentence, tuple(clauses))
    passive = [word for word in lower if word in _PASSIVE]
    participles = [word for word in lower if word not in _PASSIVE and _PARTICIPLE.match(word)]
    if passive and participles:
        yield Finding(Fault.PASSIVE, sentence, (passive[0], participles[-1]))
    long = [word for word in words if len(word) > MAX_LETTERS and not _is_known(word.lower(), known)]
    if long:
        yield Finding(Fault.LONG_WORD, sentence, tuple(long))
    stiff = [word for word in lower if word in INSTEAD]
    if stiff:
        yield Finding(Fault.STIFF, sentence, tuple(stiff))


def _is_known(word: str, known: set[str]) -> bool:
    """Whether the glossary explains this word, or its singular."""
    return word in known or word.removesuffix("en") in known or word.removesuffix("s") in known


def marked(sentence: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """The sentence in pieces, each with whether it is one of these words."""
    wanted = {word.lower() for word in words}
    pieces: list[tuple[str, bool]] = []
    end = 0
    for match in _WORD.finditer(sentence):
        if match.group().lower() in wanted:
            pieces += [(sentence[end : match.start()], False), (match.group(), True)]
            end = match.end()
    return [piece for piece in [*pieces, (sentence[end:], False)] if piece[0]]
