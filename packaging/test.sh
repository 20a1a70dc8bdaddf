#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds, and runs all tests: everything as the dev preset, the core again under
# AddressSanitizer + UndefinedBehaviorSanitizer, and what of it uses threads under ThreadSanitizer.
#
#   packaging/test.sh               all but the tests labelled slow
#   packaging/test.sh --all         those as well
#   packaging/test.sh --quick       the dev preset alone
set -euo pipefail
cd "$(dirname "$0")/.."

presets=(dev asan tsan)
except=(-LE slow)
for argument in "$@"; do
  case $argument in
    --all) except=() ;;
    --quick) presets=(dev) ;;
    *) echo "usage: packaging/test.sh [--all] [--quick]" >&2; exit 2 ;;
  esac
done

say() { printf '\n== %s\n' "$*"; }

packaging/deps.sh test

say "formatting"
find app core ui tests \( -name '*.cpp' -o -name '*.h' \) -print0 | xargs -0 clang-format-19 --dry-run --Werror

jobs=$(nproc)
for preset in "${presets[@]}"; do
  say "$preset: build"
  # Configured once; ninja itself configures again when a CMake file changes.
  [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" -DKEYGLASS_WERROR=ON
  cmake --build --preset "$preset" -j "$jobs"
  say "$preset: tests"
  # Real clusters and Sentinels with their timeouts on a shared machine: who fails is asked once more, and both are in the log.
  # More at a time than there are cores, as most of them wait for their servers.
  ctest --preset "$preset" -j "$((2 * jobs))" "${except[@]}" --repeat until-pass:2
done
