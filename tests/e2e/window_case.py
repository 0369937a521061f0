# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of the window share: a desktop of its own, boards on a simulated USB, and the window as a
screen reader and a keyboard have it."""

import ctypes
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

SKIPPED = 77
# A machine that has much else to do is slow; what takes longer than this does not come.
LIMIT = 120
SYSTEM_PYTHON = "/usr/bin/python3"
APP_ID = "io.github.dfujumper.Jumper"
APP_PATH = "/io/github/dfujumper/Jumper"
TYPE_NAME = re.compile(r"^(Gtk|Gdk|Adw|Jmp)[A-Z]\w*$")
# GTK 4.8 says so when a screen reader asks for the parent of what has just gone, and GLib where no desktop
# shows notifications, and GTK's window of shortcuts does not care about the widths of its labels.
KNOWN = ("GtkLabel 0x", "g_variant_is_object_path: assertion 'string != NULL' failed",
         "unable to send notifications through")
# What can be pressed or is read aloud; the rest is furniture inside the toolkit's own widgets.
SPOKEN = {"push button", "toggle button", "check box", "list item", "heading", "progress bar", "frame"}
# Codes of keys that are held down, as X servers have them; keysyms of the others.
HELD_KEYS = {"ctrl": 37, "shift": 50, "alt": 64}
KEYS = {"Tab": 0xFF09, "Return": 0xFF0D, "Escape": 0xFF1B, "Left": 0xFF51, "Up": 0xFF52, "Right": 0xFF53,
        "Down": 0xFF54, "F1": 0xFFBE, "space": 0x20, "question": 0x3F}
# libadwaita 1.2 does not name the button that closes a toast.
FURNITURE = {"AdwToastWidget"}
PR_CAPBSET_DROP = 24
CAP_DAC_OVERRIDE = 1


def extents(node):
    """Where it is; None for what is no widget: a page of a stack."""
    try:
        return node.queryComponent().getExtents(1)
    except NotImplementedError:
        return None


def has_size(node):
    where = extents(node)
    return where is None or (where.width > 0 and where.height > 0)


def find_page(stack, pages):
    """The page of a stack that is shown: the tree has all of them, and tells no difference."""
    where = extents(stack)
    for x, y in ((2, 2), (3, 4), (2, 8)):
        node = stack.queryComponent().getAccessibleAtPoint(where.width // x, where.height // y, 1)
        while node is not None and node.parent is not None and node.parent != stack:
            node = node.parent
        if node is not None and node in pages:
            return [node]
    return pages


def walk(node):
    yield node
    children = [child for child in (node.getChildAtIndex(i) for i in range(node.childCount)) if child]
    if (len(children) > 1 and node.getRoleName() == "panel"
            and all(extents(child) is None for child in children)):
        children = find_page(node, children)
    for child in children:
        yield from walk(child)


def give_up_right_to_open():
    """Root may open anything, and its children, unless they are started without that right."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)


class Hand:
    """Plugs boards in and pulls them out, and looks at them: see hand.c."""

    def __init__(self, *options):
        self.process = subprocess.Popen([os.environ["HAND"], *options], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.environment = {}
        for line in self.process.stdout:
            if line.startswith("ok"):
                return
            name, _, value = line.rstrip("\n").partition("=")
            if name in ("LD_PRELOAD", "UMOCKDEV_DIR", "ASAN_OPTIONS"):
                self.environment[name] = value
        if self.process.wait() == SKIPPED:
            raise unittest.SkipTest("umockdev does not work here")
        raise AssertionError(f"hand ended with status {self.process.returncode}")

    def ask(self, *words):
        print(*words, file=self.process.stdin, flush=True)
        word, _, text = self.process.stdout.readline().partition(" ")
        if word.strip() != "ok":
            raise AssertionError(f"{words}: {word} {text}")
        return text.strip()

    def plug(self, kind, **more):
        return self.ask("plug", ",".join([kind, *(f"{k}={v}" for k, v in more.items())]))

    def look(self, port):
        """Its state, bytes read, bytes programmed, sectors erased."""
        state, read, programmed, sectors, *broken = self.ask("look", port).split(" ", 4)
        if broken and broken[0]:
            raise AssertionError(f"{port}: {broken[0]}")
        return state, int(read), int(programmed), int(sectors)

    def drag(self, port, read=0, programmed=0, sectors=0, ms=2000):
        self.ask("drag", port, read, programmed, sectors, ms)

    def hurry(self, port):
        self.drag(port, ms=0)

    def close(self):
        self.process.stdin.close()
        self.process.wait(LIMIT)
        self.process.stdout.close()


class Window:
    """The running program, seen through AT-SPI."""

    def __init__(self, arguments=(), environment=None, denied=False):
        self.environment = {**os.environ, **(environment or {})}
        self.last_error = None
        self.said = tempfile.TemporaryFile(mode="w+")
        self.process = subprocess.Popen([os.environ["JUMPER"], *arguments], env=self.environment,
                                        stdout=self.said, stderr=self.said,
                                        preexec_fn=give_up_right_to_open if denied else None)
        self.app = self.wait(self.find_app)

    def find_app(self):
        import pyatspi

        desktop = pyatspi.Registry.getDesktop(0)
        for i in range(desktop.childCount):
            app = desktop.getChildAtIndex(i)
            if app is not None and app.get_process_id() == self.process.pid and app.childCount > 0:
                return app
        return None

    def wait(self, look, what=None):
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
        raise AssertionError(f"nothing came of {what or look} in {LIMIT} s ({self.last_error!r})\n"
                             f"{self.describe()}")

    def describe(self):
        lines = []
        for node in walk(self.app):
            if node.name and not TYPE_NAME.match(node.name) and has_size(node):
                lines.append(f"{node.getRoleName()}: {node.name}")
        return "\n".join(lines)

    # What is there

    def find(self, name, role=None, exact=False):
        """What can be seen of that name; the tree has much that was not laid out yet, or never is."""
        for node in walk(self.app):
            fits = name == node.name if exact else name in node.name
            if fits and role in (None, node.getRoleName()) and has_size(node):
                return node
        return None

    def see(self, name, role=None):
        return self.wait(lambda: self.find(name, role), name)

    def see_not(self, name, role=None):
        self.wait(lambda: self.find(name, role) is None, f"the end of {name}")

    def is_sensitive(self, node):
        import pyatspi

        return node.getState().contains(pyatspi.STATE_SENSITIVE)

    def nameless(self):
        """What a screen reader would call by the name of its class, and what it is in."""
        def look():
            found = [f"{node.getRoleName()} {node.name} in {node.parent.name} in {node.parent.parent.name}"
                     for node in walk(self.app)
                     if node.getRoleName() in SPOKEN and TYPE_NAME.match(node.name or "GtkNothing")
                     and node.parent.name not in FURNITURE]
            return (found,)  # nothing found is an answer, too

        return self.wait(look, "a look at every name")[0]

    def focused(self):
        """Where the next key goes: a window behind another remembers where it had been, and not every
        one says that it is the active one."""
        import pyatspi

        frames = [self.app.getChildAtIndex(i) for i in range(self.app.childCount)]
        frames.sort(key=lambda frame: frame.getState().contains(pyatspi.STATE_ACTIVE))
        for frame in reversed(frames):
            for node in walk(frame):
                if node.getState().contains(pyatspi.STATE_FOCUSED):
                    return node
        return None

    # What can be done

    def press(self, name, role="push button", exact=False):
        def find_sensitive():
            node = self.find(name, role, exact)
            return node if node is not None and self.is_sensitive(node) else None

        self.wait(find_sensitive, f"{role} {name} to be pressed").queryAction().doAction(0)

    def key(self, key):
        """Presses a key on the keyboard: "Tab", "ctrl+o"."""
        import pyatspi

        *held, last = key.split("+")
        press = pyatspi.Registry.generateKeyboardEvent
        for name in held:
            press(HELD_KEYS[name], None, pyatspi.KEY_PRESS)
        press(KEYS[last] if last in KEYS else ord(last), None, pyatspi.KEY_SYM)
        for name in held:
            press(HELD_KEYS[name], None, pyatspi.KEY_RELEASE)

    def go_to(self, name, role=None):
        """Goes there with the Tab key, as far as that leads."""
        def step():
            node = self.focused()
            if node is not None and name in node.name and role in (None, node.getRoleName()):
                return node
            self.key("Tab")
            return None

        return self.wait(step, f"the focus on {name}")

    def activate(self, name, parameter=""):
        """An action of the program, as the desktop would call it."""
        subprocess.run(["gdbus", "call", "--session", "--dest", APP_ID, "--object-path", APP_PATH,
                        "--method", "org.gtk.Actions.Activate", name, f"[{parameter}]", "{}"],
                       check=True, capture_output=True)

    def present(self):
        """As who starts the program again: the window comes to the front, and has the keyboard. There is
        no window manager that would see to that."""
        subprocess.run([os.environ["JUMPER"]], env=self.environment, check=True, timeout=LIMIT)

    def open_file(self, path):
        """As from the file manager."""
        subprocess.run([os.environ["JUMPER"], path], env=self.environment, check=True, timeout=LIMIT)

    def close(self):
        """Ends the program, which has nothing to say on a terminal."""
        if self.said.closed:
            return
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(LIMIT)
        self.said.seek(0)
        said = [line for line in self.said.read().splitlines()
                if line and not any(known in line for known in KNOWN)]
        self.said.close()
        if said:
            raise AssertionError("jumper said:\n" + "\n".join(said))


class WindowCase(unittest.TestCase):
    """A folder for each test, with all that the program remembers in it."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="jumper-e2e-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.hand = None

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, data):
        with open(self.path(name), "wb") as file:
            file.write(data)
        return self.path(name)

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def environment(self):
        """Settings that last, and nothing of what is remembered elsewhere."""
        known = {"XDG_" + kind + "_HOME": self.path(kind.lower())
                 for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
        seen = self.hand.environment if self.hand is not None else {}
        return {**known, **seen, "GSETTINGS_BACKEND": "keyfile", "LANGUAGE": "",
                "GSETTINGS_SCHEMA_DIR": os.environ.get("SCHEMA_DIR", "")}

    def prefer(self, **settings):
        """What the person said earlier, in the preferences or by having seen the welcome."""
        os.makedirs(self.path("config/glib-2.0/settings"))
        lines = [f"{name.replace('_', '-')}={str(value).lower()}" for name, value in settings.items()]
        self.write("config/glib-2.0/settings/keyfile",
                   "\n".join(["[io/github/dfujumper/Jumper]", *lines, ""]).encode())

    def take_hand(self, *options):
        self.hand = Hand(*options)
        self.addCleanup(self.hand.close)
        return self.hand

    def plug(self, kind="pyboard", name="F", **more):
        """A board that takes no time, with its memory in a file."""
        return self.hand.plug(kind, **{"speed": 0, "flash": self.path(name), **more})

    def flash(self, port, name="F"):
        """What the board's flash holds now."""
        self.hand.look(port)
        self.hand.ask("save", port)
        return self.read(name)

    def open(self, *arguments, denied=False):
        window = Window(arguments, self.environment(), denied)
        self.addCleanup(window.close)
        return window


# A desktop of its own


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


def main():
    need_pyatspi()
    if "JUMPER_E2E_INSIDE" not in os.environ:
        sys.exit(enter_own_desktop())
    unittest.main(verbosity=2)
