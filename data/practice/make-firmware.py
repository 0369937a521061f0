#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the practice firmware: a DfuSe file of the shape of a pyboard's (UM0391, "DFU file format").

It has a vector table in the first sector, code from 0x08020000, and nothing where the pyboard keeps
its files. The "code" is the same deterministic noise in every build: it is never run. It names itself as
MicroPython's firmware does, with a version that never was, which the practice board then says it runs.
"""

import struct
import sys
import zlib

STACK, CODE = 0x20020000, 0x08020000
BANNER = b"MicroPython v1.99.0-practice on 2026-11-01; PYBv1.1 with STM32F405RG\0_build=PYBV11\0"


def noise(size, seed):
    out = bytearray()
    while len(out) < size:
        seed = (seed * 1664525 + 1013904223) & 0xFFFFFFFF
        out += struct.pack("<I", seed)
    return bytes(out[:size])


def vectors(size):
    table = struct.pack("<II", STACK, CODE + 0x101)
    table += b"".join(struct.pack("<I", CODE + 0x201 + 16 * n) for n in range(96))
    return table + noise(size - len(table), 1)


def element(address, data):
    return struct.pack("<II", address, len(data)) + data


def dfuse(elements):
    body = b"".join(element(address, data) for address, data in elements)
    target = struct.pack("<6sBI255sII", b"Target", 0, 1, b"Practice firmware", len(body), len(elements)) + body
    image = struct.pack("<5sBIB", b"DfuSe", 1, 11 + len(target), 1) + target
    image += struct.pack("<HHHH3sB", 0, 0xDF11, 0x0483, 0x011A, b"UFD", 16)
    return image + struct.pack("<I", ~zlib.crc32(image) & 0xFFFFFFFF)


def main():
    code = (b"Jumper practice firmware\0" + BANNER).ljust(0x100, b"\0") + noise(299_520, 2)
    with open(sys.argv[1], "wb") as out:
        out.write(dfuse([(0x08000000, vectors(14_848)), (CODE, code)]))


if __name__ == "__main__":
    main()
