# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a recording of jumperctl (core/usb/recording-private.h has its form)."""

import re

DNLOAD, UPLOAD, GETSTATUS = 1, 2, 3
SET_ADDRESS = 0x21
TRANSFER = re.compile(r"^@(\d+)\+(\d+) (in|out) \w\w (\w\w) (\w{4}) \w{4} (\d+) ?(\w*)")


def transfers(path):
    """Each control transfer: (began_us, took_us, request, block, length, first byte or None)."""
    found = []
    with open(path, encoding="ascii") as source:
        for line in source:
            match = TRANSFER.match(line)
            if match:
                began, took, direction, request, block, length, data = match.groups()
                first = int(data[:2], 16) if direction == "out" and data else None
                found.append((int(began), int(took), int(request, 16), int(block, 16), int(length), first))
    return found


def per_written_block(path):
    """How many transfers a block of data costs: its DNLOAD, the polls behind it, and the setting of its address where
    that was needed. What is done to erase and to read is not counted."""
    blocks = spent = 0
    address = 0  # transfers that set an address, for whatever comes next
    kind = None
    for _, _, request, block, length, first in transfers(path):
        if request == DNLOAD and length > 0:
            kind = "data" if block >= 2 else "address" if first == SET_ADDRESS else None
        elif request != GETSTATUS:
            kind = None
        if kind == "address":
            address += 1
            continue
        if kind == "data":
            blocks += request == DNLOAD
            spent += 1 + address
        address = 0
    return spent / blocks if blocks else 0.0
