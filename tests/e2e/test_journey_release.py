#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Released firmware in the window: onto a board that runs, without a jumper, and without a network.

A server on this computer stands in for the person's own source. It is also the proxy for https, and
refuses all of it: nothing leaves this computer."""

import json
import os

from jumperctl_case import FLASH_BASE, FLASH_SIZE, dfuse, pattern, program
from test_releases import BUILD, Source
from window_case import WindowCase, main

NAME = b"MicroPython v1.29.0 on 2026-08-24; PYBv1.1 with STM32F405RG\0"
OLD_NAME = b"MicroPython v1.18.0 on 2022-01-17; PYBv1.1 with STM32F405RG\0"
FIRST = program(9000)
SECOND = pattern(60000, 6) + NAME


class Releases(WindowCase):
    def setUp(self):
        super().setUp()
        self.source = Source()
        self.addCleanup(self.source.stop)
        self.here = f"http://127.0.0.1:{self.source.server_port}"
        os.makedirs(self.path("config/jumper"))
        mine = {"id": "mine", "kind": "template", "url": self.here + "/{file}",
                "file": "{board}{-variant}-{date}-v{version}.dfu", "allow_http": True}
        self.write("config/jumper/feeds.json", json.dumps({"schema": 1, "feeds": [mine]}).encode())
        self.prefer(welcome_shown=True, backup_first=False)
        self.write("F", (program(0x2800, seed=2).ljust(0x20000, b"\xff") + OLD_NAME).ljust(FLASH_SIZE, b"\xff"))
        self.take_hand("--consoles")
        self.port = self.plug(running="on")

    def environment(self):
        return {**super().environment(), "https_proxy": self.here, "no_proxy": "", "http_proxy": ""}

    def serve(self):
        self.source.files["/" + BUILD] = dfuse([(FLASH_BASE, FIRST), (FLASH_BASE + 0x20000, SECOND)])

    def break_off(self):
        def answer(handler):
            handler.answer(FIRST, length=len(FIRST) + len(SECOND))
            handler.close_connection = True

        self.source.files["/" + BUILD] = answer

    def come_into_update_mode(self):
        """The board itself says which one it is, and so which releases there are for it."""
        window = self.open()
        window.see("Pyboard, serial 365738513233, USB port 1-1, Running")
        window.see("no jumper is needed")
        self.assertNotIn("No board of the list looks like it", window.describe())
        self.assertEqual(window.nameless(), [])
        window.press("Restart into Update Mode")
        window.see("Pyboard v1.1, serial 365738513233, USB port 1-1, Ready to update")
        window.see("Version 1.29.0")
        window.see("2026-08-24 · to download")
        return window

    def assert_installed(self, window):
        window.see("Firmware Installed")
        window.see("MicroPython v1.29.0 on This Board")
        window.see("Expected v1.29.0, running v1.29.0.")
        window.see("Pyboard v1.1, serial 365738513233, USB port 1-1, Updated")
        self.assertEqual(window.nameless(), [])
        after = self.flash(self.port)
        self.assertEqual(after[:len(FIRST)], FIRST)
        self.assertEqual(after[0x20000:0x20000 + len(SECOND)], SECOND)
        self.assertEqual(self.hand.look(self.port)[0], "running")

    def test_update_without_a_jumper(self):
        self.serve()
        window = self.come_into_update_mode()
        # what ran before it was sent into update mode is known
        window.press("Update to 1.29.0")
        self.assert_installed(window)
        self.assertIn("/" + BUILD, self.source.asked)
        window.press("Done")
        window.see("USB port 1-1, Running v1.29.0")

    def test_without_a_network(self):
        self.break_off()
        window = self.come_into_update_mode()
        window.see("No connection. Showing what was known on ")
        before = self.hand.look(self.port)[2:]
        window.press("1.29.0")
        window.see("Check the connection to the Internet, then try again. 127.0.0.1: the connection broke off")
        self.assertEqual(window.nameless(), [])
        self.assertEqual(self.hand.look(self.port)[2:], before)
        self.serve()
        window.press("Try Again")
        self.assert_installed(window)
        window.close()
        # What was had once is here from then on.
        self.source.stop()
        self.hand.ask("jumper", self.port, "on")
        self.hand.ask("unplug", self.port)
        self.hand.ask("replug", self.port)
        again = self.open()
        again.see("Version 1.29.0")
        again.see("2026-08-24 · downloaded")
        again.press("Reinstall")
        again.see("Already Installed")


if __name__ == "__main__":
    main()
