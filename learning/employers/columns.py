"""Which column of a file is what: Dutch and English names, as HR systems write them."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.employers.reading import Unreadable

#: Our fields, as a person reads them.
FIELDS = {
    "name": gettext_lazy("Name"),
    "first_name": gettext_lazy("First name"),
    "infix": gettext_lazy("Prefix of last name"),
    "last_name": gettext_lazy("Last name"),
    "email": gettext_lazy("E-mail"),
    "personnel_number": gettext_lazy("Personnel number"),
    "team": gettext_lazy("Team"),
    "starts_on": gettext_lazy("First day"),
    "ends_on": gettext_lazy("Last day"),
}

NAMES = {
    "name": "naam name volledigenaam fullname medewerker employee werknemer",
    "first_name": "voornaam firstname roepnaam givenname voornamen",
    "infix": "tussenvoegsel tussenvoegsels infix prefix voorvoegsel",
    "last_name": "achternaam lastname surname familienaam familyname",
    "email": "email emailadres mail mailadres emailaddress werkemail workemail mailaddress",
    "personnel_number": (
        "personeelsnummer persnr personeelsnr personnelnumber medewerkernummer medewerkersnummer employeenumber "
        "employeeid staffnumber nummer werknemersnummer persnummer"
    ),
    "team": "team afdeling ploeg department afdelingploeg teamnaam teamname",
    "starts_on": "startdatum indienst datumindienst startdate eerstedag firstday begindatum ingangsdatum start",
    "ends_on": "einddatum uitdienst datumuitdienst enddate laatstedag lastday einde",
}
FIELD_OF = {name: field for field, names in NAMES.items() for name in names.split()}


def plain(header: str) -> str:
    """A column name without case, spaces and signs."""
    return re.sub(r"[\W_]+", "", header.casefold())


def recognise(header: list[str]) -> list[str]:
    """Our field for each column of the file; empty where a column isn't ours and is left alone.

    Raises `Unreadable` when a column is missing or there twice; the text names the columns found.
    """
    fields = [FIELD_OF.get(plain(name), "") for name in header]
    for field in FIELDS:
        if fields.count(field) > 1:
            twice = ", ".join(name for name, own in zip(header, fields, strict=True) if own == field)
            raise Unreadable(_("These columns are the same to us: %(columns)s. Keep one of them.") % {"columns": twice})
    missing = []
    if "name" not in fields and "last_name" not in fields:
        missing.append(_("“naam” (or “voornaam” and “achternaam”)"))
    if "personnel_number" not in fields and "email" not in fields:
        missing.append(_("“personeelsnummer” or “e-mail”"))
    if missing:
        raise Unreadable(
            _("A column is missing: %(missing)s. We found: %(found)s. Add the column, or its name in the first row.")
            % {"missing": "; ".join(missing), "found": ", ".join(filter(None, header[:20])) or _("no names")}
        )
    return fields
