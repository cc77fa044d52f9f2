"""The trail of acts that end, change or show somebody's data."""

from typing import TYPE_CHECKING

from django.db import models

from cms.accounts.models import AuditEvent

if TYPE_CHECKING:
    from cms.accounts.models import User


def record(act: str, target: models.Model, actor: "User | None", **detail: int | str | bool) -> AuditEvent:
    """Writes one line of the trail. `detail` holds counts and kinds, never names or addresses."""
    return AuditEvent.objects.create(
        act=act, object_type=target._meta.label_lower, object_id=str(target.pk), actor=actor, detail=detail
    )
