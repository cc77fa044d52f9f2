"""What the project keeps about itself: its workers, and which group edits which area."""

from django.contrib.auth.models import Group
from django.db import models


class WorkerHeartbeat(models.Model):
    """When a worker was last seen alive. A task of a worker that is gone is put back; see `config/queue.py`."""

    worker = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker


class AreaEditors(models.Model):
    """The group that edits an area in all its languages. `area` is the translation key of the area's pages."""

    area = models.UUIDField(unique=True)
    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="area")

    def __str__(self) -> str:
        return self.group.name
