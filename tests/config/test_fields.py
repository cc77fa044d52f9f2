"""What editors fill in: every field says what it is, in the words of the catalogue."""

from django.apps import apps
from django.utils.functional import Promise
from wagtail.admin.panels import get_edit_handler
from wagtail.contrib.settings.registry import registry
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

OURS = ("cms.", "campaigns.", "learning.", "config.")


def edited():
    """Every model of ours that has a screen in the CMS, each with the fields on it."""
    pages = [model for model in apps.get_models() if issubclass(model, Page)]
    for model in [*pages, *get_snippet_models(), *registry]:
        if model.__module__.startswith(OURS):
            handler = model.get_edit_handler() if issubclass(model, Page) else get_edit_handler(model)
            yield model, handler.get_form_options().get("fields", [])


def test_every_field_that_an_editor_fills_in_has_a_label_in_the_catalogue():
    known = {model: {field.name: field for field in model._meta.fields} for model, _names in edited()}
    assert len(known) > 25
    bare = [
        f"{model.__name__}.{name}"
        for model, names in edited()
        for name in names
        if name in known[model]
        and known[model][name].model.__module__.startswith(OURS)
        and not isinstance(known[model][name].verbose_name, Promise)
    ]
    assert bare == []


def test_every_page_and_snippet_has_a_name_in_the_catalogue():
    bare = [model.__name__ for model, _names in edited() if not isinstance(model._meta.verbose_name, Promise)]
    assert bare == []
