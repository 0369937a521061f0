# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by tools/run and tools/test: installs what is missing on Debian and Ubuntu, or says what
# to install elsewhere.

say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }
fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# What the program needs to be built and to run, and what its tests need besides.
build_packages=(
  gcc pkg-config meson ninja-build python3 gettext
  libglib2.0-dev libgtk-4-dev libadwaita-1-dev libusb-1.0-0-dev libserialport-dev libjson-glib-dev libcurl4-openssl-dev zlib1g-dev
  adwaita-icon-theme librsvg2-common desktop-file-utils ca-certificates
)
test_packages=(
  clang libclang-rt-dev valgrind
  libcmocka-dev libumockdev-dev umockdev dfu-util libsoup-3.0-dev glib-networking openssl
  xvfb xauth dbus at-spi2-core python3-pyatspi gir1.2-atspi-2.0 fonts-cantarell fonts-dejavu-core
  appstream man-db mandoc shellcheck git python3-yaml
)

# What each needs on a system that is not Debian: a command or a pkg-config module.
build_needs=(meson ninja pkg-config msgfmt glib-2.0 gtk4 libadwaita-1 libusb-1.0 libserialport json-glib-1.0 libcurl zlib)
test_needs=(clang valgrind cmocka umockdev-1.0 dfu-util xvfb-run shellcheck)

have() { command -v "$1" >/dev/null 2>&1 || pkg-config --exists "$1" 2>/dev/null; }

missing_packages() {
  local package
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
  done
}

install_debian() {
  local missing sudo=()
  mapfile -t missing < <(missing_packages "$@")
  [ "${#missing[@]}" -eq 0 ] && return
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 ||
      fail "as root, install these first: apt-get install --no-install-recommends ${missing[*]}"
    sudo=(sudo)
  fi
  say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
  "${sudo[@]}" apt-get update -q >&2
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends "${missing[@]}" >&2
}

check_other() {
  local need missing=()
  for need in "$@"; do have "$need" || missing+=("$need"); done
  [ "${#missing[@]}" -eq 0 ] && return
  fail "this is not Debian or Ubuntu, so nothing is installed for you. Missing (commands and pkg-config modules): ${missing[*]}. See \"Building elsewhere\" in CONTRIBUTING.md."
}

# set_up build|test
set_up() {
  local packages=("${build_packages[@]}") needs=("${build_needs[@]}")
  if [ "$1" = test ]; then
    packages+=("${test_packages[@]}")
    needs+=("${test_needs[@]}")
  fi
  if command -v dpkg-query >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then
    install_debian "${packages[@]}"
    # Debian 12 has the version that lays down the form; elsewhere the form is not tested.
    if [ "$1" = test ] && apt-cache show clang-format-14 >/dev/null 2>&1; then install_debian clang-format-14; fi
  else
    check_other "${needs[@]}"
  fi
  export LC_ALL="${LC_ALL:-C.UTF-8}"
}

# configure DIR OPTIONS…: a build folder, made once and kept
configure() {
  local dir=$1
  shift
  if [ -f "$dir/build.ninja" ]; then
    meson configure "$dir" "$@" >/dev/null
  else
    meson setup "$dir" "$@" >&2
  fi
}

# fresh_folder DIR: an empty folder; what is in it is thrown away only where an earlier run made it
fresh_folder() {
  if [ -n "$(ls -A "$1" 2>/dev/null)" ] && [ ! -e "$1/.jumper-build" ]; then
    fail "$1 is not empty, and was not made by this program"
  fi
  rm -rf "$1"
  mkdir -p "$1"
  : >"$1/.jumper-build"
}
