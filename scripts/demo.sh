#!/usr/bin/env bash
# Prepares the demo where it isn't yet, and serves it until Ctrl-C: web and worker.
#   scripts/demo.sh PORT VAR_DIR      (make demo calls it)
set -euo pipefail
cd "$(dirname "$0")/.."
port=${1:?port}
scripts/env.sh requirements.txt

export VAR_DIR=${2:?folder for the data}
export DJANGO_SETTINGS_MODULE=config.settings.dev
export DATABASE_URL="sqlite:///$VAR_DIR/weerbaar.sqlite3"
export CACHE_URL="filecache://$VAR_DIR/cache"
export BASE_URL="http://localhost:$port"
python=.venv/bin/python

case $port in
  '' | *[!0-9]*)
    echo "PORT must be a number: make demo PORT=8001" >&2
    exit 1
    ;;
esac
if ! $python -c "import socket; socket.create_server(('127.0.0.1', $port))" 2>/dev/null; then
  echo "Port $port is in use, or not yours to use. Try another: make demo PORT=$((port + 1))" >&2
  exit 1
fi

mkdir -p "$VAR_DIR"
echo "Preparing the database"
$python manage.py migrate --noinput -v 0
echo "Loading starter content and people"
$python manage.py load_starter --demo
sign_ins=$($python manage.py demo)
$python manage.py collectstatic --noinput -v 0

web="" work=""
finish() {
  trap - INT TERM EXIT
  for process in $web $work; do kill -TERM "$process" 2>/dev/null || true; done
  wait
}
trap finish EXIT
trap 'exit 0' INT TERM
WEB_BIND="127.0.0.1:$port" WEB_CONCURRENCY=${WEB_CONCURRENCY:-2} \
  .venv/bin/gunicorn -c deploy/gunicorn.conf.py --log-level warning --graceful-timeout 3 config.wsgi &
web=$!
$python manage.py work &
work=$!

$python - "$port" <<'PYTHON'
import sys, time, urllib.request
for _try in range(120):
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/readyz", timeout=2)
        break
    except OSError:
        time.sleep(0.25)
else:
    sys.exit("The web server did not start: see above.")
PYTHON

cat <<EOT

Weerbaar runs:  http://localhost:$port/
Sign-ins:       http://localhost:$port/demo/        (with the code of each second step)
Sent mail:      http://localhost:$port/demo/mail/
The CMS:        http://localhost:$port/beheer/

EOT
printf '%s\n' "$sign_ins"
printf '\nThe data is in %s. Ctrl-C stops; make demo-reset starts over.\n' "$VAR_DIR"
set +e
wait -n "$web" "$work"
echo "A part of the demo ended by itself: see above." >&2
exit 1
