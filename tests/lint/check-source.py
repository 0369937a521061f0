#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks what a compiler cannot: the arrows of DESIGN.md, headers, limits and words.

usage: check-source.py SOURCE-ROOT
"""

import os
import re
import subprocess
import sys

# A room may include itself and these.
ARROWS = {
    "base": [],
    "usb": ["base"],
    "dfu": ["base", "usb"],
    "image": ["base"],
    "flash": ["base", "usb", "dfu", "image"],
    "virtual": ["base", "usb"],
    "serial": ["base"],
    "device": ["base", "usb", "dfu", "image", "flash", "virtual", "serial"],
    "board": ["base", "usb", "dfu", "image", "flash", "device", "serial"],
    "release": ["base", "usb", "dfu", "image", "flash", "device", "board"],
    "backup": ["base", "usb", "dfu", "image", "flash", "device", "board"],
}
EXCEPTIONS = {("virtual", "dfu/layout.h")}  # the map's text is the board's and the host's alike
LIBUSB_FILES = {"core/usb/usb-libusb.c", "core/usb/bus.c"}
PLATFORM = re.compile(r"-(posix|linux|win32|macos)\.[ch]$")
LICENSE_TAG = "SPDX-License-" + "Identifier:"  # in two parts, so that this line is not taken for one
SPDX = {
    "core": "LGPL-2.1-or-later",
    "app": "GPL-3.0-or-later",
    "ui": "GPL-3.0-or-later",
    "tests": "GPL-3.0-or-later",
    "tools": "GPL-3.0-or-later",
}
MAX_FILE = 600
MAX_TEST = 800  # a test may hold long tables
MAX_FUNCTION = 80
NO_HEADER = re.compile(
    r"^(LICENSES/|\.reuse/|po/LINGUAS$|po/POTFILES|po/.*\.po$|data/parts\.json$|data/catalogue/facts\.json$"
    r"|packaging/debian/(control|changelog|copyright|source/|.*\.install$)|tests/fuzz/corpus/|tests/data/|.*\.(md|png|svg)$)")
LONG_LINES = (".md", ".po", ".xml", ".xml.in", ".svg", ".ui", ".1", ".in", ".sh", ".build",
              "completion/jumperctl", "_options.txt")
GETTEXT = re.compile(r"\b(_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2?)\s*\(")

problems = []


def problem(path, line, text):
    problems.append(f"{path}:{line}: {text}")


def tracked(root):
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "-C", root, "ls-files", "-co", "--exclude-standard"],
        capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return [p for p in listed.stdout.splitlines() if os.path.isfile(os.path.join(root, p))]
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = [f for f in folders if not f.startswith("build") and f != ".git"]
        found += [os.path.relpath(os.path.join(folder, f), root) for f in files]
    return found


def check_text(path, data):
    """.editorconfig, for every text file."""
    if b"\0" in data or path.startswith("tests/fuzz/corpus/") or path.endswith(".png"):
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        problem(path, 1, "is not UTF-8")
        return None
    lines = text.split("\n")
    if path.startswith("LICENSES/"):
        return text
    if text and not text.endswith("\n"):
        problem(path, len(lines), "no newline at the end")
    if text.endswith("\n\n"):
        problem(path, len(lines), "blank line at the end")
    long_ok = path.endswith(LONG_LINES) or "\t" in text
    for number, line in enumerate(lines, 1):
        if line != line.rstrip():
            problem(path, number, "trailing white space")
        if "\t" in line and not path.endswith((".po", ".mk", ".md")) and re.search(r"\.(c|h|py|ui|css|build)$", path):
            problem(path, number, "a tab")
        if len(line) > 130 and not long_ok:
            problem(path, number, f"{len(line)} characters in a line")
    if not NO_HEADER.match(path) and LICENSE_TAG not in text[:600]:
        problem(path, 1, "no SPDX header")
    wanted = SPDX.get(path.split("/")[0])
    if wanted and path.endswith((".c", ".h")) and f"{LICENSE_TAG} {wanted}" not in text[:300]:
        problem(path, 1, f"the licence here is {wanted}")
    return text


def without_comments(text):
    """C with comments and strings blanked, line numbers kept."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match.group(0))
    return re.sub(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\])+\'', blank, text, flags=re.S)


def check_includes(path, text):
    parts = path.split("/")
    for number, line in enumerate(text.split("\n"), 1):
        match = re.match(r'\s*#\s*include\s+[<"]([^>"]+)[>"]', line)
        if not match:
            continue
        name = match.group(1)
        if "libusb.h" in name and path not in LIBUSB_FILES and parts[0] != "tests":
            problem(path, number, "libusb.h belongs in " + " and ".join(sorted(LIBUSB_FILES)))
        if re.match(r"(gtk/|adwaita|gdk/)", name) and parts[0] not in ("ui", "app", "tests"):
            problem(path, number, "GTK belongs in ui/ and app/")
        if re.match(r"(gtk/|adwaita|gdk/)", name) and path.startswith(("ui/words/", "app/jumperctl/")):
            problem(path, number, "the command links no GTK")
        if parts[0] == "core" and "/" in name and len(parts) > 2:
            room, other = parts[1], name.split("/")[0]
            if other in ARROWS and other != room and other not in ARROWS[room] and (room, name) not in EXCEPTIONS:
                problem(path, number, f"the arrow {room} -> {other} does not exist (DESIGN.md)")


BANNED = [
    (r"\bgoto\b", "goto"),
    (r"\bg_error\s*\(", "g_error() aborts"),
    (r"\bexit\s*\(|\babort\s*\(", "exits the process"),
    (r"__attribute__\s*\(\(\s*packed|#\s*pragma\s+pack", "a packed struct"),
    (r"(^|[^:])//", "a // comment"),
]
CORE_BANNED = [
    (r"\bg_print(err)?\s*\(|\bprintf\s*\(|\bfprintf\s*\(|\bputs\s*\(", "core never prints"),
    (r"\b_\s*\(|\bgettext\s*\(|\bN_\s*\(", "sentences for people are made above core"),
    (r"\bg_main_context_default\b|\bg_idle_add\b|\bg_timeout_add", "core never touches the default main context"),
]


def check_words(path, code, text):
    banned = list(BANNED)
    if path.startswith("core/"):
        banned += CORE_BANNED
    elif path.startswith("app/") or path.startswith("tests/"):
        banned = [b for b in banned if "exits" not in b[1] and "aborts" not in b[1]]
    if not PLATFORM.search(path):
        banned.append((r"^\s*#\s*if.*\b(_WIN32|G_OS_WIN32|G_OS_UNIX|__linux__|__APPLE__)\b",
                       "a platform's #ifdef outside a file that is named for it"))
    for number, line in enumerate(code.split("\n"), 1):
        for pattern, why in banned:
            if re.search(pattern, line):
                problem(path, number, why)
    for number, line in enumerate(text.split("\n"), 1):
        if re.search(r"\b(TODO|FIXME|XXX|HACK)\b|not implemented", line):
            problem(path, number, "a promise")


def check_sizes(path, code):
    lines = code.split("\n")
    if len(lines) > (MAX_TEST if path.startswith("tests/") else MAX_FILE):
        problem(path, len(lines), f"{len(lines)} lines: two things in one file")
    start = None
    for number, line in enumerate(lines, 1):
        if line.startswith("{"):
            start = number
        elif line.startswith("}") and start:
            if number - start > MAX_FUNCTION:
                problem(path, start, f"a function of {number - start} lines")
            start = None


def check_headers(path, text):
    if not path.endswith(".h"):
        return
    if "#pragma once" not in text:
        problem(path, 1, "no #pragma once")
    if path.startswith("core/") and not re.match(r"/\* SPDX.*?\*/\s*/\*", text, re.S):
        problem(path, 1, "a header starts with what the module owns")


def check_twins(files):
    """Every core module has its test, and every translatable file is in POTFILES."""
    names = set(files)
    for path in files:
        match = re.match(r"core/(\w+)/([\w-]+)\.h$", path)
        if not match or "private" in path:
            continue
        room, name = match.groups()
        if f"tests/core/{room}/test-{name}.c" not in names and f"core/{room}/{name}.c" in names:
            if not any(re.match(rf"tests/(core|usb|ui|release-http)/(\w+/)?test-{name}(-\w+)?\.c$", n) for n in names):
                problem(path, 1, "no test mirrors it")


def check_potfiles(root, files):
    listed = set()
    potfiles = os.path.join(root, "po", "POTFILES")
    if not os.path.exists(potfiles):
        return
    with open(potfiles, encoding="utf-8") as lines:
        listed = {line.strip() for line in lines if line.strip() and not line.startswith("#")}
    for path in sorted(listed - set(files)):
        problem("po/POTFILES", 1, f"{path} is not there")
    for path in files:
        if not path.startswith(("ui/", "app/")) or not path.endswith((".c", ".ui")):
            continue
        with open(os.path.join(root, path), encoding="utf-8") as source:
            text = source.read()
        translatable = 'translatable="' in text if path.endswith(".ui") else GETTEXT.search(text)
        if translatable and path not in listed:
            problem("po/POTFILES", 1, f"{path} is missing")


def main():
    root = sys.argv[1]
    files = tracked(root)
    for path in files:
        with open(os.path.join(root, path), "rb") as source:
            text = check_text(path, source.read())
        if text is None or not path.endswith((".c", ".h")):
            continue
        code = without_comments(text)
        check_includes(path, text)
        check_words(path, code, text)
        check_sizes(path, code)
        check_headers(path, text)
    check_twins(files)
    check_potfiles(root, files)
    for line in problems:
        print(line)
    print(f"{len(files)} files, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
