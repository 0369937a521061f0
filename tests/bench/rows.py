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
N_FRAMES = 5
LOOKOUT = "jmp-lookout"
IDLE_SECONDS = 10
# Eight boards, one begun each second, and what a blank pyboard takes for a MiB.
FLASH_SECONDS = 50


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

    def change(self, row, change):
        """300 KiB in seven sectors: 4 × 16 KiB, 64 KiB and 2 × 128 KiB. @change is made to the sixth, of 128 KiB.

        jumperctl also erases the sector with the vector table, and writes it last, although it is equal: else an
        update that is interrupted could start half a firmware. So there are two floors, with that sector and
        without, and the row says what its safety costs."""
        new = content.program(300 * KIB, 1)
        segments = [(FLASH_BASE, new)]
        vectors, changed = (FLASH_BASE, new[:16 * KIB]), (FLASH_BASE + 128 * KIB, new[128 * KIB:256 * KIB])
        old = bytearray(new)
        old[128 * KIB:256 * KIB] = change(changed[1])
        firmware = content.write_dfuse(self.runner.path("seven.dfu"), segments)
        board = content.Memory("pyboard").with_segments([(FLASH_BASE, bytes(old))])
        after = board.with_segments(segments)
        others = [("read", FLASH_BASE + 16 * KIB, 112 * KIB), ("read", FLASH_BASE + 256 * KIB, 44 * KIB)]
        unsafe = self.runner.floor("pyboard", *flashing([changed]), ("read", FLASH_BASE, 16 * KIB), *others)
        row.floor = self.runner.floor("pyboard", *flashing([changed, vectors]), *others)
        self.jumperctl(row, board, "flash", firmware, expected=after)
        row.dfu_util = self.slow_dfu_util(board, "-D", firmware, expected=after)
        unsafe_seconds = sum(unsafe.values()) / 1e6
        row.bars = [Bar("≤ 1.15 × floor", row.times_floor, 1.15),
                    Bar("≤ 1.15 × the floor without the vector table's sector", row.seconds / unsafe_seconds, 1.15)]
        row.notes.append("the vector table's sector, erased first and written last although equal, is "
                         f"{row.floor_seconds - unsafe_seconds:.2f} s of the floor")
        return row

    @functools.cached_property
    def sector(self):
        """As after a change of the source: from where it is, everything has moved."""
        return self.change(Row("sector", "one changed sector of seven (300 KiB)"),
                           lambda data: content.noise(len(data), 7))

    @functools.cached_property
    def byte(self):
        """Whoever compares reads half the sector before it shows that it must be erased."""
        middle = 64 * KIB
        return self.change(Row("byte", "one changed byte amid that sector"),
                           lambda data: data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1:])

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

    # The window ------------------------------------------------------------------------------

    def a_window(self, name, title, value, limit, text):
        row = Row(name, title)
        row.bars = [Bar(text, value, limit)]
        return row

    @functools.cached_property
    def frame(self):
        """The fastest of several: each is short, and others on the machine only add time."""
        bare, jumper = (min(self.runner.window(name, "frame")[0] for _ in range(N_FRAMES)) for name in ("bare", "jumper"))
        row = self.a_window("frame", "window: time to its first frame", jumper / bare, 1.3, "≤ 1.3 × a bare window")
        row.notes.append(f"{jumper * 1000:.0f} ms; a bare window of libadwaita {bare * 1000:.0f} ms")
        return row

    @functools.cached_property
    def at_rest(self):
        """What a bare window and jumper's, with a board, do in some seconds."""
        return [self.runner.window(name, "rest", str(IDLE_SECONDS))[1] for name in ("bare", "jumper")]

    @functools.cached_property
    def resident(self):
        bare, jumper = (rest["resident_kib"] * KIB for rest in self.at_rest)
        row = self.a_window("resident", "window: resident memory, one board", jumper, 1.5 * bare + 20 * MIB,
                            f"≤ 1.5 × a bare window + 20 MiB = {(1.5 * bare + 20 * MIB) / MIB:.1f} MiB")
        row.notes.append(f"a bare window has {bare / MIB:.1f} MiB")
        return row

    @functools.cached_property
    def idle(self):
        """All but the thread that looks for boards. What wakes a bare window is not jumper's doing."""
        bare, jumper = self.at_rest
        woken = sum(n for thread, n in jumper["wake_ups"].items() if thread != LOOKOUT)
        row = self.a_window("idle", f"window: wake-ups at rest in {IDLE_SECONDS} s", woken, sum(bare["wake_ups"].values()),
                            "≤ a bare window's, the monitor's aside")
        row.notes.append(f"main loop {jumper['turns'][0]['n']} turns, monitor {jumper['wake_ups'].get(LOOKOUT, 0)}; "
                         f"a bare window's main loop {bare['turns'][0]['n']}")
        return row

    @functools.cached_property
    def turn(self):
        """The boards are the window's own practice boards, in real time; the window is asked for no more than a
        person's hand would."""
        image = content.program(MIB, 6)
        firmware = content.write_dfuse(self.runner.path("window.dfu"), [(FLASH_BASE, image)])
        paths = [self.runner.path(f"window-{number}.bin") for number in range(N_BOARDS)]
        for path in paths:
            with open(path, "wb") as out:
                out.write(content.Memory("pyboard").bytes)
        specs = [f"pyboard,serial=BENCH{number:04},flash={path}" for number, path in enumerate(paths, 1)]
        work = self.runner.window("jumper", "flash", str(FLASH_SECONDS), firmware, *specs)[1]
        for path in paths:
            with open(path, "rb") as source:
                if source.read() != image:
                    raise Failure(f"turn: {path} is not what was to be flashed")
        begun, going = work["turns"]
        row = self.a_window("turn", "window: longest turn of its main loop", going["longest_us"] / 1000, 33,
                            "≤ 33 ms, while eight boards get 1 MiB each")
        row.bars.append(Bar("and while they are begun, and their pages made", begun["longest_us"] / 1000, 33))
        for what, turns in ("going", going), ("begun", begun):
            row.notes.append(f"{what}: {turns['longest_busy_us'] / 1000:.1f} ms of it on a processor; of {turns['n']} "
                             f"turns, {turns['over_16_ms']} took over 16 ms, {turns['over_33_ms']} over 33")
        return row


NAMES = ["used", "blank", "same", "sector", "byte", "data", "backup", "h743", "eight", "transfers", "memory", "frame",
         "turn", "resident", "idle"]
