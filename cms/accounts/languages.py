"""The languages people may choose from: those with a catalogue of their own.

`LANGUAGES` holds more: languages that are prepared, in which editors may write, but that nobody is offered yet.
"""

from collections.abc import Collection
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info
from django.utils.translation.trans_real import parse_accept_lang_header

#: For who says that they read other languages, none of which is offered.
FOR_OTHERS = "en"


def offered() -> list[tuple[str, str]]:
    """Code and name of each offered language, in its own words: who looks for Polish looks for "Polski"."""
    return [(code, own_name(code)) for code in settings.OFFERED_LANGUAGES]


@cache
def own_name(code: str) -> str:
    """A language's name for itself."""
    return str(capfirst(get_language_info(code)["name_local"]))


def is_offered(code: str | None) -> bool:
    """Whether people may choose this language."""
    return code in settings.OFFERED_LANGUAGES


def of_browser(request: HttpRequest, among: Collection[str] | None = None) -> str:
    """The offered language (or one of `among`) that the visitor's browser likes best. Dutch when the browser says
    nothing, English when it names only languages that aren't there."""
    known = settings.OFFERED_LANGUAGES if among is None else among
    asked = parse_accept_lang_header(request.headers.get("accept-language", "").lower()[:500])
    for code, _weight in asked:
        if code == "*":
            break
        if (found := code.split("-")[0]) in known:
            return found
    else:
        if asked and FOR_OTHERS in known:
            return FOR_OTHERS
    return str(settings.LANGUAGE_CODE)


def other_languages(
    request: HttpRequest, among: Collection[str] | None = None, *, question: bool = True
) -> list[dict[str, str]]:
    """This address in the other languages that are offered (or those of `among`), for the switch; without its
    question where that holds what anybody may have put there. For screens whose address is the same in every
    language but for the language itself."""
    return address_in_others(request.get_full_path() if question else request.path, among)


def address_in_others(address: str, among: Collection[str] | None = None) -> list[dict[str, str]]:
    """This address in the languages that are offered (or those of `among`) besides the one that is spoken now."""
    return [
        {"code": code, "label": label, "url": translate_url(address, code)}
        for code, label in offered()
        if code != get_language() and (among is None or code in among)
    ]
