#!/usr/bin/env bash
# Throws the demo's data away. Asks first, unless YES=1.
#   scripts/demo_reset.sh VAR_DIR     (make demo-reset calls it)
set -euo pipefail
folder=${1:?folder with the data}
# By name: whatever else lies in that folder stays.
ours=(weerbaar.sqlite3 weerbaar.sqlite3-wal weerbaar.sqlite3-shm cache mail media reporting static)
if [ "${YES:-}" != 1 ]; then
  printf 'This deletes everything the demo has stored in %s. Type "yes" to go on: ' "$folder"
  read -r answer || answer=""
  if [ "$answer" != yes ]; then
    echo "Nothing was deleted."
    exit 1
  fi
fi
for name in "${ours[@]}"; do rm -rf "${folder:?}/$name"; done
echo "The demo's data is gone. make demo makes it anew."
