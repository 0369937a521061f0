#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds up meson's test logs: what failed or was skipped by name, and the closing line."""

import json
import re
import sys


def main():
    passed = failed = skipped = cases = 0
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as log:
            for line in log:
                test = json.loads(line)
                result, name = test["result"], test["name"]
                output = test.get("stdout", "") + test.get("stderr", "")
                cases += len(re.findall(r"^\[       OK \]", output, re.M))
                cases += sum(int(n) for n in re.findall(r"^Ran (\d+) tests? in", output, re.M))
                if result == "OK":
                    passed += 1
                elif result == "SKIP":
                    skipped += 1
                    print(f"skipped: {name}")
                else:
                    failed += 1
                    print(f"failed: {name} ({result})")
    print(f"{cases} test cases in {passed + failed + skipped} program runs")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
