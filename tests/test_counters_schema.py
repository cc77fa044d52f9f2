"""Counts know a thing, a week and a number. No table of counts may hold a moment or lead to a person."""

import pytest
from django.apps import apps
from django.db import models

COUNTING = ("week", "tally", "count", "counter", "hit", "visits")
ROOMS = ("cms.", "learning.", "campaigns.")


def counts_something(model: type[models.Model]) -> bool:
    """Whether a model keeps counts, by its name or by a field that is one."""
    name = model.__name__.lower()
    return name.endswith(COUNTING) or name.startswith(("week", "tally", "count"))


def what_could_point_at_somebody(model: type[models.Model], seen: tuple[type[models.Model], ...] = ()) -> list[str]:
    """Fields of a counting model that hold a moment, free text about a visitor, or a key to a person or to an
    organisation's people. Empty when the table is safe."""
    wrong = []
    for field in model._meta.get_fields():
        if field.auto_created and not field.concrete:
            continue
        if isinstance(field, models.DateTimeField | models.TimeField | models.GenericIPAddressField):
            wrong.append(f"{field.name}: a moment or an address")
        if field.is_relation and field.related_model is not None:
            target = field.related_model._meta.label
            if target in PEOPLE:
                wrong.append(f"{field.name}: leads to {target}")
        if any(
            word in field.name.lower() for word in ("user", "person", "session", "agent", "referrer", "referer", "_ip")
        ):
            wrong.append(f"{field.name}: named after a visitor")
    return wrong


PEOPLE = {
    "accounts.User",
    "accounts.ClaimCard",
    "sessions.Session",
    "records.Registration",
    "records.Attempt",
    "records.Completion",
    "employers.Organisation",
    "employers.Team",
    "employers.Employment",
    "employers.Assignment",
}


def counting_models():
    return [model for model in apps.get_models() if model.__module__.startswith(ROOMS) and counts_something(model)]


def test_no_table_of_counts_holds_a_moment_or_leads_to_a_person():
    found = counting_models()
    assert found, "no counting table found: does this test still look for the right names?"
    assert {model._meta.label: wrong for model in found if (wrong := what_could_point_at_somebody(model))} == {}


def test_the_reporting_room_counts_nothing_and_keeps_nobody():
    for model in apps.get_app_config("reporting").get_models():
        assert not counts_something(model)
        for field in model._meta.get_fields():
            if field.is_relation and field.related_model is not None:
                assert field.related_model._meta.label not in PEOPLE
        assert not [field for field in model._meta.get_fields() if isinstance(field, models.GenericIPAddressField)]


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("PlantedWeek", models.DateTimeField()),
        ("PlantedTally", models.ForeignKey("accounts.User", models.CASCADE, related_name="+")),
        ("PlantedCount", models.CharField(max_length=20)),
    ],
)
def test_a_planted_fault_is_found(name, field):
    attribute = "user_agent" if isinstance(field, models.CharField) else "moment"
    meta = type("Meta", (), {"app_label": "publishing"})
    model = type(name, (models.Model,), {"__module__": "campaigns.publishing.models", attribute: field, "Meta": meta})
    try:
        assert counts_something(model)
        assert what_could_point_at_somebody(model)
    finally:
        del apps.all_models["publishing"][name.lower()]
        apps.clear_cache()
