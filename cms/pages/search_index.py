"""What the search index knows: which pages and documents hold these words, and which words were meant.

It reads the index that Wagtail keeps (the worker brings it up to date). Words come in as `words_of` makes them, so no
sign of any search language ever reaches a database.
"""

import json
import re
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher, get_close_matches
from functools import reduce
from operator import and_
from typing import Any

from django.contrib.postgres.search import CombinedSearchVector, SearchQuery, SearchRank
from django.db import connection
from django.db.models import F
from wagtail.search.models import IndexEntry

from cms.pages.search_backend import PLAIN, config_of

MOST_WORDS = 8
#: How much a word in a title counts for, against one in the text.
TITLE = 6
#: From where on two words are taken for the same word, mistyped: PostgreSQL's trigrams, and the ratio of difflib.
SIMILAR, RATIO = 0.3, 0.72

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_ENDING = re.compile(r"(?:en|s|e)$")
#: Columns of the index: completions, text, title.
_SQLITE = """
    SELECT entry.content_type_id, entry.object_id
    FROM wagtailsearch_indexentry_fts JOIN wagtailsearch_indexentry AS entry
        ON entry.id = wagtailsearch_indexentry_fts.rowid
    WHERE wagtailsearch_indexentry_fts MATCH %s
        AND entry.content_type_id IN (SELECT value FROM json_each(%s))
    ORDER BY bm25(wagtailsearch_indexentry_fts, 0, 1, %s), entry.object_id
"""
_NEAREST = """
    SELECT word FROM unnest(%s::text[]) AS word
    WHERE similarity(word, %s) >= %s ORDER BY similarity(word, %s) DESC, word LIMIT 5
"""


def words_of(text: str) -> list[str]:
    """The words of a question, in small letters; what is no letter or digit is left out, and so is what is too much."""
    return [word for word in _WORD.findall(text.lower()) if len(word) < 60][:MOST_WORDS]


def beginning(word: str) -> str:
    """The word without an ending of a plural, if enough is left: what other forms of it begin with."""
    short = _ENDING.sub("", word)
    return short if len(short) >= 4 else word


def ranked(words: list[str], language: str, types: Collection[int]) -> list[tuple[int, str]]:
    """Content type and id of everything of these types in the index that holds all words, the best first. Whether
    somebody may see it is for the caller to ask."""
    if not words:
        return []
    if connection.vendor == "postgresql":
        return _ranked_by_postgresql(words, config_of(language), types)
    asked = " AND ".join(f'"{beginning(word)}"*' for word in words)
    with connection.cursor() as cursor:
        cursor.execute(_SQLITE, [f"{{title body}} : ({asked})", json.dumps(sorted(types)), TITLE])
        return [(content_type, object_id) for content_type, object_id in cursor.fetchall()]


def _ranked_by_postgresql(words: list[str], config: str, types: Collection[int]) -> list[tuple[int, str]]:
    """Each word by the rules of the language, or as the beginning of a longer one."""
    asked = reduce(
        and_,
        (
            SearchQuery(word, config=config) | SearchQuery(f"'{beginning(word)}':*", config=PLAIN, search_type="raw")
            for word in words
        ),
    )
    entries: Any = IndexEntry.objects.filter(content_type__in=types)
    entries = entries.annotate(words=CombinedSearchVector(F("title"), "||", F("body"), None)).filter(words=asked)
    rank = SearchRank(F("title"), asked) * TITLE + SearchRank(F("body"), asked)
    return list(entries.order_by(rank.desc(), "object_id").values_list("content_type_id", "object_id"))


def texts(ids: Iterable[int], types: Collection[int]) -> dict[int, str]:
    """The text of these objects as the index keeps it: everything that is searched but the title, without markup."""
    text = "body_text" if connection.vendor == "postgresql" else "body"
    entries: Any = IndexEntry.objects.filter(content_type__in=types, object_id__in=[str(pk) for pk in ids])
    return {int(object_id): body or "" for object_id, body in entries.values_list("object_id", text)}


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word that this one was probably meant to be, or None."""
    if len(word) < 4:
        return None
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_NEAREST, [sorted(known), word, SIMILAR, word])
            known = [row[0] for row in cursor.fetchall()]
        # Trigrams alone find too much in a small vocabulary.
        return next((each for each in known if SequenceMatcher(None, word, each).ratio() >= RATIO), None)
    return next(iter(get_close_matches(word, sorted(known), n=1, cutoff=RATIO)), None)
