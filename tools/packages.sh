# Debian 12 packages that the project needs, in one place; sourced by run and test.
# install_packages NAME... installs those that are missing and touches nothing when none is.

PACKAGES_BUILD=(build-essential cmake ninja-build ccache mold pkg-config libfmt-dev libtomlplusplus-dev
  libsimdjson-dev libsqlite3-dev libsodium-dev libtbb-dev
  libcairo2-dev libpango1.0-dev fonts-noto-cjk libxlsxwriter-dev libqrencode-dev
  libminizip-dev zlib1g-dev libzstd-dev libexpat1-dev libssl-dev libboost1.81-dev python3)
PACKAGES_TEST=(curl doctest-dev librapidcheck-dev libbenchmark-dev libmpfr-dev python3-cryptography clang-format strace sqlite3 poppler-utils zbar-tools openssl groff-base dpkg-dev
  nodejs node-typescript)
PACKAGES_ALL=(clang-19 libclang-rt-19-dev chromium)

missing_packages() {
  local name
  for name in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || printf '%s\n' "$name"
  done
}

install_packages() {
  local missing as_root=()
  if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "This is not a Debian system: install the counterparts of: $*" >&2
    return 0
  fi
  # One query for the usual case, in which everything is there.
  if [ "$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null | sort -u | grep -c ' installed$')" -eq $# ]; then
    return 0
  fi
  mapfile -t missing < <(missing_packages "$@")
  [ "${#missing[@]}" -gt 0 ] || return 0
  echo "Installing with apt-get: ${missing[*]}" >&2
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1 || ! sudo -n true 2>/dev/null; then
      echo "Root is needed once. Run: apt-get install ${missing[*]}" >&2
      return 1
    fi
    as_root=(sudo -n)
  fi
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300)
  "${apt[@]}" update </dev/null >&2 || echo "apt-get update failed; trying the lists that are there." >&2
  # A build takes no package away from the machine, but where the machine is there for the build (.ci/run): development
  # files of an older Boost stand in the way of those that are needed.
  local keep=(--no-remove)
  [ -z "${ANLAN_MAY_REMOVE_PACKAGES:-}" ] || keep=()
  "${apt[@]}" install -y --no-install-recommends "${keep[@]}" "${missing[@]}" </dev/null >&2
}

# install_npm: what builds the pages of the web application. Without it the program is built without them.
install_npm() {
  command -v npm >/dev/null 2>&1 || install_packages npm || echo "npm could not be installed: the pages are left out." >&2
}
