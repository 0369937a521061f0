# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a program on boards that are plugged in, each of them fresh, and looks at what it left."""

import dataclasses
import json
import os
import re
import shlex
import subprocess

SKIPPED = 77
# Longer than dfu-util takes for a MiB.
LIMIT = 900


class Failure(Exception):
    """A run that did not do its work."""


class NoUsbfs(Exception):
    """There is no simulated usbfs here."""


class NoDisplay(Failure):
    """There is nothing to show a window on."""


@dataclasses.dataclass
class Run:
    """What a run took, as seen from outside, and what was said and counted."""
    seconds: float
    peak_kib: int
    out: str
    counters: list  # of a dictionary for each board
    memories: list  # of the bytes of each board


class Runner:
    def __init__(self, build, folder, repeat=1):
        self.folder = folder
        self.repeat = repeat
        # What is remembered between runs is the bench's own.
        own = {f"XDG_{name}_HOME": folder for name in ("CACHE", "CONFIG", "DATA", "STATE")}
        self.environment = {"LC_ALL": "C.UTF-8", "LANGUAGE": "", **own}
        self.jumperctl = os.path.join(build, "app", "jumperctl", "jumperctl")
        self.with_board = os.path.join(build, "tests", "support", "with-board")
        self.measure = os.path.join(build, "tests", "bench", "bench-measure")
        self.floor_program = os.path.join(build, "tests", "bench", "bench-floor")
        source = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
        self.on_display = os.path.join(source, "tests", "ui", "run-xvfb")
        self.windows = {name: os.path.join(build, "tests", "bench", name + "-window") for name in ("bare", "jumper")}

    def path(self, name):
        return os.path.join(self.folder, name)

    def floor(self, kind, *operations):
        """Microseconds that the board itself needs, by kind of work. An operation is a triple."""
        words = [f"{name}:{address:#x}:{length}" for name, address, length in operations]
        done = subprocess.run([self.floor_program, kind, *words], capture_output=True, timeout=LIMIT, check=True)
        return json.loads(done.stdout)

    def _board(self, number, memory, speed):
        path = self.path(f"flash-{number}.bin")
        with open(path, "wb") as out:
            out.write(memory.bytes)
        return path, f"{memory.kind},speed={speed},serial=BENCH{number:04},flash={path}"

    def run(self, memories, *commands, makes=None):
        """Runs the commands, all at once, with a board for each of @memories plugged in; the fastest of --repeat runs.
        @makes is a file that a run leaves, and that the next one must not find."""
        runs = []
        for _ in range(self.repeat):
            if makes is not None and os.path.exists(makes):
                os.unlink(makes)
            runs.append(self.run_once(memories, *commands))
        return min(runs, key=lambda run: run.seconds)

    def window(self, name, *arguments):
        """Runs a program with a window, on a display of its own, with a pyboard plugged in: seconds, and what it
        prints."""
        if not os.path.exists(self.windows[name]):
            raise NoDisplay(f"there is no {self.windows[name]}: built without the window")
        measured = self.path("measured")
        done = subprocess.run(
            [self.on_display, self.with_board, "pyboard,speed=0", "--", self.measure, measured, self.windows[name],
             *arguments],
            stdin=subprocess.DEVNULL, capture_output=True, timeout=LIMIT, check=False,
            env={**os.environ, **self.environment})
        out, errors = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
        if done.returncode == SKIPPED:
            raise NoDisplay(errors)
        if done.returncode != 0:
            raise Failure(f"{name}-window ended with {done.returncode}\n{out}\n{errors}")
        with open(measured, encoding="ascii") as source:
            seconds = float(source.read().split()[0])
        return seconds, json.loads(out) if out else None

    def run_once(self, memories, *commands, speed=1):
        boards = [self._board(number, memory, speed) for number, memory in enumerate(memories, 1)]
        counters, measured = self.path("counters"), self.path("measured")
        command = list(commands[0])
        if len(commands) > 1:
            lines = [shlex.join(words) + " & pids=\"$pids $!\"" for words in commands]
            command = ["sh", "-c", "\n".join([*lines, "for pid in $pids; do wait $pid || exit 1; done"])]
        done = subprocess.run(
            [self.with_board, "--counters", counters, *(spec for _, spec in boards), "--", self.measure, measured,
             *command],
            stdin=subprocess.DEVNULL, capture_output=True, timeout=LIMIT, check=False,
            env={**os.environ, **self.environment})
        out, errors = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
        if done.returncode == SKIPPED:
            raise NoUsbfs(errors)
        if done.returncode != 0:
            raise Failure(f"{shlex.join(command)} ended with {done.returncode}\n{out}\n{errors}")
        with open(measured, encoding="ascii") as source:
            seconds, peak = source.read().split()
        with open(counters, encoding="utf-8") as source:
            counted = [dict(re.findall(r"(\w+)=(\S+)", line)) for line in source if not line.startswith(" ")]
        memories = []
        for path, _ in boards:
            with open(path, "rb") as source:
                memories.append(source.read())
        return Run(float(seconds), int(peak), out, counted, memories)
