"""Puts a running site before the tools of others: the Nu HTML checker (Java) and Lighthouse (Node), when they are
installed; neither is needed to run or to test the platform.

    npm install --ignore-scripts vnu-jar lighthouse    in a folder of your own
    python scripts/audit.py html FOLDER URL...          prints what the HTML checker finds; fails when it finds anything
    python scripts/audit.py lighthouse FOLDER URL...    prints the four scores of each page on a throttled phone
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

CHROMIUM = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)
SCORES = ("performance", "accessibility", "best-practices", "seo")


def html(folder: Path, urls: list[str]) -> int:
    """How many errors and warnings the HTML checker found on these pages."""
    jar = next(folder.glob("node_modules/vnu-jar/**/vnu.jar"))
    found = 0
    for url in urls:
        with urllib.request.urlopen(url) as answer, tempfile.NamedTemporaryFile(suffix=".html") as page:  # noqa: S310
            page.write(answer.read())
            page.flush()
            # The checker's CSS knows no container queries yet (CSS Conditional Rules 5).
            known = ["--filterpattern", r"CSS: .*(container-type|@container).*"]
            command = ["java", "-jar", str(jar), "--format", "json", *known, page.name]
            run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        messages = [each for each in json.loads(run.stderr or '{"messages": []}')["messages"] if each["type"] != "info"]
        found += len(messages)
        print(f"{url}: {len(messages)}")
        for message in messages:
            print(f"  {message['type']}: {message['message']} | {message.get('extract', '')!r}")
    return found


def lighthouse(folder: Path, urls: list[str]) -> int:
    """Prints the scores of each page; 0 when all of them could be measured."""
    program = folder / "node_modules" / ".bin" / "lighthouse"
    failed = 0
    for url in urls:
        with tempfile.NamedTemporaryFile(suffix=".json") as report:
            command = [str(program), url, f"--chrome-flags={CHROMIUM}", "--output=json", f"--output-path={report.name}"]
            environment = {**os.environ, "CHROME_PATH": shutil.which("chromium") or ""}
            run = subprocess.run([*command, "--quiet"], env=environment, capture_output=True, text=True, check=False)  # noqa: S603
            if run.returncode:
                failed += 1
                print(f"{url}: not measured: {run.stderr[-400:]}")
                continue
            result = json.loads(Path(report.name).read_text(encoding="utf-8"))
        scores = {name: round(100 * (result["categories"][name]["score"] or 0)) for name in SCORES}
        print(f"{url}: {scores}")
        for name in SCORES:
            for each in result["categories"][name]["auditRefs"]:
                audit = result["audits"][each["id"]]
                if each["weight"] and audit["score"] is not None and audit["score"] < 1:
                    print(f"  {name}: {audit['title']} ({audit['score']}) {audit.get('displayValue', '')}")
    return failed


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["html", folder, *urls] if urls:
            sys.exit(1 if html(Path(folder), urls) else 0)
        case ["lighthouse", folder, *urls] if urls:
            sys.exit(1 if lighthouse(Path(folder), urls) else 0)
        case _:
            sys.exit(__doc__)
