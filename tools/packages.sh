# Sourced by test.sh and quickstart.sh: installs the Debian packages that are
# missing, and only those. With sudo when not root.

paperphone_packages=(
  g++ cmake ninja-build ccache pkg-config ca-certificates python3
  libtorch-dev libopenblas0-openmp
  qt6-base-dev libgl-dev
  libyaml-cpp-dev libfmt-dev libsqlite3-dev libxxhash-dev liblz4-dev
  nlohmann-json3-dev libcli11-dev libicu-dev
  libgtest-dev protobuf-compiler
)

install_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
      missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
      echo "these packages are missing and neither root nor sudo is at hand: ${missing[*]}" >&2
      return 2
    }
    root=(sudo)
  fi
  echo "installing: ${missing[*]}"
  "${root[@]}" apt-get update -qq
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
    --no-install-recommends "${missing[@]}" >/dev/null
}
