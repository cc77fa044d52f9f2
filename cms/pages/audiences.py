"""For whom the platform is. Every room that speaks of an audience means one of these."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Drawing(models.TextChoices):
    """The platform's own drawings; the value is the name of the file in `static/img/`."""

    TRUCK = "truck", _("Truck at a car park")
    KAS = "kas", _("Greenhouse")
    KRAAN = "kraan", _("Crane on the quay")
    BUREAU = "bureau", _("Desk")
    TELEFOON = "telefoon", _("Telephone")


class Place(models.TextChoices):
    """Drawings of places, for areas; like `Drawing`."""

    SCHIP = "schip", _("Ship with containers")
    VLIEGTUIG = "vliegtuig", _("Aircraft and luggage")
    SLUIS = "sluis", _("Lock in a canal")


class Scene(models.TextChoices):
    """The drawings on signal cards; the value is the id of a symbol in `static/img/signals.svg`."""

    BAG = "bag", _("Strange bag")
    CONTAINER = "container", _("Open container")
    DOOR = "door", _("Open door")
    DRUMS = "drums", _("Drums")
    FENCE = "fence", _("Hole in the fence")
    GIFT = "gift", _("Gift")
    MESSAGE = "message", _("Message from a stranger")
    MONEY = "money", _("Cash")
    PAPERS = "papers", _("Papers")
    PARCEL = "parcel", _("Parcel")
    PARKING = "parking", _("Car park")
    PASS = "pass", _("Pass")
    PASSPORT = "passport", _("Passport")
    ROSTER = "roster", _("Roster")
    SCREEN = "screen", _("Screen")
    SEAL = "seal", _("Seal")
    SEARCH = "search", _("Magnifying glass")
    SHED = "shed", _("Shed without a name")
    TALK = "talk", _("Conversation")


class Audience(models.TextChoices):
    """Whom a module or a page is for; the value is also the CSS class `a-<value>`."""

    CHAUFFEURS = "chauffeurs", _("Drivers")
    KWEKERS = "kwekers", _("Growers")
    TERMINAL = "terminal", _("Terminal staff")
    AMBTENAREN = "ambtenaren", _("Civil servants")

    @property
    def drawing(self) -> Drawing:
        """The drawing on this audience's door."""
        return _DOORS[self.value]


_DOORS = {
    "chauffeurs": Drawing.TRUCK,
    "kwekers": Drawing.KAS,
    "terminal": Drawing.KRAAN,
    "ambtenaren": Drawing.BUREAU,
}
