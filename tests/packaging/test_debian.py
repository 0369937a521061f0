#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Debian packages, before they are built: everything that meson installs is in exactly one of them, and
what they are built with is what meson.build asks for."""

import fnmatch
import json
import os
import re
import subprocess
import unittest

import kit

PACKAGES = ("jumper", "jumperctl")
# The package of each dependency that is not named after it.
NAMES = {
    "glib-2.0": "libglib2.0-dev", "gobject-2.0": "libglib2.0-dev", "gio-2.0": "libglib2.0-dev",
    "libusb-1.0": "libusb-1.0-0-dev", "json-glib-1.0": "libjson-glib-dev", "libserialport": "libserialport-dev",
    "zlib": "zlib1g-dev", "libcurl": "libcurl4-openssl-dev", "gtk4": "libgtk-4-dev", "libadwaita-1": "libadwaita-1-dev",
}


def install_lines(package):
    return [line.strip() for line in kit.read(f"packaging/debian/{package}.install").splitlines() if line.strip()]


def matches(path, pattern):
    return fnmatch.fnmatch(path, pattern) or path.startswith(pattern + "/")


class Debian(unittest.TestCase):
    @unittest.skipUnless("JUMPER_BUILD" in os.environ, "needs a build folder")
    def test_everything_is_in_exactly_one_package(self):
        command = ["meson", "introspect", "--installed", "--buildoptions", os.environ["JUMPER_BUILD"]]
        told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        options = {option["name"]: option["value"] for option in told["buildoptions"]}
        if options["gui"] == "disabled" or not options["man"]:
            self.skipTest("not everything is built in this folder")
        installed = [os.path.relpath(path, options["prefix"]) for path in told["installed"].values()]
        self.assertIn("bin/jumperctl", installed)
        used = set()
        for path in installed:
            found = [(package, line) for package in PACKAGES for line in install_lines(package)
                     if matches("usr/" + path, line)]
            self.assertEqual(len(found), 1, f"{path} is in {found}")
            used.add(found[0])
        for package in PACKAGES:
            for line in install_lines(package):
                self.assertIn((package, line), used, "nothing of that is installed")

    def test_it_is_built_with_what_meson_asks_for(self):
        control = kit.read("packaging/debian/control")
        block = re.search(r"^Build-Depends:\n((?: .*\n)+)", control, re.M).group(1)
        needed = dict(re.findall(r"^ (\S+?)(?::any)?(?: \(>= (?:\d+:)?([^)]+)\))?,$", block, re.M))
        for dependency, version in kit.dependencies().items():
            name = NAMES[dependency]
            self.assertIn(name, needed, dependency)
            if version and needed[name]:
                self.assertEqual(needed[name], version, name)
        self.assertEqual(needed["meson"], re.search(r"meson_version: '>= ([^']+)'", kit.read("meson.build")).group(1))

    def test_the_library_that_is_loaded_later_is_needed(self):
        """No program is linked with it, so that nothing finds it out by itself."""
        control = kit.read("packaging/debian/control")
        version = kit.dependencies()["libcurl"]
        self.assertIn(f" libcurl4 (>= {version}),", control)

    def test_what_is_built_with_is_what_tools_install(self):
        setup = kit.read("tools/lib/setup.sh")
        listed = re.search(r"^build_packages=\(([^)]*)\)", setup, re.M).group(1).split()
        for dependency in kit.dependencies():
            self.assertIn(NAMES[dependency], listed)

    def test_versions_agree(self):
        version = re.search(r"^  version: '([^']+)'", kit.read("meson.build"), re.M).group(1)
        self.assertTrue(kit.read("packaging/debian/changelog").startswith(f"jumper ({version}) "))
        self.assertIn(f"## {version} ", kit.read("NEWS.md"))
        self.assertIn(f'<release version="{version}"', kit.read(f"data/{kit.APP_ID}.metainfo.xml.in"))

    def test_the_rule_is_read_before_the_one_that_acts_on_it(self):
        rules = [name for name in os.listdir(kit.path("data/udev")) if name.endswith(".rules")]
        self.assertEqual(rules, ["70-jumper.rules"])
        self.assertLess(rules[0], "73-seat-late.rules")
        self.assertIn('TAG+="uaccess"', kit.read("data/udev/" + rules[0]))


if __name__ == "__main__":
    kit.main()
