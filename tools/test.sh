#!/usr/bin/env bash
# Installs what the tests need, builds, runs every test; says at the end where the
# minutes went.
#   tools/test.sh [ctest arguments]      e.g. tools/test.sh -L unit
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/packages.sh
install_packages "${paperphone_packages[@]}"
installed=$SECONDS
cmake --preset ci
cmake --build --preset ci -j "${PAPERPHONE_JOBS:-$(nproc)}"
built=$SECONDS
status=0
ctest --preset ci --output-junit test_times.xml "$@" || status=$?
python3 tools/test_times.py build/ci "packages=$installed" "build=$((built - installed))"
exit $status
