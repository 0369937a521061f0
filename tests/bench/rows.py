# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of the table. Each is one job, on boards of its own, done by jumperctl and by dfu-util."""

import dataclasses
import functools
import json

import content
import wire
from content import FLASH_BASE, FLASH_SIZE
from runner import Failure

KIB = 1024
MIB = 1024 * KIB
PEAK_LIMIT = 24 * MIB
N_BOARDS = 8


@dataclasses.dataclass
class Bar:
    """What must be reached: @value at most @limit; None where it was not measured."""
    text: str
    value: float | None
    limit: float

    @property
    def met(self):
        return None if self.value is None else self.value <= self.limit


@dataclasses.dataclass
class Row:
    name: str
    title: str
    floor: dict | None = None        # microseconds, by kind of work
    seconds: float | None = None     # jumperctl, from its start to its end
    dfu_util: float | None = None
    own: dict | None = None          # what jumperctl's --json says
    board: dict | None = None        # what the board counted
    bars: list = dataclasses.field(default_factory=list)
    notes: list = dataclasses.field(default_factory=list)

    @property
    def floor_seconds(self):
        return sum(self.floor.values()) / 1e6 if self.floor else None

    @property
    def times_floor(self):
        return self.seconds / self.floor_seconds if self.seconds and self.floor else None

    @property
    def times_dfu_util(self):
        return self.seconds / self.dfu_util if self.seconds and self.dfu_util else None


def flashing(segments):
    """A flash: every touched sector erased, every byte there and back once."""
    return [(what, address, len(data)) for address, data in segments for what in ("erase", "write", "read")]


class Bench:
    def __init__(self, runner, firmware, quick):
        self.runner = runner
        self.firmware = firmware
        self.segments = content.read_dfuse(firmware)
        self.quick = quick

    # Running ----------------------------------------------------------------------------------

    def jumperctl(self, row, memory, *arguments, expected=None, makes=None):
        """Runs it on one board, and has a row say what came of it."""
        run = self.runner.run([memory], [self.runner.jumperctl, *arguments, "--json"], makes=makes)
        row.seconds, row.own, row.board = run.seconds, json.loads(run.out), run.counters[0]
        if row.own["result"] != "ok":
            raise Failure(f"{row.name}: {run.out}")
        if arguments[0] == "flash" and not row.own["verified"]:
            raise Failure(f"{row.name}: jumperctl did not verify")
        if int(row.board["violations"]) != 0:
            row.notes.append(f"{row.board['violations']} rules of the board were broken")
        if expected is not None and run.memories[0] != bytes(expected.bytes):
            raise Failure(f"{row.name}: the flash is not as it should be")
        return run

    def dfu_util(self, memory, *arguments, expected=None, makes=None):
        """Seconds that it takes for one board, without verifying."""
        run = self.runner.run([memory], ["dfu-util", "-d", "0483:df11", "-a", "0", *arguments], makes=makes)
        if expected is not None and run.memories[0] != bytes(expected.bytes):
            raise Failure("dfu-util: the flash is not as it should be")
        return run.seconds

    def slow_dfu_util(self, memory, *arguments, **more):
        return None if self.quick else self.dfu_util(memory, *arguments, **more)

    def as_with_the_first(self, row):
        row.dfu_util = self.used.dfu_util
        if row.dfu_util:
            row.notes.append("dfu-util's time is the first row's: it does the same, whatever is on the board")

    # Rows -------------------------------------------------------------------------------------

    @functools.cached_property
    def used_board(self):
        return content.used("pyboard", self.segments)

    @functools.cached_property
    def used(self):
        row = Row("used", "first flash and verify, used pyboard")
        after = self.used_board.with_segments(self.segments)
        row.floor = self.runner.floor("pyboard", *flashing(self.segments))
        self.jumperctl(row, self.used_board, "flash", self.firmware, expected=after)
        row.dfu_util = self.slow_dfu_util(self.used_board, "-D", self.firmware, expected=after)
        row.bars = [Bar("≤ 1.10 × floor", row.times_floor, 1.10),
                    Bar("≤ 1/5 of dfu-util", row.times_dfu_util, 0.2)]
        return row

    @functools.cached_property
    def blank(self):
        row = Row("blank", "the same onto a blank pyboard")
        board = content.Memory("pyboard")
        # That a sector is blank is known only once it was read.
        layout = [(FLASH_BASE + start, size) for start, size in
                  [(i * 16 * KIB, 16 * KIB) for i in range(4)] + [(64 * KIB, 64 * KIB)]
                  + [(i * 128 * KIB, 128 * KIB) for i in range(1, 8)]]
        touched = [("read", start, size) for start, size in layout
                   if any(address < start + size and start < address + len(data) for address, data in self.segments)]
        work = [step for step in flashing(self.segments) if step[0] != "erase"]
        row.floor = self.runner.floor("pyboard", *touched, *work)
        self.jumperctl(row, board, "flash", self.firmware, expected=board.with_segments(self.segments))
        self.as_with_the_first(row)
        return row

    @functools.cached_property
    def same(self):
        row = Row("same", "the same image again")
        board = self.used_board.with_segments(self.segments)
        row.floor = self.runner.floor("pyboard", *[("read", address, len(data)) for address, data in self.segments])
        self.jumperctl(row, board, "flash", self.firmware, expected=board)
        self.as_with_the_first(row)
        row.bars = [Bar("≤ 0.15 × the first", row.seconds / self.used.seconds, 0.15)]
        return row

    @functools.cached_property
    def sector(self):
        """300 KiB in seven sectors: 4 × 16 KiB, 64 KiB and 2 × 128 KiB. One byte in the middle of the sixth, of
        128 KiB, is another."""
        row = Row("sector", "one changed sector of seven (300 KiB)")
        new = content.program(300 * KIB, 1)
        old = bytearray(new)
        old[192 * KIB] ^= 0xFF
        segments = [(FLASH_BASE, new)]
        firmware = content.write_dfuse(self.runner.path("seven.dfu"), segments)
        board = content.Memory("pyboard").with_segments([(FLASH_BASE, bytes(old))])
        row.floor = self.runner.floor("pyboard", *flashing([(FLASH_BASE + 128 * KIB, new[:128 * KIB])]),
                                      ("read", FLASH_BASE, 128 * KIB), ("read", FLASH_BASE + 256 * KIB, 44 * KIB))
        self.jumperctl(row, board, "flash", firmware, expected=board.with_segments(segments))
        row.dfu_util = self.slow_dfu_util(board, "-D", firmware, expected=board.with_segments(segments))
        row.bars = [Bar("≤ 1.15 × floor", row.times_floor, 1.15)]
        return row

    @functools.cached_property
    def data(self):
        """The sector is full, so that 124 KiB beside the data must come, go, and come again."""
        row = Row("data", "4 KiB data into the middle of a 128 KiB sector")
        sector, address = FLASH_BASE + 256 * KIB, FLASH_BASE + 320 * KIB
        board = content.Memory("pyboard").put(sector, content.noise(128 * KIB, 3))
        data = content.noise(4 * KIB, 4)
        path = self.runner.path("data.bin")
        with open(path, "wb") as out:
            out.write(data)
        after = board.with_segments([(address, data)])
        row.floor = self.runner.floor("pyboard", ("read", sector, 124 * KIB), ("erase", sector, 128 * KIB),
                                      ("write", sector, 128 * KIB), ("read", sector, 128 * KIB))
        run = self.jumperctl(row, board, "flash", path, "--address", f"{address:#x}", "--no-leave")
        if run.memories[0] != bytes(after.bytes):
            row.notes.append("jumperctl did not keep the neighbours: it did less than the floor's work")
        row.dfu_util = self.dfu_util(board, "-s", f"{address:#x}", "-D", path)
        row.notes.append("dfu-util loses the neighbours")
        return row

    @functools.cached_property
    def backup(self):
        row = Row("backup", "backup of 1 MiB")
        board = content.Memory("pyboard").put(FLASH_BASE, content.noise(FLASH_SIZE["pyboard"], 5))
        row.floor = self.runner.floor("pyboard", ("read", FLASH_BASE, MIB))
        mine, its = self.runner.path("mine.bin"), self.runner.path("its.bin")
        self.jumperctl(row, board, "backup", mine, expected=board, makes=mine)
        row.dfu_util = self.dfu_util(board, "-s", f"{FLASH_BASE:#x}:{MIB}", "-U", its, makes=its)
        for path in (mine, its):
            with open(path, "rb") as source:
                if source.read() != bytes(board.bytes):
                    raise Failure(f"{path} is not what is on the board")
        row.bars = [Bar("≤ 1.10 × floor", row.times_floor, 1.10)]
        return row

    @functools.cached_property
    def h743_peak(self):
        """The row, and what jumperctl had of memory at most."""
        row = Row("h743", "H743, 1 MiB")
        segments = [(FLASH_BASE, content.program(MIB, 6))]
        firmware = content.write_dfuse(self.runner.path("h743.dfu"), segments)
        board = content.used("nucleo-h743", segments)
        after = board.with_segments(segments)
        row.floor = self.runner.floor("nucleo-h743", *flashing(segments))
        run = self.jumperctl(row, board, "flash", firmware, expected=after)
        row.dfu_util = self.slow_dfu_util(board, "-D", firmware, expected=after)
        row.bars = [Bar("≤ 1.10 × floor", row.times_floor, 1.10)]
        return row, run.peak_kib * KIB

    @property
    def h743(self):
        return self.h743_peak[0]

    @functools.cached_property
    def does_all(self):
        """Whether this jumperctl flashes several boards itself."""
        flash = [self.runner.jumperctl, "flash", self.firmware, "--all", "--json"]
        try:
            self.runner.run_once([self.used_board] * 2, flash, speed=0)
        except Failure:
            return False
        return True

    @functools.cached_property
    def eight(self):
        row = Row("eight", "eight pyboards at once")
        boards = [self.used_board] * N_BOARDS
        after = bytes(self.used_board.with_segments(self.segments).bytes)
        paths = [f"1-{number}" for number in range(1, N_BOARDS + 1)]
        row.floor = self.used.floor
        flash = [self.runner.jumperctl, "flash", self.firmware, "--json"]
        if self.does_all:
            row.notes.append("one jumperctl flash --all")
            run = self.runner.run(boards, [*flash, "--all"])
        else:
            row.notes.append("eight processes: this jumperctl has no --all")
            run = self.runner.run(boards, *([*flash, "-d", f"path:{path}"] for path in paths))
        if any(memory != after for memory in run.memories):
            raise Failure("eight: a flash is not as it should be")
        row.seconds = run.seconds
        if not self.quick:
            row.dfu_util = self.runner.run(
                boards, *(["dfu-util", "-d", "0483:df11", "-a", "0", "-p", path, "-D", self.firmware]
                          for path in paths)).seconds
        row.bars = [Bar("≤ 1.20 × one board", row.seconds / self.used.seconds, 1.20)]
        return row

    @functools.cached_property
    def transfers(self):
        """Counted, not timed: on a board with a fake clock."""
        row = Row("transfers", "transfers for each written block")
        recording = self.runner.path("recording")
        flash = [self.runner.jumperctl, "flash", self.firmware, "--record", recording]
        self.runner.run_once([self.used_board], flash, speed=0)
        count = wire.per_written_block(recording)
        # An address is set once for each run of blocks, and each of those takes three transfers, too.
        row.bars = [Bar("3, and 0.1 for addresses", count, 3.1)]
        return row

    @functools.cached_property
    def memory(self):
        row = Row("memory", "peak memory of jumperctl, 1 MiB image")
        peak = self.h743_peak[1]
        row.notes.append("during the row h743, with the simulated bus' own library in it")
        row.bars = [Bar("≤ 24 MiB", peak, PEAK_LIMIT)]
        return row


NAMES = ["used", "blank", "same", "sector", "data", "backup", "h743", "eight", "transfers", "memory"]
