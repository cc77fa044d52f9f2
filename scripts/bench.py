# ruff: noqa: PLC0415  Django is set up on a folder of its own before anything of ours is imported.
"""Measures speed next to what the same machine does without us.

    make bench                 everything
    make bench ARGS=mail       one of them

`mail` compares the worker's sending (claims, suppression, a commit per message) with Django rendering and
sending the same messages over one open connection, to the same server: Debian's smtp-sink where it is
installed, else a small one here.
Ratios are what counts: absolute figures drift from one run to the next.
"""

import asyncio
import multiprocessing
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
MESSAGES = 1000
ROUNDS = 5


async def _client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One SMTP conversation that accepts and forgets everything."""
    writer.write(b"220 sink\r\n")
    while line := await reader.readline():
        word = line[:4].upper()
        if word == b"DATA":
            writer.write(b"354 go on\r\n")
            await writer.drain()
            while await reader.readline() != b".\r\n":
                pass
        writer.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
        await writer.drain()
        if word == b"QUIT":
            break
    writer.close()


def _serve(port: int) -> None:
    async def run() -> None:
        server = await asyncio.start_server(_client, "127.0.0.1", port)
        await server.serve_forever()

    asyncio.run(run())


@contextmanager
def sink() -> Iterator[int]:
    """A mail server in a process of its own that takes everything; its port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    program = shutil.which("smtp-sink", path=f"{os.environ['PATH']}:/usr/sbin")
    if program:
        command = [program, "-u", "nobody", f"127.0.0.1:{port}", "100"]
        server: subprocess.Popen[bytes] | multiprocessing.Process = subprocess.Popen(command)  # noqa: S603
    else:
        server = multiprocessing.Process(target=_serve, args=(port,), daemon=True)
        server.start()
    for _try in range(100):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except OSError:
            time.sleep(0.05)
    print(f"mail server: {program or 'our own'}")
    try:
        yield port
    finally:
        server.terminate()


def mail() -> None:
    """Messages a second: Django by itself, and through the outbox."""
    from django.core.mail import EmailMultiAlternatives, get_connection
    from django.template.loader import render_to_string
    from django.test import override_settings
    from django.utils import timezone

    from cms.mail import deliver, outbox
    from cms.mail.models import OutboxMessage

    context = {"url": "https://weerbaar.example/x", "minutes": 15}
    values = {**context, "language": "nl", "base_url": "https://weerbaar.example"}

    def queue() -> None:
        OutboxMessage.objects.all().delete()
        first = outbox.queue("sign_in_link", "p0@example.org", context)
        if first is None:
            raise RuntimeError("nothing was queued")
        copies = [
            OutboxMessage(
                kind=first.kind, to=f"p{number}@example.org", subject=first.subject, text=first.text, html=first.html,
                message_id=f"<{number}@bench.invalid>",
            )
            for number in range(1, MESSAGES)
        ]  # fmt: skip
        OutboxMessage.objects.bulk_create(copies)

    def plain() -> None:
        with get_connection() as connection:
            for number in range(MESSAGES):
                subject, text, html = (
                    render_to_string(f"mail/sign_in_link.{part}", values).strip()
                    for part in ("subject.txt", "txt", "html")
                )
                message = EmailMultiAlternatives(subject, text, to=[f"p{number}@example.org"])
                message.attach_alternative(html, "text/html")
                connection.send_messages([message])

    def ours() -> None:
        sent = deliver.send_due(timezone.now(), limit=MESSAGES)["sent"]
        if sent != MESSAGES:
            raise RuntimeError(f"{sent} of {MESSAGES} were sent")

    def speed(work: Callable[[], None]) -> float:
        started = time.perf_counter()
        work()
        return MESSAGES / (time.perf_counter() - started)

    smtp = "django.core.mail.backends.smtp.EmailBackend"
    with sink() as port, override_settings(EMAIL_BACKEND=smtp, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
        rounds = []
        for _round in range(ROUNDS):
            queue()
            rounds.append((speed(plain), speed(ours)))
    for floor, measured in rounds:
        print(f"mail: Django alone {floor:5.0f}/s   outbox {measured:5.0f}/s   ratio {measured / floor:.2f}")
    print(f"mail: median ratio {median(measured / floor for floor, measured in rounds):.2f} (bar: 0.8)")


MEASURES = {"mail": mail}


def main(names: list[str]) -> None:
    """Runs these measurements, or all, on a database of their own."""
    if unknown := set(names) - set(MEASURES):
        sys.exit(f"Not measured here: {', '.join(sorted(unknown))}. There is: {', '.join(MEASURES)}")
    with tempfile.TemporaryDirectory(prefix="weerbaar-bench-") as folder:
        os.environ["VAR_DIR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
        sys.path.insert(0, str(ROOT))
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connections

        call_command("migrate", verbosity=0, interactive=False)
        for name in names or MEASURES:
            MEASURES[name]()
        connections.close_all()


if __name__ == "__main__":
    main(sys.argv[1:])
