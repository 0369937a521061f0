#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is prepared for macOS, as far as it can be known without a Mac: the property lists, the script that
makes the bundle, the formula; and that the sources which only a Mac builds pass the compiler for one."""

import glob
import os
import platform
import plistlib
import re
import shutil
import subprocess
import unittest
import xml.etree.ElementTree as ElementTree

import kit

FORMULAS = {
    "glib-2.0": "glib", "gobject-2.0": "glib", "gio-2.0": "glib", "libusb-1.0": "libusb", "json-glib-1.0": "json-glib",
    "libserialport": "libserialport", "zlib": "zlib", "libcurl": "curl", "gtk4": "gtk4", "libadwaita-1": "libadwaita",
}
TARGET = "x86_64-apple-macos11"
# The headers are those of this computer, and of tests/packaging/macos for what only Apple has. Clang makes a
# word of its own of one that glibc's headers define.
COMPILER = ["clang", "-target", TARGET, "-U__nonnull", "-fsyntax-only", "-std=gnu17", "-Wall", "-Wextra", "-Werror",
            "-Wmissing-prototypes", "-Wno-unused-parameter", "-Wno-missing-field-initializers"]
LIBRARIES = ["gio-2.0", "gtk4", "libadwaita-1", "json-glib-1.0", "libserialport", "libusb-1.0", "libcurl"]


def info():
    text = kit.read("packaging/macos/Info.plist.in").replace("@VERSION@", "1.2.3")
    return plistlib.loads(text.encode())


class PropertyLists(unittest.TestCase):
    def test_the_bundle_is_described(self):
        plist = info()
        for key in ("CFBundleIdentifier", "CFBundleName", "CFBundleExecutable", "CFBundleIconFile", "CFBundlePackageType",
                    "CFBundleInfoDictionaryVersion", "CFBundleVersion", "LSMinimumSystemVersion"):
            self.assertIsInstance(plist[key], str, key)
        self.assertEqual(plist["CFBundleIdentifier"], kit.APP_ID)
        self.assertEqual(plist["CFBundleShortVersionString"], "1.2.3")
        self.assertNotIn("@", kit.read("packaging/macos/Info.plist.in").replace("@VERSION@", ""))

    def test_it_names_what_the_script_puts_there(self):
        script = kit.read("packaging/macos/build")
        plist = info()
        self.assertIn(f'"$contents/Resources/{plist["CFBundleIconFile"]}"', script)
        self.assertIn(f'"$dest/stage/bin/{plist["CFBundleExecutable"]}"', script)

    def test_it_opens_dfu_files(self):
        plist = info()
        exported = {t["UTTypeIdentifier"]: t["UTTypeTagSpecification"] for t in plist["UTExportedTypeDeclarations"]}
        opened = [name for kind in plist["CFBundleDocumentTypes"] for name in kind["LSItemContentTypes"]]
        self.assertEqual(opened, list(exported))
        mime = ElementTree.parse(kit.path(f"data/{kit.APP_ID}.mime.xml")).getroot()[0]
        tags = exported[opened[0]]
        self.assertEqual(tags["public.mime-type"], mime.get("type"))
        globs = [g.get("pattern") for g in mime if g.tag.endswith("glob")]
        self.assertEqual([f"*.{e}" for e in tags["public.filename-extension"]], globs)

    def test_it_speaks_what_is_translated(self):
        languages = [line for line in kit.read("po/LINGUAS").split("\n") if line and not line.startswith("#")]
        self.assertEqual(sorted(info()["CFBundleLocalizations"]), sorted(["en", *languages]))

    def test_nothing_is_taken_out_of_the_hardened_runtime(self):
        with open(kit.path("packaging/macos/entitlements.plist"), "rb") as file:
            self.assertEqual(plistlib.load(file), {})


class Recipes(unittest.TestCase):
    def test_the_formula_has_every_dependency(self):
        text = kit.read("packaging/homebrew/jumper.rb")
        named = set(re.findall(r'^  (?:depends_on|uses_from_macos) "([^"]+)"', text, re.M))
        self.assertEqual(set(kit.dependencies()), set(FORMULAS))
        for dependency, formula in FORMULAS.items():
            self.assertIn(formula, named, dependency)
        for option in re.findall(r'"(-D[^"]+)"', text):
            self.assertTrue(kit.is_option(option), option)

    def test_the_script_asks_for_every_dependency(self):
        asked = re.search(r"^#   brew install (.*)$", kit.read("packaging/macos/build"), re.M).group(1).split()
        for dependency, formula in FORMULAS.items():
            if formula not in ("zlib", "curl", "glib"):
                self.assertIn(formula, asked, dependency)
        for option in re.findall(r"(?<!\S)-D\S+", kit.read("packaging/macos/build")):
            self.assertTrue(kit.is_option(option), option)


def sources():
    """What meson.build takes on a Mac and not on Linux, and what both of them have and Windows does not."""
    found = ["core/serial/ports-libserialport.c"]
    for end in ("macos", "posix", "none"):
        found += glob.glob(f"*/**/*-{end}.c", root_dir=kit.ROOT, recursive=True)
    return sorted(f for f in set(found) if f.split("/")[0] in ("core", "ui", "app"))


@unittest.skipUnless(shutil.which("clang"), "clang is not installed")
@unittest.skipUnless(platform.machine() == "x86_64", "the headers of this computer are those of another processor")
class Sources(unittest.TestCase):
    def test_they_pass_the_compiler(self):
        flags = subprocess.run(["pkg-config", "--cflags-only-I", *LIBRARIES], capture_output=True, text=True, check=True)
        system = [f.replace("-I", "-isystem", 1) for f in flags.stdout.split()]
        rooms = [f"-I{kit.path(r)}" for r in ("core", "ui", "app")] + [f"-I{os.environ.get('JUMPER_BUILD', kit.path('build'))}"]
        self.assertIn("ui/words/words-macos.c", sources())
        for source in sources():
            run = subprocess.run([*COMPILER, *rooms, "-isystem", kit.path("tests/packaging/macos"),
                                  "-isystem/usr/include/x86_64-linux-gnu", "-isystem/usr/include", *system, kit.path(source)],
                                 capture_output=True, text=True, check=False)
            self.assertEqual(run.returncode, 0, run.stderr)


if __name__ == "__main__":
    kit.main()
