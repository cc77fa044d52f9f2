"""Tasks of the tests' own. `mark` appends a line to a file, so that runs can be counted."""

import os
import signal
import time
from pathlib import Path

from django.db import OperationalError
from django_tasks import task


@task()
def mark(path: str, word: str) -> str:
    with Path(path).open("a") as file:
        file.write(f"{word}\n")
    return word


@task()
def fail(secret: str) -> None:
    raise ValueError(f"what nobody may read: {secret}")


@task()
def kill_the_first_time(path: str) -> None:
    """Its process dies by SIGKILL the first time, and it ends well the second."""
    with Path(path).open("a") as file:
        file.write("started\n")
    if len(Path(path).read_text().splitlines()) == 1:
        os.kill(os.getpid(), signal.SIGKILL)


@task()
def kill_always(path: str) -> None:
    with Path(path).open("a") as file:
        file.write("started\n")
    os.kill(os.getpid(), signal.SIGKILL)


@task()
def locked_the_first_time(path: str) -> None:
    with Path(path).open("a") as file:
        file.write("started\n")
    if len(Path(path).read_text().splitlines()) == 1:
        raise OperationalError("database is locked")


@task()
def slow(path: str, seconds: float) -> None:
    time.sleep(seconds)
    with Path(path).open("a") as file:
        file.write("done\n")
