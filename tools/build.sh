# Configuring and building, in one place; sourced by run and test after tools/packages.sh. Needs $root.

export NINJA_STATUS='[%f/%t, %es] '
# What a file read is taken from the compiler's own list, without a second run of the preprocessor.
export CCACHE_DEPEND=1

# drop_foreign_build DIR: a build folder that was configured in another place cannot be used here.
drop_foreign_build() {
  local cache="$1/CMakeCache.txt"
  [ -f "$cache" ] || return 0
  grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache" || rm -rf "$1"
}

# configure DIR OPTION...
configure() {
  local folder="$1"
  shift
  drop_foreign_build "$folder"
  cmake -S "$root" -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE=Release "$@"
}

# build DIR TARGET...
build() {
  local folder="$1"
  shift
  ninja -C "$folder" -j "$(nproc)" "$@"
}
