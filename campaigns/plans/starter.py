"""Loads the starter plan from `content/nzkg.toml`."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from campaigns.plans.models import CommunicationPlan, KeyMessage, Means, Objective, TargetGroup

CONTENT = Path(__file__).parent / "content"


def monday_of(day: date) -> date:
    """The Monday of the ISO week that this day falls in."""
    return day - timedelta(days=day.weekday())


@transaction.atomic
def load() -> CommunicationPlan:
    """Makes the starter plan when there is none with its key; one that exists is left as it is, since
    somebody may have worked on it. The plan starts on the Monday of the week in which it is loaded."""
    data: dict[str, Any] = tomllib.loads((CONTENT / "nzkg.toml").read_text(encoding="utf-8"))
    existing = CommunicationPlan.objects.filter(key=data["key"]).first()
    if existing is not None:
        return existing
    start = monday_of(timezone.localdate())
    parts = {name: data.pop(name) for name in ("target_groups", "objectives", "key_messages", "means")}
    weeks = data.pop("weeks")
    texts = {name: value.strip() if isinstance(value, str) else value for name, value in data.items()}
    plan = CommunicationPlan(starts_on=start, ends_on=start + timedelta(weeks=weeks, days=-1), **texts)
    plan.full_clean()
    plan.save()
    for order, group in enumerate(parts["target_groups"]):
        TargetGroup.objects.create(plan=plan, sort_order=order, **group)
    objectives = []
    for order, row in enumerate(parts["objectives"]):
        due_on = start + timedelta(weeks=row.pop("week"), days=-1)
        objectives.append(Objective.objects.create(plan=plan, sort_order=order, due_on=due_on, **row))
    key_messages = [
        KeyMessage.objects.create(plan=plan, sort_order=order, **row) for order, row in enumerate(parts["key_messages"])
    ]
    for row in parts["means"]:
        _load_means(plan, start, row, objectives, key_messages)
    return plan


def _load_means(
    plan: CommunicationPlan, start: date, row: dict[str, Any], objectives: list[Objective], messages: list[KeyMessage]
) -> None:
    row = dict(row)
    row.pop("key", None)
    first = start + timedelta(weeks=row.pop("week") - 1)
    last = first + timedelta(weeks=row.pop("weeks", 1), days=-3)  # until the Friday
    serves = [objectives[position] for position in row.pop("objectives", [])]
    says = [messages[position] for position in row.pop("messages", [])]
    means = Means(plan=plan, planned_start=first, planned_end=last, **row)
    means.objectives = serves
    means.messages = says
    means.save()
