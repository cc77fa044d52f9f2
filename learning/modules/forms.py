"""What an editor fills in: the module page, and its release."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from learning.modules import rules
from learning.modules.models import Edition

#: What each kind of release means for learners, beside its name.
MEANING = {
    Edition.Kind.FIRST: _("People can take this module from now on."),
    Edition.Kind.TYPO: _("Nobody is told. The answer key must be the same."),
    Edition.Kind.CLARIFIED: _("The same facts, in other words. Nobody is told. The answer key must be the same."),
    Edition.Kind.MATERIAL: _(
        "The content is different. Earlier passes stay valid until their date; nobody is asked to retake yet."
    ),
    Edition.Kind.WRONG_KEY: _(
        "A right answer was counted as wrong, or the other way round. The questions are the same."
        " Results that stand are not changed."
    ),
}


class ModulePageForm(WagtailAdminPageForm):
    """The module page. What spans several blocks is checked here, when the page is published; a draft may be
    half done."""

    def clean(self) -> dict[str, Any]:
        """Checks that questions point to lessons, and that the quiz has enough of them."""
        cleaned: dict[str, Any] = super().clean()
        if not self.is_deferred_validation and cleaned.get("lessons") is not None and "questions" in cleaned:
            known = [lesson.value["key"] for lesson in cleaned["lessons"]]
            faults = {
                position: fault
                for position, question in enumerate(cleaned["questions"])
                if (fault := rules.lesson_fault(question.value["lesson"], known))
            }
            if faults:
                errors = {i: StructBlockValidationError({"lesson": ValidationError(f)}) for i, f in faults.items()}
                self.add_error("questions", StreamBlockValidationError(block_errors=errors))
            graded = sum(bool(question.value["graded"]) for question in cleaned.get("questions") or [])
            if fault := rules.draw_fault(cleaned.get("draw_count"), graded):
                self.add_error("draw_count", fault)
        return cleaned


class ReleaseForm(forms.Form):
    """Which kind of change this is, and that the person saw what is released."""

    kind = forms.ChoiceField(label=_("What kind of change is this?"), choices=Edition.Kind.choices)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For your colleagues: why, and who checked it. Learners don't see it."),
    )
    #: The content that was shown; when it changed in the meantime nothing is released.
    seen = forms.CharField(widget=forms.HiddenInput)
