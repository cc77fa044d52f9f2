"""The forms of the sign-in and account pages."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.accounts import cards, languages, proof
from cms.accounts.models import User

#: Longer than anybody's password, short enough to hash at once.
_PASSWORD_MAX = 256


class EmailForm(forms.Form):
    """An address to mail a link to."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autocapitalize": "none"}),
    )


class PasswordForm(forms.Form):
    """E-mail address and password."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=_PASSWORD_MAX,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CardForm(forms.Form):
    """The code of a claim card and the PIN that goes with it."""

    code = forms.CharField(
        label=_("Code on your card"),
        max_length=40,
        help_text=_("12 letters and digits. Spaces and dashes don't matter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    pin = forms.CharField(
        label=_("PIN"),
        max_length=12,
        help_text=_("The 6 digits you chose yourself."),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "inputmode": "numeric"}),
    )


class NamesForm(forms.Form):
    """What we need to know of somebody new."""

    first_name = forms.CharField(
        label=_("First name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )


class CodeForm(forms.Form):
    """A code of a second factor."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("The 6 digits in your app, or one of your backup codes."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class EnrolForm(CodeForm):
    """The first code of a new authenticator app."""

    code = forms.CharField(
        label=_("Code in your app"),
        max_length=20,
        help_text=_("6 digits. Your app shows a new code every 30 seconds."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class DetailsForm(forms.ModelForm):
    """Somebody's own name and language."""

    language = forms.ChoiceField(label=_("Language"), choices=languages.offered)

    class Meta:
        model = User
        fields = ("first_name", "last_name", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, autocomplete in (("first_name", "given-name"), ("last_name", "family-name")):
            self.fields[name].required = True
            self.fields[name].widget.attrs["autocomplete"] = autocomplete
        self.fields["first_name"].label = _("First name")
        self.fields["last_name"].label = _("Last name")


class ProofForm(forms.Form):
    """Asks once more who it is, before something changes that keeps others out. Whoever has nothing to
    prove with (they sign in by link) must have signed in just now."""

    proof = forms.CharField(
        label=_("Show that it is you"),
        max_length=_PASSWORD_MAX,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order: tuple[str, ...] = ("proof",)

    def __init__(self, request: HttpRequest, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user = request, user
        if not proof.has_secret(user):
            del self.fields["proof"]
        elif user.has_usable_password():
            self.fields["proof"].help_text = _("Your password, or a code from your app.")
        else:
            self.fields["proof"].help_text = _("Your PIN, or a code from your app.")

    def _post_clean(self) -> None:
        """The proof comes last: a code of an app works once, and must not be used up by a form that is
        refused for another reason."""
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        if proof.given(self.request, self.user, self.cleaned_data.get("proof", ""), timezone.now()):
            return
        if "proof" in self.fields:
            self.add_error("proof", _("This is not right. Try again, or wait for the next code in your app."))
        else:
            self.add_error(None, _("You signed in more than 15 minutes ago. Sign out, sign in again and come back."))


class AddressForm(ProofForm, EmailForm):
    """A new e-mail address."""

    field_order = ("email", "proof")

    def clean_email(self) -> str:
        """The address in one spelling; it must be another one than now."""
        email: str = self.cleaned_data["email"].strip().lower()
        if email == self.user.email:
            raise forms.ValidationError(_("This is your address already."), code="same")
        return email


class NewPasswordForm(ProofForm):
    """A new password, twice."""

    new_password = forms.CharField(
        label=_("New password"),
        max_length=_PASSWORD_MAX,
        strip=False,
        help_text=password_validators_help_text_html,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password, once more"),
        max_length=_PASSWORD_MAX,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    field_order = ("proof", "new_password", "again")

    def clean_new_password(self) -> str:
        """Long enough, not a common one, not your name."""
        password: str = self.cleaned_data["new_password"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        data = super().clean() or self.cleaned_data
        if "new_password" in data and "again" in data and data["new_password"] != data["again"]:
            self.add_error("again", _("These two are not the same. Type the new password once more."))
        return data


class NewPinForm(ProofForm):
    """A new PIN for a claim card, twice."""

    new_pin = forms.CharField(
        label=_("New PIN"),
        max_length=12,
        help_text=_("6 digits that nobody can guess: no row, no repeated digits, no part of your code."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "inputmode": "numeric"}),
    )
    again = forms.CharField(
        label=_("New PIN, once more"),
        max_length=12,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "inputmode": "numeric"}),
    )
    field_order = ("proof", "new_pin", "again")

    def clean_new_pin(self) -> str:
        """Not one that is easy to guess, for any of the person's cards."""
        pin: str = self.cleaned_data["new_pin"]
        for code in ["", *self.user.claim_cards.values_list("code", flat=True)]:
            cards.check_pin(pin, code)
        return pin

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        data = super().clean() or self.cleaned_data
        if "new_pin" in data and "again" in data and data["new_pin"] != data["again"]:
            self.add_error("again", _("These two are not the same. Type the new PIN once more."))
        return data
