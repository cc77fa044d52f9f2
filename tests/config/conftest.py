"""A real worker in processes of its own, on the tests' own database."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.smtp_sink import SmtpSink


def database_url() -> str:
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    return (
        f"postgres://{values['USER']}:{values['PASSWORD']}@{values['HOST']}:{values['PORT'] or 5432}/{values['NAME']}"
    )


def wait_until(condition, seconds=60.0):
    """What `condition` gives, as soon as it gives something; fails after `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s: {condition}")


class WorkerProcess:
    """`manage.py work`, as an operator starts it; `log` is what it has written."""

    def __init__(self, smtp_port: int, log: Path) -> None:
        self._port = smtp_port
        self._log = log
        self.process = None

    @property
    def log(self) -> str:
        return self._log.read_text()

    def start(self, *options: str) -> "WorkerProcess":
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.config.worker_settings",
            "DATABASE_URL": database_url(),
            "VAR_DIR": str(settings.VAR_DIR),
            "TEST_SMTP_PORT": str(self._port),
        }
        with self._log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "work", *options],
                cwd=settings.BASE_DIR,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return self

    def child(self) -> int | None:
        """The process that does the work; None while there is none."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        children = listed.read_text().split() if listed.exists() else []
        return int(children[0]) if children else None

    def kill_child(self) -> int:
        """SIGKILL for the process that does the work. Returns the id it had."""
        child = wait_until(self.child)
        os.kill(child, signal.SIGKILL)
        return child

    def kill_all(self) -> None:
        """SIGKILL for parent and child at once, as when the machine goes down."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def stop(self, seconds: float = 40) -> int:
        """SIGTERM, as a service manager stops it. Returns its exit code."""
        self.process.terminate()
        return self.process.wait(seconds)


@pytest.fixture
def smtp():
    sink = SmtpSink().start()
    yield sink
    sink.stop()


@pytest.fixture
def worker(transactional_db, smtp, tmp_path):
    """A worker that a test starts itself."""
    process = WorkerProcess(smtp.port, tmp_path / "worker.log")
    yield process
    if process.process and process.process.poll() is None:
        process.kill_all()
