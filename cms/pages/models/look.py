"""How the platform looks for a partner: a theme of a few tokens, and which theme is chosen."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.snippets.models import register_snippet

from cms.pages import look_tokens
from cms.pages.look_contrast import failures
from cms.pages.look_tokens import COLOURS, HEX, SCHEMES
from cms.pages.stamp import bump

#: The largest picture of a logo that travels inside the style sheet, in bytes.
LOGO_BYTES = 8 * 1024
LOGO_FILTER = "max-320x88|format-webp"


def _colour(name: Any) -> models.CharField:
    return models.CharField(
        name, max_length=7, blank=True, validators=[RegexValidator(rf"^{HEX.pattern}$", _("Write # and six digits."))]
    )


class ThemeForm(WagtailAdminModelForm):
    """A theme, filled in by hand or from a file of tokens."""

    token_file = forms.FileField(
        label=_("file of tokens"),
        required=False,
        help_text=_("A style sheet with nothing but tokens in :root. What stands in it replaces the fields below."),
    )

    def clean(self) -> dict[str, Any]:
        """Puts the tokens of the file in the fields."""
        cleaned: dict[str, Any] = super().clean()
        file = cleaned.get("token_file")
        if file is None:
            return cleaned
        try:
            cleaned.update(look_tokens.read_file(file.read().decode("utf-8")))
        except UnicodeDecodeError:
            self.add_error("token_file", _("This is no file of tokens."))
        except ValidationError as refused:
            self.add_error("token_file", refused)
        return cleaned


@register_snippet
class PartnerTheme(models.Model):
    """A partner's look: action colours, page backgrounds, the face of headings, round buttons, a logo beside ours.
    What is left empty is ours. It can't be saved while a pair of colours is hard to read."""

    class Font(models.TextChoices):
        """Faces that people's devices have; the value is a key of `look_tokens.FONTS`."""

        OURS = "", _("narrow, as our own")
        TEXT = "text", _("the face of the text")
        HUMANIST = "humanist", _("humanist")
        GEOMETRIC = "geometric", _("geometric")
        SERIF = "serif", _("with serifs")

    name = models.CharField(_("name"), max_length=80, unique=True)
    light_document = _colour(_("background of the page, light"))
    dark_document = _colour(_("background of the page, dark"))
    light_subtle = _colour(_("quiet background, light"))
    dark_subtle = _colour(_("quiet background, dark"))
    light_tint = _colour(_("tint of what was chosen, light"))
    dark_tint = _colour(_("tint of what was chosen, dark"))
    light_tint_strong = _colour(_("stronger tint, light"))
    dark_tint_strong = _colour(_("stronger tint, dark"))
    light_border = _colour(_("edge of buttons and choices, light"))
    dark_border = _colour(_("edge of buttons and choices, dark"))
    light_link = _colour(_("link, light"))
    dark_link = _colour(_("link, dark"))
    light_link_hover = _colour(_("link that is pointed at, light"))
    dark_link_hover = _colour(_("link that is pointed at, dark"))
    light_button = _colour(_("button, light"))
    dark_button = _colour(_("button, dark"))
    light_button_hover = _colour(_("button that is pointed at, light"))
    dark_button_hover = _colour(_("button that is pointed at, dark"))
    light_button_active = _colour(_("button that is pressed, light"))
    dark_button_active = _colour(_("button that is pressed, dark"))
    light_button_text = _colour(_("text on a button, light"))
    dark_button_text = _colour(_("text on a button, dark"))
    heading_font = models.CharField(_("face of headings"), max_length=12, choices=Font.choices, blank=True)
    button_radius = models.PositiveSmallIntegerField(
        _("roundness of buttons, in pixels"), null=True, blank=True, validators=[MaxValueValidator(24)]
    )
    logo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Stands beside our own. Only with the partner's permission."),
    )
    logo_name = models.CharField(
        _("whose logo"), max_length=80, blank=True, help_text=_("Read aloud instead of the picture.")
    )

    base_form_class = ThemeForm
    panels: ClassVar = [
        FieldPanel("name"),
        FieldPanel("token_file"),
        HelpPanel(content=_("Empty fields keep our own look. Contrast is checked in both schemes when you save.")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel(f"{scheme}_{name}") for scheme in SCHEMES]) for name in COLOURS],
            heading=_("Colours"),
        ),
        MultiFieldPanel([FieldPanel("heading_font"), FieldPanel("button_radius")], heading=_("Shape")),
        MultiFieldPanel([FieldPanel("logo"), FieldPanel("logo_name")], heading=_("Logo")),
    ]

    class Meta:
        verbose_name = _("partner's theme")
        verbose_name_plural = _("partners' themes")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores it; every page wears it at once."""
        super().save(*args, **kwargs)
        transaction.on_commit(bump, robust=True)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Takes it away; pages that wore it go back to our own look at once."""
        gone = super().delete(*args, **kwargs)
        transaction.on_commit(bump, robust=True)
        return gone

    def colours(self) -> dict[str, dict[str, str]]:
        """The colours that this theme sets, by scheme and token."""
        return {
            scheme: {
                token: value
                for name, token in COLOURS.items()
                if HEX.fullmatch(value := getattr(self, f"{scheme}_{name}"))
            }
            for scheme in SCHEMES
        }

    def clean(self) -> None:
        """Refuses colours that can't be read together, and names each pair; a logo has a name and is small."""
        super().clean()
        faults: dict[str, list[ValidationError]] = {}
        for failure in failures(self.colours()):
            field = self._field_of(failure.scheme, failure.front) or self._field_of(failure.scheme, failure.back)
            faults.setdefault(field or "name", []).append(
                ValidationError(
                    _("%(front)s on %(back)s (%(scheme)s): contrast %(ratio)s, needed %(needed)s."),
                    params={
                        "front": failure.front,
                        "back": failure.back,
                        "scheme": _("light") if failure.scheme == "light" else _("dark"),
                        "ratio": f"{int(failure.ratio * 100) / 100:.2f}",
                        "needed": failure.needed,
                    },
                )
            )
        if self.logo and not self.logo_name:
            faults["logo_name"] = [ValidationError(_("Say whose logo it is."))]
        if self.logo and len(self.logo_bytes()) > LOGO_BYTES:
            faults["logo"] = [ValidationError(_("This logo is too heavy. Use a flat picture with few colours."))]
        if faults:
            raise ValidationError(faults)

    def _field_of(self, scheme: str, token: str) -> str | None:
        """The field of this theme that sets the token, or None."""
        for name, each in COLOURS.items():
            if each == token and getattr(self, f"{scheme}_{name}"):
                return f"{scheme}_{name}"
        return None

    def logo_bytes(self) -> bytes:
        """The logo as it travels inside the style sheet."""
        if self.logo is None:
            return b""
        with self.logo.get_rendition(LOGO_FILTER).file.open("rb") as file:
            found: bytes = file.read()
        return found


@register_setting(icon="view")
class LookSettings(BaseGenericSetting):
    """Which theme the platform wears. The reporting page keeps its own look."""

    theme = models.ForeignKey(
        PartnerTheme,
        verbose_name=_("theme"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: our own look. The reporting page always keeps it."),
    )

    panels: ClassVar = [FieldPanel("theme")]

    class Meta:
        verbose_name = _("look")
