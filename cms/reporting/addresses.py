"""Where the reporting page lives, and which addresses lead to it or on from it.

Nothing that leads to the reporting page, to a telephone number or to Meld Misdaad Anoniem itself is
ever counted or logged: every counter and every log filter asks `is_reporting` first.
"""

import posixpath
import re
import unicodedata
from urllib.parse import unquote, urlsplit

#: The one evergreen page in each language. These addresses never move.
REPORTING_PATHS = {
    "nl": "/nl/melden/",
    "en": "/en/report/",
    "de": "/de/melden/",
    "pl": "/pl/zglos/",
    "ro": "/ro/raporteaza/",
    "uk": "/uk/povidomyty/",
}
#: Which page a language gets that has none of its own.
FOR_OTHERS = "en"

#: The page's name as people type it, with its own letters too, and the language it is in. An address that is
#: nearly right must not end in a "not found" that something writes down.
_WORDS = {
    "melden": "nl",
    "report": "en",
    "zglos": "pl",
    "zgłoś": "pl",
    "raporteaza": "ro",
    "raportează": "ro",
    "povidomyty": "uk",
    "повідомити": "uk",
}
#: "/melden", "/pl/melden", "/pl-pl/zglos": whatever stands before the word is taken for a language, also one that
#: the platform does not speak ("/bg/melden", "/fr/report").
_NEARLY = re.compile(rf"/(?:([a-z]{{2}})(?:[-_][a-z]+)?/)?({'|'.join(_WORDS)})(?:/|$)")
_M_HOST = "meldmisdaadanoniem.nl"
_CALLS = ("tel:", "sms:", "callto:")


def _plain(text: str) -> str:
    """The address in lower case, with percent-encoding undone however often it was applied."""
    for _round in range(5):
        decoded = unquote(text, errors="replace")
        if decoded == text:
            break
        text = decoded
    text = re.sub(r"[\x00-\x20\x7f\u200b-\u200f\u2060\ufeff]", "", text)
    return unicodedata.normalize("NFC", text).lower()


def _path(text: str) -> str:
    """The path of an address without its slashes too many, dot segments and trailing slash."""
    path = posixpath.normpath("/" + text.replace("\\", "/").lstrip("/"))
    return re.sub(r"/+", "/", path).split(";")[0].rstrip("/") or "/"


def language_of(path: str) -> str | None:
    """The language of the reporting page that this path means, or None when it means another page.

    Nearly right counts: another case, a missing or doubled slash, encoded letters, another language's word,
    or anything below the page. A language without a page gets the English one.
    """
    found = _NEARLY.match(_path(_plain(path)))
    if found is None:
        return None
    language = found[1] or _WORDS[found[2]]
    return language if language in REPORTING_PATHS else FOR_OTHERS


def is_reporting(path_or_url: str) -> bool:
    """Whether a visit to this address shows that somebody looked at how to report.

    Takes a path or a whole URL, with any host, query, fragment, case or encoding. True for the
    reporting page in every language, for every `tel:` address and for Meld Misdaad Anoniem's own site.
    """
    plain = _plain(path_or_url)
    if plain.startswith(_CALLS):
        return True
    if language_of(re.split(r"[?#]", plain, maxsplit=1)[0]):
        return True
    try:
        parts = urlsplit(plain.replace("\\", "/"))
        host = parts.hostname or ""
    except ValueError:  # not an address at all: count nothing rather than too much
        return True
    if not parts.netloc and "/" in plain:
        # "weerbaar.example/nl/melden/", as people write it
        host, _slash, rest = plain.partition("/")
        return "." in host and (language_of("/" + rest) is not None or _is_m(host))
    return _is_m(host or plain) or language_of(parts.path) is not None


def _is_m(host: str) -> bool:
    host = host.split(":")[0].rstrip(".")
    return host == _M_HOST or host.endswith("." + _M_HOST)
