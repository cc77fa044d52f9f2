"""How fast staff is uploaded; run by whoever measures: `bench_upload(50_000)` in a database of its own."""

from __future__ import annotations

import resource
import time

from django.utils import timezone

from learning.employers import uploads
from learning.employers.models import Employment, Organisation


def bench_upload(rows: int, bad_every: int = 100) -> dict[str, float]:
    """Stages and applies a file of so many rows, one in `bad_every` wrong, then the same file again.

    Out: rows per second of the first and the second time (by the clock, and by this process's own time),
    how many rows each time changed, and the process's memory at most, in MB.
    """
    organisation = Organisation.objects.create(name="Bench", sector="terminal")
    lines = ["personeelsnummer;naam;e-mail;team;startdatum"]
    for i in range(rows):
        start = "31-02-2026" if i % bad_every == bad_every - 1 else "01-09-2025"
        lines.append(f"{i:06};Voornaam{i} van der Achternaam{i};m{i}@example.org;Team {i % 40};{start}")
    content = "\n".join(lines).encode("cp1252")
    figures: dict[str, float] = {}
    for run in ("first", "second"):
        started, busy = time.perf_counter(), time.process_time()
        upload = uploads.stage(organisation, None, "bench.csv", content, timezone.now())
        staged = time.perf_counter()
        uploads.confirm(upload, timezone.now())
        uploads.apply_upload.call(upload.pk)
        ended = time.perf_counter()
        upload.refresh_from_db()
        figures[f"{run}_rows_per_second"] = round(rows / (ended - started))
        figures[f"{run}_rows_per_cpu_second"] = round(rows / (time.process_time() - busy))
        figures[f"{run}_staging_seconds"] = round(staged - started, 2)
        figures[f"{run}_applying_seconds"] = round(ended - staged, 2)
        figures[f"{run}_changed"] = upload.counts.get("add", 0) + upload.counts.get("change", 0)
        figures["faulty"] = upload.counts.get("fault", 0)
    figures["people"] = Employment.objects.filter(organisation=organisation).count()
    figures["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return figures
