#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a Windows icon out of an SVG: make-icon.py RSVG-CONVERT IN.svg OUT.ico"""

import struct
import subprocess
import sys

SIZES = (16, 24, 32, 48, 64, 256)


def main():
    convert, drawing, icon = sys.argv[1:]
    pictures = [
        subprocess.run([convert, "-w", str(n), "-h", str(n), drawing], check=True, capture_output=True).stdout
        for n in SIZES
    ]
    header = struct.pack("<3H", 0, 1, len(SIZES))
    place = len(header) + 16 * len(SIZES)
    for size, picture in zip(SIZES, pictures):
        # 256 is written as 0; one plane of 32 bits.
        header += struct.pack("<4B2H2I", size % 256, size % 256, 0, 0, 1, 32, len(picture), place)
        place += len(picture)
    with open(icon, "wb") as file:
        file.write(header + b"".join(pictures))


main()
