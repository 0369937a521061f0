# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is on the boards before a run, and what the files hold: the same bytes every time."""

import binascii
import random
import struct

FLASH_BASE = 0x08000000
FLASH_SIZE = {"pyboard": 0x100000, "nucleo-h743": 0x200000}


def noise(size, seed):
    """Bytes that look like code to whoever compares: no two blocks are equal, none is blank."""
    return random.Random(seed).randbytes(size)


def program(size, seed, base=FLASH_BASE):
    """Bytes that begin like a Cortex-M program."""
    return struct.pack("<II", 0x20020000, base + 0x189) + noise(size - 8, seed)


def write_dfuse(path, segments, vid=0x0483, pid=0xDF11):
    """A DfuSe file (UM0391) for alt setting 0."""
    data = b"".join(struct.pack("<II", address, len(part)) + part for address, part in segments)
    body = struct.pack("<6sBI255sII", b"Target", 0, 1, b"bench", len(data), len(segments)) + data
    body = struct.pack("<5sBIB", b"DfuSe", 1, 11 + len(body), 1) + body
    body += struct.pack("<HHHH3sB", 0xFFFF, pid, vid, 0x011A, b"UFD", 16)
    with open(path, "wb") as out:
        out.write(body + struct.pack("<I", binascii.crc32(body) ^ 0xFFFFFFFF))
    return path


def read_dfuse(path):
    """The segments of the one target that the file has."""
    with open(path, "rb") as source:
        data = source.read()
    signature, _, _, targets = struct.unpack_from("<5sBIB", data)
    if signature != b"DfuSe" or targets != 1:
        raise ValueError(f"{path} is no DfuSe file with one target")
    at = 11 + struct.calcsize("<6sBI255sI")
    n_segments, = struct.unpack_from("<I", data, at)
    at += 4
    segments = []
    for _ in range(n_segments):
        address, size = struct.unpack_from("<II", data, at)
        segments.append((address, data[at + 8:at + 8 + size]))
        at += 8 + size
    return segments


class Memory:
    """A board's flash as it should be."""

    def __init__(self, kind):
        self.kind = kind
        self.bytes = bytearray(b"\xff" * FLASH_SIZE[kind])

    def put(self, address, data):
        start = address - FLASH_BASE
        self.bytes[start:start + len(data)] = data
        return self

    def with_segments(self, segments):
        """A copy, with these segments in it."""
        copy = Memory(self.kind)
        copy.bytes[:] = self.bytes
        for address, data in segments:
            copy.put(address, data)
        return copy


def used(kind, segments):
    """A board with an earlier firmware of the same shape, and with files between its segments."""
    memory = Memory(kind)
    for seed, (address, data) in enumerate(segments):
        memory.put(address, program(len(data), 1000 + seed))
    if kind == "pyboard":
        memory.put(FLASH_BASE + 0x4000, noise(0x1C000, 2000))
    return memory
