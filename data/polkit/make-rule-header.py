#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a text file as a C string: make-rule-header.py INPUT OUTPUT"""

import sys


def main():
    with open(sys.argv[1], encoding="ascii") as source:
        lines = source.read().splitlines()
    with open(sys.argv[2], "w", encoding="ascii") as out:
        out.write("static const char jumper_rule[] =\n")
        for line in lines:
            out.write('  "' + line.replace("\\", "\\\\").replace('"', '\\"') + '\\n"\n')
        out.write(";\n")


if __name__ == "__main__":
    main()
