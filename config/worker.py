"""The worker: a parent that does nothing but keep a child alive, and the child that does the work.

The child runs the timetable in its main thread and queued tasks in a second one, so that a long task
doesn't hold up a sign-in mail. Both go on after a locked database, a lost connection, a failing job or a
failing task; when the child dies all the same (out of memory, `kill -9`), the parent starts another under
the same name, which takes back at once what the dead one held.
"""

import logging
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from types import FrameType

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone

from cms.mail import deliver
from config import queue
from config.timetable import Timetable, jobs

logger = logging.getLogger(__name__)

#: Longest pause before a dead child is replaced: killed from outside, and failed by itself.
MAX_PAUSE_KILLED, MAX_PAUSE_FAILED = 2.0, 30.0
FIRST_PAUSE = 0.2
#: A child that lived for so long starts the counting anew.
STEADY = 10.0
#: How long a child may take to end what it is doing.
STOP_WITHIN = 25.0


class Supervisor:
    """Keeps one child running until it is told to stop (SIGTERM or SIGINT)."""

    def __init__(self) -> None:
        self.name = f"work-{secrets.token_hex(8)}"
        self._stop = threading.Event()
        self._pause = FIRST_PAUSE

    def run(self) -> None:
        """Blocks until stopped; the child is then ended too."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        while not self._stop.is_set():
            started = time.monotonic()
            child = self._start()
            while child.poll() is None and not self._stop.wait(0.2):
                pass
            if self._stop.is_set():
                self._end(child)
                return
            self._wait_after(child.returncode, time.monotonic() - started)

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "django", "work", "--skip-checks"]
        command += ["--child", self.name, "--parent", str(os.getpid())]
        return subprocess.Popen(command, cwd=settings.BASE_DIR)  # noqa: S603 (nothing in it comes from outside)

    def _wait_after(self, code: int, lived: float) -> None:
        """Pauses before the next child: at once after a single death, longer while it keeps dying."""
        if lived >= STEADY:
            self._pause = FIRST_PAUSE
        logger.warning("The worker's child ended with %s; another starts in %.1f s", code, self._pause)
        self._stop.wait(self._pause)
        self._pause = min(self._pause * 2, MAX_PAUSE_KILLED if code < 0 else MAX_PAUSE_FAILED)

    def _end(self, child: subprocess.Popen[bytes]) -> None:
        child.terminate()
        try:
            child.wait(STOP_WITHIN + 5)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._stop.set()


class Worker:
    """Does the work in one process. `parent` is the supervisor's process: without it the child ends too."""

    def __init__(self, name: str = "", parent: int = 0) -> None:
        self.name = name or f"work-{secrets.token_hex(8)}"
        self._parent = parent
        self._stop = threading.Event()
        self._timetable = Timetable(jobs(self.name))

    def run(self) -> None:
        """Works until told to stop, or until the supervisor is gone."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        while not self._stop.is_set() and not self._take_up():
            self._stop.wait(1)
        tasks = threading.Thread(target=self._run_tasks, name="tasks", daemon=True)
        tasks.start()
        while not self._stop.is_set() and tasks.is_alive() and not self._orphaned():
            self._timetable.run_due()
            self._stop.wait(min(1.0, self._timetable.seconds_until_next()))
        stopped = self._stop.is_set() or self._orphaned()
        self._stop.set()
        tasks.join(STOP_WITHIN)
        self._lay_down()
        if not stopped:
            raise SystemExit("The thread that runs tasks ended by itself.")

    def once(self) -> None:
        """Every job once, and every task that is ready."""
        self._take_up()
        self._timetable.run_due()
        self._drain()
        self._lay_down()

    def batch(self) -> None:
        """Tasks and due mail until there are none, then ends."""
        self._take_up()
        while self._drain() or deliver.send_due(timezone.now(), worker=self.name)["sent"]:
            pass
        self._lay_down()

    def _drain(self) -> int:
        """Runs ready tasks until there are none. Returns how many."""
        ran = 0
        while queue.run_next(self.name):
            ran += 1
        return ran

    def _take_up(self) -> bool:
        """Shows that we live and takes back what the one before us held. False when the database fails."""
        try:
            queue.beat(self.name, timezone.now())
            queue.release_claims(self.name)
            deliver.release_claims(self.name)
        except (DatabaseError, InterfaceError) as error:
            logger.warning("The worker waits for the database (%s)", type(error).__name__)
            return False
        finally:
            close_old_connections()
        return True

    def _lay_down(self) -> None:
        """Says that we are gone."""
        try:
            queue.leave(self.name, timezone.now())
        except (DatabaseError, InterfaceError):
            logger.warning("The worker ended while the database was away")
        finally:
            close_old_connections()

    def _run_tasks(self) -> None:
        """The second thread: queued tasks, one after another."""
        failed = False
        while not self._stop.is_set():
            busy = False
            close_old_connections()
            try:
                if failed:
                    queue.release_claims(self.name)
                    failed = False
                busy = queue.run_next(self.name)
            except (DatabaseError, InterfaceError) as error:
                failed = True
                logger.warning("Tasks: the database failed (%s); tried again", type(error).__name__)
            finally:
                close_old_connections()
            if not busy:
                self._stop.wait(1)

    def _orphaned(self) -> bool:
        return bool(self._parent) and os.getppid() != self._parent

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._stop.set()
