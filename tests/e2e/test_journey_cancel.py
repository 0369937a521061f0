#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stopping in the middle, in each phase: what that would mean, what came of it, what the board holds, and
that all is well after another try."""

from jumperctl_case import FLASH_BASE, FLASH_SIZE, dfuse, pattern, program
from window_case import WindowCase, main

SAFE = "Nothing on the board has been changed yet: it is safe to stop."
NO_START = "The board will not start until firmware is installed again."
UNCHANGED = "Nothing on the board was changed."
INCOMPLETE = "The board has no complete firmware"
BLANK = b"\xff" * 8
# Sectors 0 and 5 to 10
FIRST = program(0x3A17)
SECOND = pattern(0xA1003, 3)
SIZE = len(FIRST) + len(SECOND)


def spoil(data, size):
    """Differs in the last byte of each @size bytes: who compares has to read all of them."""
    data = bytearray(data)
    for at in [*range(size - 1, len(data), size), len(data) - 1]:
        data[at] ^= 0xFF
    return bytes(data)


class Cancel(WindowCase):
    def setUp(self):
        super().setUp()
        self.take_hand()
        self.before = (spoil(FIRST, 0x4000) + pattern(0x20000 - len(FIRST), 5) + spoil(SECOND, 0x20000)
                       + pattern(FLASH_SIZE - 0x20000 - len(SECOND), 6))
        self.write("F", self.before)
        self.port = self.plug()
        self.firmware = self.write("long.dfu", dfuse([(FLASH_BASE, FIRST), (FLASH_BASE + 0x20000, SECOND)]))

    def begin(self, phase, backup=False, **drag):
        """Comes as far as @phase, which then takes its time."""
        self.prefer(backup_first=backup, welcome_shown=True)
        window = self.open(self.firmware)
        window.see("Fits This Board")
        self.hand.drag(self.port, ms=1000, **drag)
        window.press("Install")
        window.see(phase + ": going on")
        return window

    def stop(self, window, meaning):
        window.see(meaning)
        self.assertEqual(window.nameless(), [])
        window.press("Cancel")
        self.stopped(window)

    def stopped(self, window):
        window.see("Installation Stopped")
        self.hand.hurry(self.port)
        self.assertIsNone(window.find("Firmware Installed"))
        self.assertEqual(window.nameless(), [])

    def assert_unchanged(self, window):
        window.see(UNCHANGED)
        self.assertEqual(self.hand.look(self.port)[2:], (0, 0))
        self.assertEqual(self.flash(self.port), self.before)

    def assert_incomplete(self, window):
        window.see(INCOMPLETE)
        self.assertEqual(self.flash(self.port)[:8], BLANK)

    def go_on(self, window, button):
        window.press(button)
        window.see("Firmware Installed")
        after = self.flash(self.port)
        self.assertEqual(after[:len(FIRST)], FIRST)
        self.assertEqual(after[0x20000:0x20000 + len(SECOND)], SECOND)
        self.assertEqual(after[len(FIRST):0x20000], self.before[len(FIRST):0x20000])

    def test_while_backing_up(self):
        window = self.begin("Backing up", backup=True, read=0x1000)
        self.stop(window, SAFE)
        self.assert_unchanged(window)

    def test_while_comparing(self):
        window = self.begin("Comparing", read=0x1000)
        self.stop(window, SAFE)
        self.assert_unchanged(window)
        self.go_on(window, "Install")

    def test_while_erasing(self):
        window = self.begin("Erasing", sectors=1)
        self.stop(window, NO_START)
        self.assert_incomplete(window)
        self.assertEqual(self.hand.look(self.port)[2], 0)
        self.go_on(window, "Continue")

    def test_while_writing(self):
        window = self.begin("Writing", programmed=0x1000)
        # Escape asks first, and goes on if that was not meant.
        window.key("Escape")
        window.see("Stop the Installation?")
        window.key("Escape")
        window.see_not("Stop the Installation?")
        window.see("Writing: going on")
        window.key("Escape")
        window.press("Stop")
        self.stopped(window)
        self.assert_incomplete(window)
        self.assertLess(self.hand.look(self.port)[2], SIZE)
        self.go_on(window, "Continue")

    def test_while_verifying(self):
        window = self.begin("Verifying", read=SIZE + 0x10000, programmed=SIZE - 0x8000)
        self.stop(window, NO_START)
        self.assert_incomplete(window)
        self.go_on(window, "Continue")


if __name__ == "__main__":
    main()
