#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the work takes, beside what the board itself needs and beside dfu-util.

Boards are virtual, in real time, behind a simulated usbfs; everything from libusb upwards is what runs
with a real board. Both programs do each job on a fresh board of the same kind and content.

The floor of a row is what the board itself counts for the work that nobody can save: busy erasing each
sector that must change, busy programming, and the wire time of each byte that must cross, once each way
and in full blocks. Addresses, polls, and what is compared before an erase are above the floor. Times are
from the start of a program to its end; jumperctl's include verifying and leaving, dfu-util's do not.
The rows of the window run it on a display of its own, drawn without a graphics card, beside the least
window that libadwaita can make.
"""

import argparse
import json
import os
import sys
import tempfile

from rows import NAMES, Bench
from runner import Failure, NoUsbfs, Runner

EXIT_FAILED = 1
EXIT_SKIPPED = 77


def parse_arguments():
    parser = argparse.ArgumentParser(
        prog="tools/bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="leave out the runs of dfu-util that take most of a minute")
    parser.add_argument("--row", metavar="NAME", action="append", choices=NAMES,
                        help="only this row, and what it is compared with: " + ", ".join(NAMES))
    parser.add_argument("--repeat", metavar="N", type=int, default=1, choices=range(1, 10),
                        help="run everything that often and take the fastest: others on the machine only add time")
    parser.add_argument("--json", metavar="FILE", help="write the numbers there")
    parser.add_argument("--build", metavar="DIR", default="build", type=os.path.abspath, help="build folder (default: build)")
    return parser.parse_args()


def find_firmware(build):
    """The real image where there is one; what is published by others is not part of the project."""
    source = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    folder = os.environ.get("JMP_FIRMWARE_DIR", os.path.join(source, "..", "shared", "firmware"))
    real = os.path.join(folder, "pybv11-network-v1.11.dfu")
    return real if os.path.exists(real) else os.path.join(build, "data", "practice.dfu")


def verdict(bar):
    if bar.met is None:
        return f"{bar.text}: not measured"
    if isinstance(bar.value, int):
        value = f"{bar.value / 1024 / 1024:.1f} MiB" if bar.value > 1000000 else str(bar.value)
    else:
        value = f"{bar.value:.3f}" if bar.value < 10 else f"{bar.value:.1f}"
    return f"{bar.text}: {'met' if bar.met else 'MISSED'} ({value})"


def number(value, form):
    return form.format(value) if value is not None else ""


HEADER = ("", "floor", "jumperctl", "× floor", "dfu-util", "× faster", "bar")


def cells(row):
    ratio = row.times_dfu_util
    return (row.title, number(row.floor_seconds, "{:.2f} s"), number(row.seconds, "{:.2f} s"),
            number(row.times_floor, "{:.3f}"), number(row.dfu_util, "{:.1f} s"),
            number(1 / ratio if ratio else None, "{:.1f}"), "; ".join(map(verdict, row.bars)))


def print_line(line):
    first, *numbers, bar = line
    print(f"{first:46} " + " ".join(f"{text:>9}" for text in numbers) + f"   {bar}".rstrip(), flush=True)


def row_to_json(row):
    return {
        "name": row.name,
        "title": row.title,
        "floor": {**row.floor, "seconds": row.floor_seconds} if row.floor else None,
        "jumperctl": {"seconds": row.seconds, "report": row.own} if row.seconds else None,
        "dfu_util": {"seconds": row.dfu_util} if row.dfu_util else None,
        "times_floor": row.times_floor,
        "times_dfu_util": row.times_dfu_util,
        "board": row.board,
        "bars": [{"text": bar.text, "value": bar.value, "limit": bar.limit, "met": bar.met} for bar in row.bars],
        "notes": row.notes,
    }


def run_rows(bench, names):
    """Runs and prints each row; returns those that could be run, and whether that is all of them."""
    done, whole = [], True
    print_line(HEADER)
    for name in names:
        try:
            row = getattr(bench, name)
        except Failure as failure:
            print(f"{name}: {failure}", file=sys.stderr)
            whole = False
            continue
        print_line(cells(row))
        for note in row.notes:
            print(f"    {note}", flush=True)
        done.append(row)
    return done, whole


def main():
    arguments = parse_arguments()
    firmware = find_firmware(arguments.build)
    load = os.getloadavg()
    print(f"{os.path.basename(firmware)} on virtual boards in real time; {os.cpu_count()} processors, load {load[0]:.2f}")
    with tempfile.TemporaryDirectory(prefix="jumper-bench-") as folder:
        bench = Bench(Runner(arguments.build, folder, arguments.repeat), firmware, arguments.quick)
        try:
            rows, whole = run_rows(bench, arguments.row or NAMES)
        except NoUsbfs as reason:
            print(reason, file=sys.stderr)
            return EXIT_SKIPPED
    if arguments.json:
        result = {
            "firmware": os.path.basename(firmware),
            "repeat": arguments.repeat,
            "processors": os.cpu_count(),
            "load": {"before": load, "after": os.getloadavg()},
            "rows": [row_to_json(row) for row in rows],
        }
        with open(arguments.json, "w", encoding="utf-8") as out:
            json.dump(result, out, indent=2, ensure_ascii=False)
            out.write("\n")
    return 0 if whole else EXIT_FAILED


if __name__ == "__main__":
    sys.exit(main())
