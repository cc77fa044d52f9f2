"""The living page of every component in all its states, for editors and makers. A component says itself what it is and
what it takes: its first comment stands on the page."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.accounts import second_factor
from cms.pages.audiences import Audience, Drawing, Place

_FOLDER = Path(settings.BASE_DIR) / "templates" / "components"
_COMMENT = re.compile(r"{% comment %}\s*(.*?)\s*{% endcomment %}", re.DOTALL)


#: The parts of the page.
PARTS = (
    ("foundation", _("Foundation")),
    ("frame", _("Around every page")),
    ("number", _("The number")),
    ("states", _("States and messages")),
    ("lists", _("Lists and cards")),
    ("forms", _("Forms")),
    ("learning", _("Learning")),
    ("plans", _("Plans")),
)


@dataclass(frozen=True)
class Component:
    """A file of `templates/components/`: its name, what it says of itself, and how a template includes it."""

    name: str
    says: str

    @property
    def include(self) -> str:
        """The line for a template."""
        return f'{{% include "components/{self.name}.html" %}}'


def components() -> dict[str, Component]:
    """Every component by its name."""
    found = {}
    for path in sorted(_FOLDER.glob("*.html")):
        comment = _COMMENT.search(path.read_text(encoding="utf-8"))
        found[path.stem] = Component(path.stem, comment.group(1) if comment else "")
    return found


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label=_("Name"), help_text=_("As it stands on your pass."))
    email = forms.EmailField(label=_("E-mail address"))
    count = forms.IntegerField(label=_("Number"), required=False)
    day = forms.DateField(label=_("Date"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(label=_("Kind"), choices=Drawing.choices)
    why = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    file = forms.FileField(label=_("File"), required=False)
    audience = forms.ChoiceField(label=_("Audience"), choices=Audience.choices, widget=forms.RadioSelect)
    agreed = forms.BooleanField(label=_("I have read it"))


def samples() -> dict[str, Any]:
    """What the components show here. Nothing of it is a fact about anything."""
    wrong = SampleForm({"name": "", "email": "no address"}, prefix="wrong")
    wrong.is_valid()
    today = date(2026, 9, 3)
    return {
        "form": SampleForm(initial={"kind": "kraan"}, auto_id="plain_%s"),
        "wrong": wrong,
        "notes": [Message(level, str(_("Saved."))) for level in (constants.SUCCESS, constants.INFO, constants.ERROR)],
        "page_obj": Paginator(range(95), 20).page(2),
        "channel": {"number": "0800-7000", "href": "tel:08007000", "name": "Meld Misdaad Anoniem (M.)"},
        "anchors": [{"id": anchor, "label": label} for anchor, label in PARTS],
        "links": [{"label": _("Privacy"), "url": "#lists"}, {"label": _("Accessibility"), "url": "#lists"}],
        "audiences": Audience.choices,
        "drawings": [*Drawing.choices, *Place.choices],
        "states": ("open", "done", "late", "expired", "waiting", "planned", "ready", "live"),
        "sourced": SimpleNamespace(
            title=_("Signals at container terminals"),
            source=_("Who says so"),
            checked_on=today,
            review_on=today,
            translation_to_check=True,
        ),
        "day": today,
    }


@require_safe
@never_cache
def style_guide(request: HttpRequest) -> HttpResponse:
    """The page, for who may use the CMS and took the second step; it doesn't exist for anyone else who signed in."""
    user = second_factor.first_step(request)
    if user is not None and not second_factor.may_use_cms(user):
        raise Http404
    if not second_factor.is_verified(request.user):
        return HttpResponseRedirect(second_factor.missing_step(request))
    context = {"parts": components(), **samples()}
    return render(request, "pages/admin/style_guide/page.html", context)
