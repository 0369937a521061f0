#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The keyboard alone: Tab leads everywhere and never nowhere, Escape closes what was opened, and whatever
takes the focus has a name, on every page."""

from jumperctl_case import FLASH_BASE, dfuse, program
from window_case import TYPE_NAME, WindowCase, main

# More steps than any page has places.
MANY = 120


class Keyboard(WindowCase):
    def places(self, window):
        """Where the Tab key leads, until it comes around."""
        names = []

        def begin():
            """A window may begin with no focus, where there is nothing but its bar; Tab gives it one."""
            if window.focused() is None:
                window.key("Tab")
            return window.focused()

        window.wait(begin, "any focus")
        for _ in range(MANY):
            node = window.wait(window.focused, "the focus after Tab")
            place = (node.getRoleName(), node.name)
            self.assertFalse(TYPE_NAME.match(node.name), f"{place} behind {names}")
            self.assertTrue(node.name, f"{place} behind {names}")
            if place in names:
                return [name for _, name in names]
            names.append(place)
            before = node
            window.key("Tab")
            window.wait(lambda: window.focused() != before, f"the way on from {place}")
        self.fail(f"it does not come around: {names}")

    def assert_reaches(self, places, *names):
        for name in names:
            self.assertTrue(any(name in place for place in places), f"{name} in {places}")

    def visit(self, action, sign, around=True):
        """Opens a window, goes around in it, and closes it."""
        self.window.activate(action)
        self.window.see(sign)
        if around:
            self.places(self.window)
        self.assertEqual(self.window.nameless(), [])
        self.window.key("Escape")
        self.window.see_not(sign)
        self.window.present()

    def test_pages(self):
        self.window = window = self.open()
        window.see("Welcome to Jumper")
        self.assert_reaches(self.places(window), "Skip", "Next")
        self.assertEqual(window.nameless(), [])
        window.key("Escape")
        window.see_not("Welcome to Jumper")
        window.present()
        self.assert_reaches(self.places(window), "Disconnect Everything", "Other Boards…",
                            "Use a Practice Board", "Add a Board", "Main Menu")
        self.assertEqual(window.nameless(), [])
        self.visit("preferences", "Preferences")
        # libadwaita's page for nothing has a place for the focus that it does not name.
        self.visit("history", "Nothing Was Done Yet", around=False)
        self.visit("help", "Topics")
        self.visit("welcome", "Welcome to Jumper")

    def test_from_the_keys_to_the_board(self):
        """A practice board, a file, and firmware on it, without touching anything but keys."""
        self.prefer(welcome_shown=True)
        file = self.write("keys.dfu", dfuse([(FLASH_BASE, program(5120))]))
        self.window = window = self.open(file)
        window.see("Waiting for your board…")
        window.see("keys.dfu")
        window.key("ctrl+shift+p")
        window.see("Practice Pyboard")
        window.see("Fits This Board")
        places = self.places(window)
        self.assert_reaches(places, "Practice Pyboard", "Name and Kind of Board",
                            "Sector 0, 16 KiB at 0x0800 0000",
                            "keys.dfu", "Open File…", "Install", "Back Up Now", "Main Menu",
                            "Add a Board")
        window.go_to("Install", "push button")
        window.key("Return")
        window.see("Firmware Installed")
        # Enter pressed once more does nothing.
        window.wait(lambda: window.focused().name == "Firmware Installed", "the focus on the result")
        self.assert_reaches(self.places(window), "Copy Report", "Done")
        window.key("Escape")
        window.see("The Board Runs Its Program")

    def test_shortcuts(self):
        self.prefer(welcome_shown=True)
        window = self.open("--practice")
        window.see("Practice Pyboard")
        window.key("ctrl+question")
        window.see("Keyboard Shortcuts", "frame")
        window.key("Escape")
        window.see_not("Keyboard Shortcuts", "frame")
        window.present()
        window.key("F1")
        window.see("Topics")


if __name__ == "__main__":
    main()
