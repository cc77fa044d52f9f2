"""Forms of people who ask, and of editors who judge. Each takes only the fields it shows."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.pages.documents import check_pdf
from cms.professionals.models import RestrictedPage

#: Where anybody gets an address (the providers that Dutch people use most). A small firm may have no other:
#: then it says so, and the editor sees that.
FREE_MAIL = frozenset(
    {
        "aol.com", "casema.nl", "chello.nl", "freedom.nl", "gmail.com", "gmx.com", "gmx.net", "googlemail.com",
        "hetnet.nl", "home.nl", "hotmail.com", "hotmail.nl", "icloud.com", "kpnmail.nl", "kpnplanet.nl", "live.com",
        "live.nl", "mail.com", "me.com", "msn.com", "outlook.com", "outlook.nl", "planet.nl", "proton.me",
        "protonmail.com", "quicknet.nl", "telfort.nl", "tele2.nl", "upcmail.nl", "web.de", "xs4all.nl", "yahoo.com",
        "ziggo.nl",
    }
)  # fmt: skip


def is_private(email: str) -> bool:
    """Whether this looks like somebody's private address."""
    return email.rpartition("@")[2].strip().lower() in FREE_MAIL


class DateInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class WhyForm(forms.Form):
    """What an editor needs to judge; asked again at a renewal."""

    organisation = forms.CharField(
        label=_("Organisation"), max_length=160, widget=forms.TextInput({"autocomplete": "organization"})
    )
    role = forms.CharField(
        label=_("Your role"),
        max_length=160,
        help_text=_("For example: harbour police officer, PFSO of a terminal."),
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )
    why = forms.CharField(
        label=_("Why do you ask for an account?"),
        max_length=1000,
        help_text=_("What is your part in safety here? Two sentences will do. Write nothing about cases or people."),
        widget=forms.Textarea({"rows": 4}),
    )


class RequestForm(WhyForm):
    """Somebody asks for an account."""

    first_name = forms.CharField(
        label=_("First name"), max_length=150, widget=forms.TextInput({"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=150, widget=forms.TextInput({"autocomplete": "family-name"})
    )
    email = forms.EmailField(
        label=_("Work e-mail address"),
        max_length=254,
        help_text=_("We mail you a link to confirm it. You sign in with it later."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    private = forms.BooleanField(label=_("I have no work e-mail address"), required=False)

    field_order = ("first_name", "last_name", "organisation", "role", "email", "private", "why")

    def clean(self) -> dict[str, Any]:
        """A private address is taken from who says that there is no other."""
        entered: dict[str, Any] = super().clean() or {}
        if is_private(entered.get("email", "")) and not entered.get("private"):
            self.add_error(
                "email",
                _(
                    "This looks like a private address. Use your work address. You have none? Tick the box below: "
                    "the editor then asks you for proof if needed."
                ),
            )
        return entered


class AnswerForm(forms.Form):
    """The answer to an editor's question."""

    answer = forms.CharField(label=_("Your answer"), max_length=1000, widget=forms.Textarea({"rows": 4}))


class ApproveForm(forms.Form):
    """Until when access is given."""

    until = forms.DateField(label=_("Access until and including"), widget=DateInput)

    def __init__(self, *args: Any, first: date, last: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first, self.last = first, last
        self.fields["until"].widget.attrs.update(min=first.isoformat(), max=last.isoformat())
        self.fields["until"].initial = last
        self.fields["until"].help_text = _("At most twelve months.")

    def clean_until(self) -> date:
        """From today on, and at most twelve months."""
        until: date = self.cleaned_data["until"]
        if not self.first <= until <= self.last:
            raise ValidationError(_("Choose a day from today on, at most twelve months away."))
        return until


class RefuseForm(forms.Form):
    """Why not. The person reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        help_text=_("The person reads this. Say what is missing, or where they can go."),
        widget=forms.Textarea({"rows": 4}),
    )


class QuestionForm(forms.Form):
    """Something to ask."""

    text = forms.CharField(
        label=_("Question"),
        max_length=1000,
        help_text=_("The person reads this and answers on a page. Don't ask for copies of identity papers."),
        widget=forms.Textarea({"rows": 4}),
    )


class FilterForm(forms.Form):
    """What of the queue is shown."""

    SHOW = (("open", _("Open")), ("overdue", _("Past the term")), ("decided", _("Decided")), ("all", _("All")))

    show = forms.ChoiceField(label=_("Show"), choices=SHOW, required=False)
    area = forms.ChoiceField(label=_("Area"), required=False)

    def __init__(self, *args: Any, areas: dict[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", _("All areas")), *((str(key), name) for key, name in areas.items())]  # type: ignore[attr-defined]


class VersionForm(forms.Form):
    """A version of a restricted document."""

    number = forms.CharField(label=_("Version"), max_length=20, help_text=_("1.0, 2.1 or a year."))
    date = forms.DateField(label=_("Date of this version"), widget=DateInput)
    file = forms.FileField(label=_("PDF"), help_text=_("At most 20 MB."))

    def clean_file(self) -> Any:
        """A PDF of at most 20 MB, by what it holds."""
        return check_pdf(self.cleaned_data["file"])


class DocumentForm(VersionForm):
    """A new restricted document with its first version."""

    area = forms.TypedChoiceField(label=_("Area"), coerce=UUID)
    title = forms.CharField(label=_("Title"), max_length=160)
    source = forms.CharField(label=_("Source"), max_length=200, help_text=_("Who wrote it."))
    note = forms.CharField(
        label=_("Note"), max_length=300, required=False, help_text=_("What it is for, in one sentence.")
    )
    page_key = forms.TypedChoiceField(
        label=_("Also on this page"), coerce=UUID, required=False, empty_value=None, choices=()
    )

    field_order = ("area", "title", "source", "note", "page_key", "number", "date", "file")

    def __init__(self, *args: Any, areas: dict[UUID, str], pages: list[RestrictedPage], **kwargs: Any) -> None:
        """`areas` are those of the editor, by key; `pages` the restricted pages in them."""
        super().__init__(*args, **kwargs)
        self.pages = {page.translation_key: page for page in pages}
        self.fields["area"].choices = [(str(key), name) for key, name in areas.items()]  # type: ignore[attr-defined]
        self.fields["page_key"].choices = [  # type: ignore[attr-defined]
            ("", _("No page")),
            *((str(key), page.title) for key, page in self.pages.items()),
        ]

    def clean(self) -> dict[str, Any]:
        """A page of the same area."""
        entered: dict[str, Any] = super().clean() or {}
        page = self.pages.get(entered.get("page_key"))
        if page is not None and entered.get("area") != page.area:
            self.add_error("page_key", _("This page belongs to another area."))
        return entered
