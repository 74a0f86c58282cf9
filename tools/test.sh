#!/usr/bin/env bash
# Installs what the tests need, builds, runs every test.
#   tools/test.sh [ctest arguments]      e.g. tools/test.sh -L unit
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/packages.sh
install_packages "${paperphone_packages[@]}"
cmake --preset ci
cmake --build --preset ci -j "${PAPERPHONE_JOBS:-$(nproc)}"
ctest --preset ci "$@"
