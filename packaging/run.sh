#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds the release preset, and opens Keyglass. Arguments go to the app: try --demo.
set -euo pipefail
cd "$(dirname "$0")/.."

packaging/deps.sh build
[ -f build/release/build.ninja ] || cmake --preset release >&2
cmake --build --preset release --target keyglass -j "$(nproc)" >&2
app=build/release/bin/keyglass

is_window() {
  case "${1:-}" in
    ''|--demo|--uri*|--profile*|--config-dir*|--password-stdin) return 0 ;;
    *) return 1 ;;
  esac
}

if is_window "${1:-}" && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  echo "There is no display here, so no window can open. What works without one:" >&2
  echo "  $app keys --uri redis://HOST:PORT        lists the keys of a server" >&2
  echo "  $app help                                all commands" >&2
  echo "  xvfb-run $app                            the window on a display of its own (package xvfb)" >&2
  if [ "${1:-}" = --demo ]; then
    echo "This is the demo's keyspace, scanned and counted:" >&2
    exec "$app" keys --demo --format count
  fi
  exit 0
fi
exec "$app" "$@"
