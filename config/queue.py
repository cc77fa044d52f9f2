"""Running queued tasks, and putting back those of a worker that died.

The queue is `django-tasks-db`'s. Its own worker stops at a locked database and never takes back what a
killed worker left as running; here a task is claimed by a conditional update, and each worker shows
that it lives. A task may therefore start more than once: tasks must be idempotent.
"""

import logging
from collections import Counter
from datetime import datetime, timedelta
from traceback import extract_tb
from typing import Any

from django.db import OperationalError
from django.utils import timezone
from django_tasks import TaskContext, TaskResultStatus
from django_tasks.signals import task_finished, task_started
from django_tasks_db.models import DBTaskResult

from config.models import WorkerHeartbeat

logger = logging.getLogger(__name__)

#: A worker not seen for so long is dead.
ALIVE = timedelta(seconds=90)
#: A task of a worker that never showed itself (`manage.py db_worker`, say) is given so long.
LEASE = timedelta(minutes=10)
#: So often a task is started before it has failed for good.
MAX_STARTS = 3
KEEP_FINISHED = timedelta(days=7)
#: How long to leave a task that was put back: what hindered it may pass.
PAUSE = timedelta(seconds=2)


def run_next(worker: str) -> bool:
    """Runs the first task that is ready. False when there is none.

    Raises `OperationalError` when the database failed on the way; `release_claims` then puts the task back.
    """
    row = DBTaskResult.objects.ready().first()
    if row is None:
        return False
    claimed = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.READY).update(
        status=TaskResultStatus.RUNNING, started_at=timezone.now(), worker_ids=[*row.worker_ids, worker]
    )
    if claimed:
        row.refresh_from_db()
        _run(row)
    return True


def _run(row: Any) -> None:
    """Runs one claimed task and writes down how it ended; only the database's own failure is raised."""
    try:
        task = row.task
        result = row.task_result
        sender = type(task.get_backend())
        task_started.send(sender=sender, task_result=result)
        context = [TaskContext(task_result=result)] if task.takes_context else []
        row.set_successful(task.call(*context, *result.args, **result.kwargs))
        task_finished.send(sender=sender, task_result=row.task_result)
    except OperationalError:
        raise
    except Exception as error:  # whatever a task raises: it failed, the worker goes on
        logger.error("Task %s failed: %s\n%s", row.task_path, type(error).__name__, trace(error))
        _fail(row, f"{type(error).__module__}.{type(error).__qualname__}", trace(error))


def trace(error: BaseException) -> str:
    """Where it went wrong, without the error's own text: that may hold personal data."""
    return "\n".join(f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in extract_tb(error.__traceback__))


def _fail(row: Any, error_class: str, where: str = "") -> None:
    DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING).update(
        status=TaskResultStatus.FAILED,
        finished_at=timezone.now(),
        exception_class_path=error_class,
        traceback=where,
        return_value=None,
    )


def beat(worker: str, at: datetime) -> None:
    """Shows that this worker lives."""
    WorkerHeartbeat.objects.update_or_create(worker=worker, defaults={"seen_at": at})


def leave(worker: str, at: datetime) -> None:
    """Says that this worker is gone: what it left may be taken at once."""
    WorkerHeartbeat.objects.filter(worker=worker).update(seen_at=at - ALIVE)


def release_claims(worker: str) -> int:
    """Puts back every task that stands as running under this name. To be called when none is: at the start of
    a worker, and after the database failed. Returns how many."""
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    own = [row for row in running if row.worker_ids and row.worker_ids[-1] == worker]
    return sum(_release(row).total() for row in own)


def release_stuck(at: datetime) -> Counter[str]:
    """Puts back the tasks of workers that are dead at this moment; one that was started `MAX_STARTS` times has
    failed. Returns how many were `released` and `failed`."""
    seen = dict(WorkerHeartbeat.objects.values_list("worker", "seen_at"))
    outcome: Counter[str] = Counter()
    for row in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        last_seen = seen.get(row.worker_ids[-1]) if row.worker_ids else None
        dead = last_seen <= at - ALIVE if last_seen else row.started_at is None or row.started_at <= at - LEASE
        if dead:
            outcome += _release(row)
    return outcome


def _release(row: Any) -> Counter[str]:
    if len(row.worker_ids) >= MAX_STARTS:
        logger.error("Task %s was started %s times and never ended.", row.task_path, len(row.worker_ids))
        _fail(row, "config.queue.WorkerLost")
        return Counter(failed=1)
    released = DBTaskResult.objects.filter(
        pk=row.pk, status=TaskResultStatus.RUNNING, started_at=row.started_at
    ).update(status=TaskResultStatus.READY, started_at=None, run_after=timezone.now() + PAUSE)
    return Counter(released=released)


def sweep(at: datetime) -> int:
    """Deletes tasks that ended a week ago and workers not seen for a day. Returns how many tasks."""
    WorkerHeartbeat.objects.filter(seen_at__lt=at - timedelta(days=1)).delete()
    return DBTaskResult.objects.finished().filter(finished_at__lt=at - KEEP_FINISHED).delete()[0]
