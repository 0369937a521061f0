#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# with-board: the command sees the boards, its exit status comes through, and the counters are
# written. The first argument is the program.
with_board=$1
dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT

fail () {
  echo "$1" >&2
  exit 1
}

# the inner shell expands them
# shellcheck disable=SC2016
"$with_board" --counters "$dir/counters" pyboard,speed=0 nucleo-h743,speed=0 -- \
  sh -c 'ls /sys/bus/usb/devices > "$0"; exit 7' "$dir/devices"
status=$?
[ "$status" -eq 77 ] && exit 77
[ "$status" -eq 7 ] || fail "exit status $status, not 7"
[ "$(grep -c '^1-[12]$' "$dir/devices")" -eq 2 ] || fail "the command did not see two boards"
grep -q '^pyboard path=1-1 transfers=0 ' "$dir/counters" || fail "no counters of the pyboard"
grep -q '^nucleo-h743 path=1-2 transfers=0 ' "$dir/counters" || fail "no counters of the nucleo"

"$with_board" pyboard -- sh -c 'kill -KILL $$'
[ $? -eq 137 ] || fail "a signal is not told"
"$with_board" pyboard -- "$dir/absent" 2>/dev/null
[ $? -eq 127 ] || fail "an absent command is not told"
"$with_board" no-such-board -- true 2>/dev/null
[ $? -eq 2 ] || fail "an unknown board is not told"
"$with_board" pyboard 2>/dev/null
[ $? -eq 2 ] || fail "a missing command is not told"
exit 0
