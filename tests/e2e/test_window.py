#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""One whole journey through the window, the way a screen reader goes it.

`jumper --practice FILE` on a display and a session bus of its own; everything is found by its
accessible name and pressed through AT-SPI. Exit status 77 where the tools for that are missing.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from jumperctl_case import dfuse, program

SKIPPED = 77
LIMIT = 60
SYSTEM_PYTHON = "/usr/bin/python3"
TYPE_NAME = re.compile(r"^(Gtk|Gdk|Adw|Jmp)[A-Z]\w*$")
# What can be pressed or is read aloud; the rest is furniture inside the toolkit's own widgets.
SPOKEN = {"push button", "toggle button", "check box", "list item", "heading", "progress bar", "frame"}


def walk(node):
    yield node
    for i in range(node.childCount):
        child = node.getChildAtIndex(i)
        if child is not None:
            yield from walk(child)


class Window:
    """The running program, seen through AT-SPI."""

    def __init__(self, arguments):
        self.process = subprocess.Popen([os.environ["JUMPER"], *arguments],
                                        env=dict(os.environ, G_DEBUG="fatal-criticals"))
        self.app = self.wait(self.find_app)

    def find_app(self):
        import pyatspi

        desktop = pyatspi.Registry.getDesktop(0)
        for i in range(desktop.childCount):
            app = desktop.getChildAtIndex(i)
            if app is not None and app.get_process_id() == self.process.pid and app.childCount > 0:
                return app
        return None

    def wait(self, look):
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise AssertionError(f"jumper ended with status {self.process.returncode}")
            try:
                found = look()
            except Exception as error:  # the tree changes while it is read
                found = None
                self.last_error = error
            if found:
                return found
            time.sleep(0.1)
        raise AssertionError(f"nothing came of {look} in {LIMIT} s\n{self.describe()}")

    def describe(self):
        lines = []
        for node in walk(self.app):
            if node.name:
                lines.append(f"{node.getRoleName()}: {node.name}")
        return "\n".join(lines)

    def find(self, name, role=None):
        for node in walk(self.app):
            if name in node.name and role in (None, node.getRoleName()):
                return node
        return None

    def see(self, name):
        return self.wait(lambda: self.find(name))

    def press(self, name):
        import pyatspi

        def find_sensitive():
            node = self.find(name, "push button")
            if node is not None and node.getState().contains(pyatspi.STATE_SENSITIVE):
                return node
            return None

        self.wait(find_sensitive).queryAction().doAction(0)

    def nameless(self):
        """What a screen reader would call by the name of its class."""
        return [f"{node.getRoleName()} {node.name}" for node in walk(self.app)
                if node.getRoleName() in SPOKEN and TYPE_NAME.match(node.name or "GtkNothing")]

    def close(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(LIMIT)


class Journey(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="jumper-e2e-")
        self.addCleanup(self.folder.cleanup)

    def write(self, name, data):
        path = os.path.join(self.folder.name, name)
        with open(path, "wb") as file:
            file.write(data)
        return path

    def open(self, *arguments):
        window = Window(arguments)
        self.addCleanup(window.close)
        return window

    def test_install_on_a_practice_board(self):
        data = program(5120)
        window = self.open("--practice", self.write("journey.dfu", dfuse([(0x08000000, data)])))
        window.see("Practice pyboard")
        window.see("journey.dfu")
        window.see("Fits This Board")
        window.see("Your files are kept.")
        self.assertEqual(window.nameless(), [])
        window.press("Install")
        window.see("Firmware Installed")
        window.see("5120 bytes were written and read back, byte for byte.")
        self.assertEqual(window.nameless(), [])
        window.press("Done")
        window.see("The Board Runs Its Program")
        window.press("Enter Update Mode")
        window.press("Install Again")
        window.see("Already Installed")
        window.see("Nothing had to be written")
        window.see("already right")
        self.assertEqual(window.nameless(), [])

    def test_refuse_another_board_s_file(self):
        path = self.write("other.dfu", dfuse([(0x08000000, b"firmware")], vid=0x1234, pid=0x5678))
        window = self.open("--practice", path)
        window.see("The firmware file was made for another board.")
        self.assertEqual(window.nameless(), [])


class CommandLine(unittest.TestCase):
    def run_jumper(self, *arguments):
        return subprocess.run([os.environ["JUMPER"], *arguments], capture_output=True, text=True,
                              check=False, timeout=LIMIT)

    def test_version(self):
        done = self.run_jumper("--version")
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stdout, r"^jumper \d+\.\d+")

    def test_unknown_practice_board(self):
        done = self.run_jumper("--practice=toaster")
        self.assertEqual(done.returncode, 2)
        self.assertIn("toaster", done.stderr)
        self.assertIn("pyboard", done.stderr)


def skip(reason):
    print(f"skipped: {reason}", file=sys.stderr)
    sys.exit(SKIPPED)


def need_pyatspi():
    """The system's Python has it, even where another one comes first in the path."""
    try:
        import pyatspi  # noqa: F401
    except ImportError:
        if os.path.realpath(sys.executable) == os.path.realpath(SYSTEM_PYTHON):
            skip("python3-pyatspi is not installed")
        if not os.path.exists(SYSTEM_PYTHON):
            skip("python3-pyatspi is not installed")
        os.execv(SYSTEM_PYTHON, [SYSTEM_PYTHON, *sys.argv])


def enter_own_desktop():
    """Starts this file again on a display and a session bus of its own."""
    for tool in ("xvfb-run", "dbus-run-session"):
        if shutil.which(tool) is None:
            skip(f"{tool} is not installed")
    with tempfile.TemporaryDirectory(prefix="jumper-e2e-") as home:
        run = os.path.join(home, "run")
        os.mkdir(run, 0o700)
        env = dict(os.environ, JUMPER_E2E_INSIDE="1", HOME=home, XDG_RUNTIME_DIR=run,
                   XDG_CONFIG_HOME=home + "/config", XDG_CACHE_HOME=home + "/cache",
                   XDG_DATA_HOME=home + "/data", XDG_STATE_HOME=home + "/state",
                   GDK_BACKEND="x11", GSK_RENDERER="cairo", GTK_A11Y="atspi",
                   LIBGL_ALWAYS_SOFTWARE="1", LC_ALL="C.UTF-8")
        for name in ("DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY", "NO_AT_BRIDGE", "GTK_THEME",
                     "G_DEBUG"):
            env.pop(name, None)
        command = ["xvfb-run", "-a", "-s", "-screen 0 1280x1024x24 -noreset -nolisten tcp",
                   "dbus-run-session", "--", sys.executable, *sys.argv]
        return subprocess.run(command, env=env, check=False).returncode


if __name__ == "__main__":
    need_pyatspi()
    if "JUMPER_E2E_INSIDE" not in os.environ:
        sys.exit(enter_own_desktop())
    unittest.main(verbosity=2)
