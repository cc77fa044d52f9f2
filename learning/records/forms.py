"""What a browser sends, bound."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

NEXT, PREVIOUS = "next", "previous"


class ChosenField(forms.Field):
    """The chosen options: any number of ids, each at most once."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[UUID]:
        """Ids from what was sent. Raises `ValidationError` for what isn't an id."""
        try:
            return [UUID(str(item)) for item in dict.fromkeys(value or [])]
        except ValueError as error:
            raise forms.ValidationError(_("This is not an answer.")) from error


class AnswerForm(forms.Form):
    """One answer, and where to go after it."""

    attempt = forms.UUIDField()
    question = forms.UUIDField()
    chosen = ChosenField(required=False)
    go = forms.ChoiceField(choices=[(NEXT, NEXT), (PREVIOUS, PREVIOUS)], required=False)


class SubmitForm(forms.Form):
    """Handing in."""

    attempt = forms.UUIDField()


class CheckForm(forms.Form):
    """A name that should be confirmed."""

    name = forms.CharField(
        label=_("Name of the holder"),
        max_length=400,
        strip=True,
        help_text=_("First and last name, as they stand on the certificate."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class CodeForm(forms.Form):
    """A typed code."""

    code = forms.CharField(
        label=_("Code of the certificate"),
        max_length=40,
        strip=True,
        help_text=_("Twelve letters and numbers. Spaces and dashes do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
    )
