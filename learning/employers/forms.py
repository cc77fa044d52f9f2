"""Forms of the employer's room."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.accounts import cards
from cms.accounts.languages import offered
from learning.employers.models import Organisation, Team
from learning.employers.reading import MAX_BYTES


class DateInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class TeamField(forms.ModelChoiceField):
    """One of an organisation's own teams, by its public id."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Team.objects.none(), to_field_name="public_id", label=_("Team"), **kwargs)


class OfOrganisation(forms.Form):
    """A form whose choices are one organisation's own."""

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        for field in self.fields.values():
            if isinstance(field, TeamField):
                field.queryset = organisation.teams.all()


class PersonForm(OfOrganisation):
    """One person to add."""

    first_name = forms.CharField(label=_("First name"), max_length=150, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Without an address this person gets a card with a code.")
    )
    personnel_number = forms.CharField(label=_("Personnel number"), max_length=40, required=False)
    team = TeamField(required=False, empty_label=_("No team"))
    starts_on = forms.DateField(label=_("First day"), widget=DateInput)
    ends_on = forms.DateField(
        label=_("Last day"), widget=DateInput, required=False, help_text=_("Leave it empty when there is no end yet.")
    )


class MoveForm(OfOrganisation):
    """Another team for one person."""

    team = TeamField(required=False, empty_label=_("No team"))


class EndForm(forms.Form):
    """The last day of an employment."""

    ends_on = forms.DateField(label=_("Last day"), widget=DateInput)


class TeamForm(OfOrganisation):
    """A team's name."""

    name = forms.CharField(label=_("Name of the team"), max_length=100)

    def __init__(self, *args: Any, team: Team | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team = team

    def clean_name(self) -> str:
        """A name that no other team of this organisation has, in whatever case."""
        name = " ".join(str(self.cleaned_data["name"]).split())
        others = self.organisation.teams.filter(name__iexact=name)
        if self.team is not None:
            others = others.exclude(pk=self.team.pk)
        if others.exists():
            raise forms.ValidationError(_("There is a team with this name already."))
        return name


class AssignForm(OfOrganisation):
    """Which module is asked of whom, and by when."""

    module = forms.TypedChoiceField(label=_("Module"), coerce=int, widget=forms.RadioSelect)
    team = TeamField(required=False, empty_label=_("Everyone"))
    due_on = forms.DateField(
        label=_("Deadline"),
        widget=DateInput,
        help_text=_("The whole day counts. Who joins later gets at least 30 days."),
    )

    def __init__(self, *args: Any, modules: dict[int, str], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["module"].choices = list(modules.items())  # type: ignore[attr-defined]
        self.fields["due_on"].widget.attrs["min"] = today.isoformat()


class UploadForm(forms.Form):
    """A file with staff. What it is, is told by its content."""

    file = forms.FileField(
        label=_("File with your staff"),
        help_text=_("Excel (.xlsx) or CSV, at most 5 MB and 50,000 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.txt"}),
        error_messages={"empty": _("This file is empty. Choose the file with your staff.")},
    )

    def clean_file(self) -> Any:
        """Refuses a file that is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("This file is larger than 5 MB. Split it and upload the parts one by one."))
        return file


class ManagerForm(forms.Form):
    """Whom to invite as a manager."""

    email = forms.EmailField(label=_("E-mail"))


class LanguageForm(forms.Form):
    """In which language people get their invitation."""

    language = forms.ChoiceField(label=_("Language of the e-mail"), choices=offered)


class ConsentForm(forms.Form):
    """On what ground names may be shown."""

    CONSENT, NONE_REQUIRED = "consent", "none_required"
    ground = forms.ChoiceField(
        label=_("What is the case with you?"),
        widget=forms.RadioSelect,
        choices=(
            (CONSENT, _("Our works council agreed")),
            (NONE_REQUIRED, _("We declare that no consent is required")),
        ),
    )
    consent_on = forms.DateField(label=_("Date of the consent"), widget=DateInput, required=False)
    declared_as = forms.CharField(label=_("Name and function of who declares this"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """Each ground needs its own proof."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("ground") == self.CONSENT and not data.get("consent_on") and "consent_on" not in self.errors:
            self.add_error("consent_on", _("Fill in the date on which the works council agreed."))
        if data.get("ground") == self.NONE_REQUIRED and not data.get("declared_as"):
            self.add_error("declared_as", _("Fill in the name and function of who declares this."))
        return data


class CodeForm(forms.Form):
    """The code of a card, typed over."""

    code = forms.CharField(
        label=_("Code on your card"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        """The code as it is stored."""
        code = cards.normalise(self.cleaned_data["code"])
        if not code.isalnum() or len(code) > 16:
            raise forms.ValidationError(_("Type the 12 letters and digits that are on your card."))
        return code


PIN = {"inputmode": "numeric", "maxlength": "6", "autocomplete": "new-password"}


class ClaimForm(forms.Form):
    """A PIN of one's own, twice, and one's name."""

    first_name = forms.CharField(
        label=_("First name"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    pin = forms.CharField(
        label=_("Choose a PIN"),
        help_text=_("6 digits. Tell it to nobody, not to your boss either."),
        widget=forms.PasswordInput(attrs=PIN),
    )
    pin_again = forms.CharField(label=_("Type the PIN again"), widget=forms.PasswordInput(attrs=PIN))

    def __init__(self, *args: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code = code

    def clean_pin(self) -> str:
        """A PIN that isn't easy to guess."""
        pin = str(self.cleaned_data["pin"])
        cards.check_pin(pin, self.code)
        return pin

    def clean_pin_again(self) -> str:
        """The same PIN."""
        again = str(self.cleaned_data["pin_again"])
        if "pin" in self.cleaned_data and again != self.cleaned_data["pin"]:
            raise forms.ValidationError(_("The two PINs are not the same. Type them again."))
        return again


class PinForm(forms.Form):
    """The PIN of a card that was claimed."""

    pin = forms.CharField(
        label=_("Your PIN"),
        widget=forms.PasswordInput(attrs={**PIN, "autocomplete": "current-password"}),
    )
