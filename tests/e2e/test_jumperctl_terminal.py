#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""jumperctl with a person at the other end: the redrawn line, the questions, Ctrl+C."""

import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import time
import unittest

import fcntl
import termios

from jumperctl_case import FLASH_BASE, FLASH_SIZE, JUMPERCTL, JumperctlCase, dfuse, main, pattern, program

# Nothing here takes a tenth of it.
DEADLINE = 60


class Terminal:
    """A command on a pseudo-terminal; standard output may go elsewhere."""

    def __init__(self, *arguments, columns=80, rows=24, **more):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.child = subprocess.Popen([JUMPERCTL, *arguments], stdin=slave, stdout=slave, stderr=slave,
                                      env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "", **more},
                                      start_new_session=True)
        os.close(slave)
        self.seen = b""

    def read(self):
        """Takes what is there; False at the end."""
        ready, _, _ = select.select([self.master], [], [], 0.1)
        if not ready:
            return True
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return False
        self.seen += data
        return bool(data)

    def expect(self, part):
        end = time.monotonic() + DEADLINE
        while part not in self.seen:
            if not self.read() or time.monotonic() > end:
                raise AssertionError(f"{part} was not seen in {self.seen}")

    def write(self, data):
        os.write(self.master, data)

    def end(self):
        end = time.monotonic() + DEADLINE
        while self.read() and time.monotonic() < end:
            pass
        status = self.child.wait(DEADLINE)
        os.close(self.master)
        return status, self.seen.decode("utf-8")


class TestQuestions(JumperctlCase):
    def setUp(self):
        super().setUp()
        self.before = pattern(FLASH_SIZE, 6)
        self.file("F", self.before)

    def answer(self, answer):
        terminal = Terminal("erase", "--range", "0x08020000:896K", "-d", self.board())
        terminal.expect(b"[y/N]")
        terminal.write(answer)
        return terminal.end()

    def test_no_means_no(self):
        for answer in [b"n\n", b"\n", b"yeah\n", b"\x04"]:
            with self.subTest(answer=answer):
                status, _ = self.answer(answer)
                self.assertEqual(status, 10)
                self.assertEqual(self.read("F"), self.before)

    def test_yes(self):
        status, seen = self.answer(b"y\n")
        self.assertEqual(status, 0)
        self.assertIn("will be lost", seen)
        self.assertEqual(self.read("F"), self.before[:0x20000] + b"\xff" * 0xE0000)

    def test_restore_asks(self):
        terminal = Terminal("restore", self.file("b.bin", bytes(FLASH_SIZE)), "-d", self.board())
        terminal.expect(b"[y/N]")
        terminal.write(b"YES\n")
        self.assertEqual(terminal.end()[0], 0)
        self.assertEqual(self.read("F"), bytes(FLASH_SIZE))

    def test_ctrl_c_at_a_question(self):
        terminal = Terminal("erase", "--range", "0x08020000:896K", "-d", self.board())
        terminal.expect(b"[y/N]")
        os.kill(terminal.child.pid, signal.SIGINT)
        self.assertEqual(terminal.end()[0], 130)
        self.assertEqual(self.read("F"), self.before)


class TestProgressLine(JumperctlCase):
    def test_line_is_redrawn_and_fits(self):
        for columns in [80, 20, 6]:
            with self.subTest(columns=columns):
                firmware = self.file("a.dfu", dfuse([(FLASH_BASE, program(0x3000, seed=columns))]))
                status, seen = Terminal("flash", firmware, "-d", self.board(), columns=columns).end()
                self.assertEqual(status, 0)
                # The terminal turns "\n" into "\r\n".
                drawn = seen.replace("\r\n", "\n").split("\n", 1)[0].split("\r")[1:]
                self.assertGreater(len(drawn), 3)
                self.assertLessEqual(max(len(line) for line in drawn), columns - 1)
                self.assertIn("%", drawn[-1])
                self.assertIn("Every byte was read back", seen)


class TestProgressBlock(JumperctlCase):
    def setUp(self):
        super().setUp()
        self.firmware = self.file("a.dfu", dfuse([(FLASH_BASE, program(0x3000))]))
        self.boards = ["-d", self.board(), "-d", self.board("nucleo-h743", "G")]

    def seen(self, **more):
        more.setdefault("TERM", "xterm")
        terminal = Terminal("flash", self.firmware, *self.boards, XDG_STATE_HOME=self.state, **more)
        status, seen = terminal.end()
        self.assertEqual(status, 0, seen)
        return seen

    def test_block_is_redrawn_and_fits(self):
        for columns in [80, 24, 7]:
            with self.subTest(columns=columns):
                seen = self.seen(columns=columns)
                blocks = re.split("\x1b\\[2A", seen)
                self.assertGreater(len(blocks), 4)
                for block in blocks[:-1]:
                    lines = block.replace("\r", "").split("\n")
                    self.assertEqual((len(lines), lines[2]), (3, ""))
                    for line, name in zip(lines, ["virtual:pyboard", "virtual:nucleo-h743"]):
                        self.assertTrue(line.endswith("\x1b[K"))
                        text = line[:-len("\x1b[K")]
                        self.assertLessEqual(len(text), columns - 1)
                        self.assertTrue(text.startswith(name[:columns - 1]), text)
                self.assertIn("All 2 boards are done.", blocks[-1])

    def test_plain_lines_where_the_cursor_cannot_move(self):
        for more in [{"TERM": "dumb"}, {"rows": 2}]:
            with self.subTest(more=more):
                seen = self.seen(**more)
                self.assertNotIn("\x1b", seen)
                self.assertIn("virtual:pyboard: Preparing: 0 %", seen)
                self.assertIn("virtual:nucleo-h743: Done.", seen)


class TestInterrupt(JumperctlCase):
    def setUp(self):
        super().setUp()
        self.before = pattern(FLASH_SIZE, 2)
        self.file("F", self.before)
        self.firmware = self.file("a.dfu", dfuse([(FLASH_BASE, program(0x3000)), (0x08020000, pattern(0x60000))]))

    def interrupt(self, phase, *arguments, number=signal.SIGINT):
        """Sends a signal once the work is in a phase; returns the last object and the exit status."""
        child = subprocess.Popen([JUMPERCTL, *arguments, "-d", self.board(speed=1), "--json=lines"],
                                 stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, env=self.environment())
        last = b""
        sent = False
        for last in child.stdout:
            now = json.loads(last)
            if not sent and now.get("progress", {}).get("phase") == phase and now["progress"]["done"] > 0:
                child.send_signal(number)
                sent = True
        errors = child.stderr.read().decode("utf-8")
        status = child.wait(DEADLINE)
        child.stdout.close()
        child.stderr.close()
        self.assertTrue(sent, errors)
        return json.loads(last), status, errors

    def test_while_erasing(self):
        result, status, errors = self.interrupt("erase", "flash", self.firmware)
        self.assertEqual(status, 130)
        self.assert_failed(result, "cancelled")
        self.assertEqual((result["state"], result["verified"]), ("incomplete", False))
        self.assertIn("as you asked", errors)
        self.assertIn("no complete firmware", errors)
        # The practice board remembers what was done to it.
        self.assertNotEqual(self.read("F"), self.before)

    def test_several_boards_are_all_stopped(self):
        other = self.board("pyboard", "G", speed=1)
        result, status, errors = self.interrupt("erase", "flash", self.firmware, "-d", other)
        self.assertEqual((status, result["result"]), (130, "failed"))
        self.assertEqual([board["error"]["code"] for board in result["boards"]], ["cancelled"] * 2)
        self.assertEqual(errors.count("as you asked"), 2)

    def test_terminate_is_the_same(self):
        _, status, _ = self.interrupt("erase", "flash", self.firmware, number=signal.SIGTERM)
        self.assertEqual(status, 130)

    def test_backup_leaves_no_partial_file(self):
        self.file("b.bin", b"an older backup")
        result, status, _ = self.interrupt("backup", "backup", self.path("b.bin"))
        self.assertEqual((status, result["state"]), (130, "untouched"))
        self.assertEqual(self.read("b.bin"), b"an older backup")
        self.assertEqual(sorted(os.listdir(self.dir)), ["F", "a.dfu", "b.bin"])
        self.assertEqual(self.read("F"), self.before)

    def test_waiting_for_a_board(self):
        if self.json(0, "list")["devices"]:
            self.skipTest("a board is plugged in")
        for command in [["list"], ["flash", self.firmware], ["flash", self.firmware, "--all"]]:
            with self.subTest(command=command):
                child = subprocess.Popen([JUMPERCTL, *command, "--wait"], stdout=subprocess.DEVNULL,
                                         stderr=subprocess.DEVNULL)
                # Signals are taken from the moment on that the process blocks them.
                end = time.monotonic() + DEADLINE
                while not blocks_interrupt(child.pid) and time.monotonic() < end:
                    time.sleep(0.01)
                child.send_signal(signal.SIGINT)
                self.assertEqual(child.wait(DEADLINE), 130)


def blocks_interrupt(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("SigBlk:"):
                return int(line.split()[1], 16) >> (signal.SIGINT - 1) & 1 == 1
    return False


if __name__ == "__main__":
    main()
