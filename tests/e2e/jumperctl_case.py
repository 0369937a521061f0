# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of the command share: running it, and making firmware files."""

import binascii
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest

JUMPERCTL = os.environ.get("JUMPERCTL", "jumperctl")
FLASH_BASE = 0x08000000
FLASH_SIZE = 1024 * 1024
REAL_FILE = os.path.join(os.environ.get("JMP_FIRMWARE_DIR", ""), "pybv11-network-v1.11.dfu")
# A command that takes longer hangs.
LIMIT = 120


def pattern(size, seed=1):
    """Bytes that repeat nowhere near."""
    out = bytearray()
    state = seed * 2654435761 & 0xFFFFFFFF
    while len(out) < size:
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        out += struct.pack("<I", state)
    return bytes(out[:size])


def program(size, base=FLASH_BASE, seed=1):
    """Bytes that begin like a Cortex-M program."""
    return struct.pack("<II", 0x20010000, base + 0x101) + pattern(size - 8, seed)


def suffix(body, vid=0x0483, pid=0xDF11, version=0x011A):
    body += struct.pack("<HHHH3sB", 0xFFFF, pid, vid, version, b"UFD", 16)
    return body + struct.pack("<I", binascii.crc32(body) ^ 0xFFFFFFFF)


def dfuse(elements, alt=0, vid=0x0483, pid=0xDF11):
    """A DfuSe file (UM0391) with one target."""
    data = b"".join(struct.pack("<II", address, len(part)) + part for address, part in elements)
    target = struct.pack("<6sBI255sII", b"Target", alt, 1, b"test", len(data), len(elements)) + data
    return suffix(struct.pack("<5sBIB", b"DfuSe", 1, 11 + len(target), 1) + target, vid, pid)


class JumperctlCase(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="jumperctl-")
        self.addCleanup(shutil.rmtree, self.dir)
        # What the command remembers between runs, apart from a test's own files.
        self.state = tempfile.mkdtemp(prefix="jumperctl-state-")
        self.addCleanup(shutil.rmtree, self.state)

    def environment(self, **more):
        return {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "", "XDG_STATE_HOME": self.state,
                "XDG_DATA_HOME": self.state, **more}

    def path(self, name):
        return os.path.join(self.dir, name)

    def file(self, name, data):
        with open(self.path(name), "wb") as out:
            out.write(data)
        return self.path(name)

    def read(self, name):
        with open(self.path(name), "rb") as source:
            return source.read()

    def board(self, kind="pyboard", name="F", **more):
        """A practice board that takes no time and keeps its memory in the file F."""
        options = {"speed": 0, "flash": self.path(name), **more}
        return f"virtual:{kind}," + ",".join(f"{k}={v}" for k, v in options.items())

    def run_command(self, *arguments, **more):
        more.setdefault("env", self.environment())
        more.setdefault("stdin", subprocess.DEVNULL)
        if "stdout" not in more:
            more["stdout"] = subprocess.PIPE
        return subprocess.run([JUMPERCTL, *arguments], stderr=subprocess.PIPE, timeout=LIMIT,
                              check=False, **more)

    def check(self, status, *arguments, **more):
        """Runs the command, and checks its exit status and that it did not crash."""
        done = self.run_command(*arguments, **more)
        errors = done.stderr.decode("utf-8", "replace")
        self.assertEqual(done.returncode, status, f"{arguments}\n{done.stdout}\n{errors}")
        self.assertIsNone(re.search("Sanitizer|CRITICAL|WARNING \\*\\*|runtime error", errors), errors)
        return done

    def text(self, status, *arguments):
        done = self.check(status, *arguments)
        return done.stdout.decode("utf-8"), done.stderr.decode("utf-8")

    def json(self, status, *arguments):
        """The one object that --json prints; nothing else may be on standard output."""
        done = self.check(status, *arguments, "--json")
        self.assertEqual(done.stdout.count(b"\n"), 1, done.stdout)
        return json.loads(done.stdout)

    def assert_failed(self, result, code):
        self.assertEqual(result["result"], "failed")
        self.assertEqual(result["error"]["code"], code)
        self.assertTrue(result["error"]["text"])
        self.assertTrue(result["error"]["where"])
        self.assertTrue(result["next"])


def main():
    if not os.access(JUMPERCTL, os.X_OK):
        print(f"JUMPERCTL={JUMPERCTL} is not a program", file=sys.stderr)
        sys.exit(99)
    unittest.main(verbosity=1)
