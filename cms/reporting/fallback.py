"""What the reporting page says when it can't be read: the three numbers, from the code itself.

No promise stands here: it could be out of date, and this text changes with a release only. Nobody has checked
the translations, and each of them says so.
"""

_STYLE = (
    "body{margin:0 auto;max-width:38rem;padding:1.5rem 1rem;font:1.125rem/1.55 system-ui,sans-serif;"
    "color:#082730;background:#f3f7f5}a{color:#0f4f5c}dt{margin-top:1.5rem}dd{margin:0}"
    "dd a{display:inline-block;min-height:2.75rem;font-size:2.25rem;font-weight:700}"
    "@media(prefers-color-scheme:dark){body{color:#fff;background:#041b22}a{color:#a9dad7}}"
)

_TEXTS = {
    "nl": {
        "title": "Melden",
        "now": "Gevaar, of gebeurt het nu?",
        "m": "Meld Misdaad Anoniem (M.)",
        "police": "Politie, geen haast",
        "keeps": "Deze pagina bewaart niets van je bezoek. Je belgeschiedenis en je browser bewaren wel iets.",
        "work": "Bel niet met een telefoon of netwerk van je werk.",
        "home": "Naar de voorpagina",
    },
    "en": {
        "title": "Report",
        "now": "Danger, or is it happening now?",
        "m": "Meld Misdaad Anoniem (M.)",
        "police": "Police, no urgency",
        "keeps": "This page keeps nothing of your visit. Your call list and your browser do keep something.",
        "work": "Do not use a phone or network of your work.",
        "home": "To the front page",
    },
    "de": {
        "title": "Melden",
        "now": "Gefahr, oder passiert es gerade jetzt?",
        "m": "Meld Misdaad Anoniem (M.)",
        "police": "Polizei, keine Eile",
        "keeps": "Diese Seite speichert nichts von deinem Besuch. Deine Anrufliste und dein Browser speichern etwas.",
        "work": "Ruf nicht mit einem Handy oder Netz von der Arbeit an.",
        "home": "Zur Startseite",
        "to_check": "Diese Übersetzung muss noch von einer Übersetzerin oder einem Übersetzer geprüft werden.",
    },
    "pl": {
        "title": "Zgłoś",
        "now": "Jest niebezpiecznie albo to dzieje się teraz?",
        "m": "Meld Misdaad Anoniem (M.)",
        "police": "Policja, bez pośpiechu",
        "keeps": "Ta strona nie zapisuje nic o twojej wizycie. Lista połączeń i przeglądarka coś jednak zapisują.",
        "work": "Nie dzwoń z telefonu ani z sieci z pracy.",
        "home": "Do strony głównej",
        "to_check": "To tłumaczenie musi jeszcze sprawdzić tłumacz.",
    },
    "ro": {
        "title": "Raportează",
        "now": "E pericol sau se întâmplă chiar acum?",
        "m": "Meld Misdaad Anoniem (M.)",
        "police": "Poliția, fără grabă",
        "keeps": "Pagina aceasta nu păstrează nimic din vizita ta. Lista de apeluri și browserul păstrează ceva.",
        "work": "Nu suna de pe un telefon sau dintr-o rețea de la muncă.",
        "home": "La prima pagină",
        "to_check": "Această traducere trebuie încă verificată de un traducător.",
    },
    "uk": {
        "title": "Повідомити",
        "now": "Є небезпека, або це відбувається зараз?",
        "m": "Meld Misdaad Anoniem (M.)",
        "police": "Поліція, не терміново",
        "keeps": "Ця сторінка нічого не зберігає про твій візит. Список дзвінків і браузер дещо зберігають.",
        "work": "Не дзвони з робочого телефону чи робочої мережі.",
        "home": "На головну сторінку",
        "to_check": "Цей переклад ще має перевірити перекладач.",
    },
}


def page(language: str) -> bytes:
    """The whole page in this language, Dutch when there is none in it."""
    language = language if language in _TEXTS else "nl"
    text = _TEXTS[language]
    to_check = f"<p>{text['to_check']}</p>" if "to_check" in text else ""
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">'
        f"<title>{text['title']}</title><style>{_STYLE}</style></head><body><main><h1>{text['title']}</h1><dl>"
        f'<dt>{text["now"]}</dt><dd><a href="tel:112" rel="noreferrer">112</a></dd>'
        f'<dt>{text["m"]}</dt><dd><a href="tel:08007000" rel="noreferrer">0800-7000</a></dd>'
        f'<dt>{text["police"]}</dt><dd><a href="tel:09008844" rel="noreferrer">0900-8844</a></dd></dl>'
        f"<p>{text['keeps']} {text['work']}</p>{to_check}"
        f'<p><a href="/{language}/">{text["home"]}</a></p></main></body></html>\n'
    ).encode()
