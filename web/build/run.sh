#!/bin/sh
# Runs a step of the dashboard's build (build/steps.mjs) with the machine's Node.
set -eu
cd "$(dirname "$0")/.."

if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
  echo "The dashboard is built with Node 20.19 or newer and npm, and there is none on the path." >&2
  echo "Install them (Debian 13: apt-get install nodejs npm), then build again." >&2
  exit 1
fi
if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then
  echo "The dashboard is built with Node 20.19 or newer; on the path is $(node --version)." >&2
  exit 1
fi
exec node build/steps.mjs "$@"
