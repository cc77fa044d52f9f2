#!/usr/bin/env bash
# Makes .venv with exactly what a compiled requirements file names, checked against its hashes.
#   scripts/env.sh requirements.txt | requirements-dev.txt
# Does nothing when that was done before and the file hasn't changed since.
set -euo pipefail
cd "$(dirname "$0")/.."
wanted=${1:?which requirements file}

fail() {
  printf '\n%s\n' "$@" >&2
  exit 1
}

sum=$(sha256sum "$wanted" | cut -d' ' -f1)
# The development file holds everything that the other one does.
for stamp in "$wanted" requirements-dev.txt; do
  if [ -x .venv/bin/python ] && [ -f ".venv/$stamp.done" ] && .venv/bin/python -c '' 2>/dev/null; then
    [ "$(cat ".venv/$stamp.done")" = "$(sha256sum "$stamp" | cut -d' ' -f1)" ] && exit 0
  fi
done

python=""
for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
  if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
[ -n "$python" ] || fail "Weerbaar needs Python 3.11 or newer, and none was found." \
  "On Debian 12 or newer:  sudo apt-get install python3 python3-venv" \
  "Or name one:            make demo PYTHON=/path/to/python3.11"
"$python" -c 'import ensurepip, venv' 2>/dev/null || fail "Python can't make an environment: its venv module is missing." \
  "On Debian:  sudo apt-get install python3-venv"

if ! { [ -x .venv/bin/python ] && .venv/bin/python -c 'import pip' 2>/dev/null; }; then
  echo "Making .venv with $("$python" --version)"
  rm -rf .venv
  "$python" -m venv .venv || fail "The environment could not be made. On Debian:  sudo apt-get install python3-venv"
fi

echo "Installing $wanted (the first time takes a minute or two)"
installed=""
if .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r scripts/uv.txt; then
  .venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r "$wanted" && installed=yes
fi
if [ -z "$installed" ]; then
  echo "Once more, with pip"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$wanted" ||
    fail "The packages in $wanted could not be installed: see above. The package index must be within reach."
fi
echo "$sum" > ".venv/$wanted.done"
