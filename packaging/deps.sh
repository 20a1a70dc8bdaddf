#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the Debian 12 packages that Keyglass needs and that are missing. Asks apt nothing when all are there.
#
#   packaging/deps.sh build         what building and running the app needs
#   packaging/deps.sh test          the same, and what its tests, checks and packages need
set -euo pipefail

build_packages=(
  cmake ninja-build g++ pkg-config
  qt6-base-dev qt6-svg-dev qt6-l10n-tools
  libhiredis-dev libpcre2-dev libzstd-dev libsodium-dev zlib1g-dev liblz4-dev libbrotli-dev libsnappy-dev
  libxxhash-dev liblzf-dev
  libqcustomplot-dev libqscintilla2-qt6-dev qtkeychain-qt6-dev
  redis-server fontconfig fonts-dejavu-core libsecret-1-0
)
test_packages=(
  openssl redis-tools
  gnome-keyring
  gzip zstd lz4 brotli protobuf-compiler
  xvfb openbox xdotool dbus at-spi2-core python3 python3-gi gir1.2-atspi-2.0 imagemagick xkb-data
  desktop-file-utils appstream dpkg-dev file clang-format-19 mold ca-certificates
)

say() { echo "deps: $*" >&2; }

wanted=("${build_packages[@]}")
case "${1:-build}" in
  build) ;;
  test) wanted+=("${test_packages[@]}") ;;
  *) say "usage: packaging/deps.sh [build|test]"; exit 2 ;;
esac

missing=()
for package in "${wanted[@]}"; do
  state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$state" = installed ] || missing+=("$package")
done
[ "${#missing[@]}" -gt 0 ] || exit 0

if [ "$(id -u)" = 0 ]; then
  as_root=()
elif command -v sudo >/dev/null; then
  as_root=(sudo)
else
  say "these packages are missing and need root to install: ${missing[*]}"
  say "run this as root, or install sudo, or: apt-get install --no-install-recommends ${missing[*]}"
  exit 1
fi

# redis-server's package starts a service as it is installed. Keyglass only needs the program, so services are kept
# from starting while this runs, unless the machine has a policy of its own.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
  "${as_root[@]}" chmod 755 "$policy"
  trap '"${as_root[@]}" rm -f "$policy"' EXIT
fi

say "installing ${#missing[@]} packages: ${missing[*]}"
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
