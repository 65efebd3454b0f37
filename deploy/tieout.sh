#!/bin/sh
# The command; where the password of a cluster is in a file, as a secret is, with the store's URL made of it. The URL goes by
# the environment of this one process: no argument, which every process on the machine can read, has it.
set -eu
if [ -n "${TIEOUT_CLUSTER:-}" ]; then
  password=$(node -p 'encodeURIComponent(require("fs").readFileSync(process.argv[1], "utf8").trim())' "$TIEOUT_PASSWORD_FILE")
  export TIEOUT_STORE="kurrentdb://${TIEOUT_USER:-admin}:${password}@${TIEOUT_CLUSTER}"
fi
exec node /opt/tieout/dist/tieout.cjs "$@"
