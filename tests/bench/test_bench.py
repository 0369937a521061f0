#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""That tools/bench measures what it says. No time is looked at."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

import content
import wire
from runner import NoDisplay, Runner

BUILD = os.environ.get("BUILD_DIR", "build")
LIMIT = 100
SKIPPED = 77


class BenchCase(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="bench-")
        self.addCleanup(shutil.rmtree, self.dir)

    def path(self, name):
        return os.path.join(self.dir, name)


class TestFloor(BenchCase):
    def test_the_parts_are_the_boards_own(self):
        # One sector of 16 KiB: 250 ms; 16 µs for each word; a block of 2048 bytes has 0.5 ms and 3.5 ms to
        # the board, 5.5 ms from it.
        cases = [
            ("pyboard", [("erase", 0x08000000, 1)], {"erase_us": 250000}),
            ("pyboard", [("erase", 0x08003FFF, 2)], {"erase_us": 500000}),
            ("pyboard", [("write", 0x08000000, 4096)], {"program_us": 16384, "send_us": 8000}),
            ("pyboard", [("read", 0x08000000, 4096)], {"receive_us": 12000}),
            ("pyboard", [("write", 0x08000000, 1024)], {"program_us": 4096, "send_us": 2250}),
            ("nucleo-h743", [("erase", 0x08000000, 0x40000)], {"erase_us": 1800000}),
        ]
        for kind, work, expected in cases:
            with self.subTest(kind=kind, work=work):
                floor = Runner(BUILD, self.dir).floor(kind, *work)
                nothing = dict.fromkeys(["erase_us", "program_us", "send_us", "receive_us"], 0)
                self.assertEqual(floor, {**nothing, **expected})

    def test_nonsense_is_refused(self):
        for operation in [("fly", 0x08000000, 1), ("erase", 0x07000000, 1), ("read", 0x080FFFFF, 2)]:
            with self.subTest(operation=operation), self.assertRaises(subprocess.CalledProcessError):
                Runner(BUILD, self.dir).floor("pyboard", operation)


class TestWire(BenchCase):
    ERASE = "out 21 01 0000 0000 5 4100000008 -> ok 5"
    ADDRESS = "out 21 01 0000 0000 5 2100000008 -> ok 5"
    BLOCK = "out 21 01 0002 0000 4 01020304 -> ok 4"
    STATUS = "in a1 03 0000 0000 6 -> ok 6 006800000400"
    READ = "in a1 02 0002 0000 4 -> ok 4 01020304"
    ABORT = "out 21 06 0000 0000 0 -> ok 0"

    def count(self, *lines):
        with open(self.path("recording"), "w", encoding="ascii") as out:
            out.write("# Jumper USB recording 1\n@0+1 claim 0 -> ok\n")
            out.writelines(f"@{i}+1 {line}\n" for i, line in enumerate(lines))
        return wire.per_written_block(self.path("recording"))

    def test_transfers_of_a_written_block(self):
        done = [self.STATUS, self.STATUS]
        self.assertEqual(self.count(self.BLOCK, *done, self.BLOCK, *done), 3)
        self.assertEqual(self.count(self.ERASE, *done, self.BLOCK, *done, self.READ, self.ABORT), 3)
        self.assertEqual(self.count(self.ADDRESS, *done, self.BLOCK, *done), 6)
        self.assertEqual(self.count(self.BLOCK, *done, self.STATUS, self.BLOCK, *done), 3.5)
        self.assertEqual(self.count(self.BLOCK, *done, self.ADDRESS, *done, self.ABORT, self.READ), 3)
        self.assertEqual(self.count(self.READ), 0)


class TestContent(BenchCase):
    def test_what_is_written_is_read(self):
        segments = [(0x08000000, content.program(5000, 1)), (0x08020000, content.noise(3001, 2))]
        self.assertEqual(content.read_dfuse(content.write_dfuse(self.path("a.dfu"), segments)), segments)


class TestWindow(BenchCase):
    def test_a_window_is_measured(self):
        runner = Runner(BUILD, self.dir)
        try:
            seconds, said = runner.window("jumper", "frame")
            rest = runner.window("bare", "rest", "1")[1]
        except NoDisplay as reason:
            self.skipTest(str(reason))
        self.assertGreater(seconds, 0)
        self.assertIsNone(said)
        self.assertGreater(rest["resident_kib"], 0)
        self.assertIn("bare-window", rest["wake_ups"])
        self.assertEqual([sorted(turns) for turns in rest["turns"]],
                         [["longest_busy_us", "longest_us", "n", "over_16_ms", "over_33_ms"]] * 2)


class TestBench(BenchCase):
    def test_the_shortest_rows(self):
        done = subprocess.run(
            [sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "bench.py"), "--build", BUILD,
             "--quick", "--row", "data", "--row", "transfers", "--json", self.path("bench.json")],
            capture_output=True, timeout=LIMIT, check=False, encoding="utf-8")
        if done.returncode == SKIPPED:
            self.skipTest(done.stderr)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        with open(self.path("bench.json"), encoding="utf-8") as source:
            rows = {row["name"]: row for row in json.load(source)["rows"]}
        self.assertEqual(list(rows), ["data", "transfers"])
        self.assertGreater(rows["data"]["jumperctl"]["seconds"], 0)
        self.assertGreater(rows["data"]["floor"]["seconds"], 0)
        self.assertIsInstance(rows["transfers"]["bars"][0]["met"], bool)


if __name__ == "__main__":
    unittest.main(verbosity=1)
