#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the first start to firmware on a board, and what is in the way of it: over real libusb, with
what a person reads and what the board's memory holds in the end."""

from jumperctl_case import FLASH_BASE, FLASH_SIZE, dfuse, pattern, program
from window_case import WindowCase, main

READY = "STM32 board, serial 365738513233, USB port 1-1, Ready to update"


class InstallCase(WindowCase):
    def setUp(self):
        super().setUp()
        self.take_hand()
        self.before = program(FLASH_SIZE, seed=8)
        self.write("F", self.before)
        self.first, self.second = program(0x3A17), pattern(0x21003, 3)
        self.firmware = self.write(
            "blink.dfu", dfuse([(FLASH_BASE, self.first), (0x08020000, self.second)]))

    def after(self, before):
        """What a board must hold when the firmware is on it: of the last sector, the rest is gone."""
        end = 0x20000 + len(self.second)
        return (self.first + before[len(self.first):0x20000] + self.second
                + b"\xff" * (0x60000 - end) + before[0x60000:])


class FirstRun(InstallCase):
    def test_first_run_to_first_flash(self):
        window = self.open()
        window.see("Welcome to Jumper")
        window.press("Next")
        window.press("Skip")
        window.see_not("Welcome to Jumper")
        window.see("Put Your Pyboard into Update Mode")
        window.see("Waiting for your board…")
        port = self.plug()
        window.see(READY)
        window.see("Choose firmware first.")
        self.assertFalse(window.is_sensitive(window.see("Install", "push button")))
        window.open_file(self.firmware)
        window.see("blink.dfu")
        window.see("Fits This Board")
        self.assertEqual(window.nameless(), [])
        # The first time, all that is on the board is kept first; and nothing is said before it is proven.
        self.hand.drag(port, read=FLASH_SIZE + 0x1000, ms=500)
        window.press("Install")
        window.see("Backing up: done")
        window.see("Comparing: going on")
        window.see("Writing: to come")
        self.assertIsNone(window.find("Firmware Installed"))
        self.hand.drag(port, programmed=0x1000, ms=500)
        window.see("Writing: going on")
        window.see("Updating")
        self.assertIsNone(window.find("Firmware Installed"))
        self.hand.hurry(port)
        window.see("Firmware Installed")
        self.assertEqual(window.nameless(), [])
        size = len(self.first) + len(self.second)
        window.see(f"{size} bytes were written and read back, byte for byte.")
        window.see("If a jumper or a switch brought it into update mode, take that back first.")
        window.see("A Backup Was Made First")
        self.assertEqual(self.flash(port), self.after(self.before))
        self.assertEqual(self.hand.look(port)[0], "running")
        window.press("Done")
        window.close()
        again = self.open()
        again.see("Waiting for your board…")
        self.assertIsNone(again.find("Welcome to Jumper"))


class BoardIsThere(InstallCase):
    def test_no_tour_before_it(self):
        """Whose board is plugged in sees the board; the welcome is in the menu."""
        self.plug()
        window = self.open()
        window.see(READY)
        # from then on that is decided, once
        window.wait(lambda: b"welcome-shown=true" in self.read("config/glib-2.0/settings/keyfile"))
        self.assertIsNone(window.find("Welcome to Jumper"))


class Files(InstallCase):
    def assert_refused(self, window, port, *words):
        for word in words:
            window.see(word)
        self.assertFalse(window.is_sensitive(window.see("Install", "push button")))
        window.key("ctrl+Return")
        self.assertEqual(window.nameless(), [])
        state, _, programmed, erased = self.hand.look(port)
        self.assertEqual((state, programmed, erased), ("dfu", 0, 0))
        self.assertEqual(self.flash(port), self.before)

    def test_wrong_files(self):
        port = self.plug()
        window = self.open()
        window.see(READY)
        window.open_file(self.write("holiday.jpg", b"\xff\xd8\xff\xe0" + pattern(9000)))
        self.assert_refused(window, port, "holiday.jpg")
        window.open_file(self.write("other.dfu", dfuse([(FLASH_BASE, program(99))], vid=0x1234, pid=0x5678)))
        self.assert_refused(window, port, "other.dfu", "The firmware file was made for another board.")
        window.open_file(self.write("far.dfu", dfuse([(FLASH_BASE + FLASH_SIZE - 16, program(116))])))
        self.assert_refused(window, port, "far.dfu", "It is 100 bytes too large for the memory of this board.")
        # What is right after all that goes on.
        window.open_file(self.firmware)
        window.see("Fits This Board")
        window.press("Install")
        window.see("Firmware Installed")
        self.assertEqual(self.flash(port), self.after(self.before))

    def test_too_large_for_a_small_chip(self):
        before = program(0x20000, seed=4)
        self.write("small", before)
        port = self.plug("f072", "small", speed=50)
        window = self.open(self.write("big.dfu", dfuse([(FLASH_BASE, program(0x20400))])))
        window.see("big.dfu")
        window.see("This does not fit into the board’s memory.")
        window.see("It is 1 KiB too large for the memory of this board.")
        self.assertFalse(window.is_sensitive(window.see("Install", "push button")))
        self.assertEqual(self.hand.look(port)[2:], (0, 0))
        self.assertEqual(self.flash(port, "small"), before)


class SeveralBoards(InstallCase):
    def test_one_of_two(self):
        self.write("G", self.before)
        one, other = self.plug(), self.plug(name="G")
        window = self.open()
        # The same serial number: the port tells them apart.
        window.see("USB port 1-1, Ready to update")
        window.go_to("USB port 1-1", "list item")
        window.key("Down")
        window.open_file(self.firmware)
        window.see("Fits This Board")
        window.press("Install")
        window.see("Firmware Installed")
        window.see("USB port 1-1, Ready to update")
        self.assertEqual(self.flash(other, "G"), self.after(self.before))
        self.assertEqual(self.flash(one), self.before)
        self.assertEqual(self.hand.look(one)[2:], (0, 0))


class Unplugged(InstallCase):
    def test_unplugged_while_writing(self):
        port = self.plug()
        window = self.open(self.firmware)
        window.see("Fits This Board")
        self.hand.drag(port, programmed=0x4000, ms=1000)
        window.press("Install")
        window.see("Writing: going on")
        self.hand.ask("unplug", port)
        window.see("The Board Went Away")
        window.see("Connect it again, in update mode: the work goes on where it was.")
        self.assertEqual(window.nameless(), [])
        self.hand.ask("jumper", port, "on")
        self.hand.ask("replug", port)
        window.see("Firmware Installed")
        size = len(self.first) + len(self.second)
        window.see(f"{size} bytes are on the board, compared byte for byte.")
        self.assertEqual(self.flash(port), self.after(self.before))


if __name__ == "__main__":
    main()
