#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
# .clang-format, on every C file. usage: check-format.sh SOURCE-ROOT
set -euo pipefail
cd "$1"
command -v clang-format-14 >/dev/null || exit 77
git -c safe.directory='*' ls-files -co --exclude-standard '*.c' '*.h' | xargs clang-format-14 --dry-run --Werror
