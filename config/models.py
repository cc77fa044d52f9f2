"""What the worker keeps about itself."""

from django.db import models


class WorkerHeartbeat(models.Model):
    """When a worker was last seen alive. A task of a worker that is gone is put back; see `config/queue.py`."""

    worker = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker
