#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The hosted CI, as far as it can be known without its host: what it names is there, and nothing is
forgotten on one system that another installs."""

import os
import re
import unittest

import kit

FILE = ".github/workflows/build.yml"

# What each dependency of meson.build is called on the systems that name their packages in the workflow.
PACKAGES = {
    "glib-2.0": ("glib2-devel", "glib2", "glib"),
    "gobject-2.0": ("glib2-devel", "glib2", "glib"),
    "gio-2.0": ("glib2-devel", "glib2", "glib"),
    "libusb-1.0": ("libusb1-devel", "libusb", "libusb"),
    "json-glib-1.0": ("json-glib-devel", "json-glib", "json-glib"),
    "libserialport": ("libserialport-devel", "libserialport", "libserialport"),
    "zlib": ("zlib-devel", "zlib", None),  # macOS has it
    "libcurl": ("libcurl-devel", "curl", None),  # and this
    "gtk4": ("gtk4-devel", "gtk4", "gtk4"),
    "libadwaita-1": ("libadwaita-devel", "libadwaita", "libadwaita"),
}
SYSTEMS = ("fedora", "windows", "macos")


class Workflow(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.text = kit.read(FILE)
        cls.jobs = kit.load_yaml(FILE)["jobs"]

    def scripts(self, job):
        return [step["run"] for step in self.jobs[job]["steps"] if "run" in step]

    def test_every_system_builds_and_tests(self):
        self.assertLessEqual({"debian", "ubuntu", *SYSTEMS}, set(self.jobs))
        for name, job in self.jobs.items():
            self.assertIn("timeout-minutes", job, name)
            script = "\n".join(self.scripts(name))
            self.assertRegex(script, r"tools/test|meson test|packaging/\w+/test", name)

    def test_it_may_only_read(self):
        self.assertEqual(kit.load_yaml(FILE)["permissions"], {"contents": "read"})

    def test_what_others_made_is_pinned(self):
        used = re.findall(r"uses: (\S+)(.*)", self.text)
        self.assertGreater(len(used), 0)
        for action, comment in used:
            self.assertRegex(action, r"^[\w-]+/[\w-]+@[0-9a-f]{40}$")
            self.assertRegex(comment, r"^ # v\d+\.\d+\.\d+$", action)

    def test_every_file_that_it_runs_is_there(self):
        named = set(re.findall(r"(?<![\w/.-])((?:tools|packaging|\.ci)/[\w./-]+)", self.text))
        self.assertGreater(len(named), 0)
        for name in named:
            self.assertTrue(os.access(kit.path(name), os.X_OK), name)

    def test_the_scripts_are_scripts(self):
        for job in self.jobs:
            for script in self.scripts(job):
                self.assertIsNone(kit.shell_problem(re.sub(r"\$\{\{.*?\}\}", "x", script)), script)

    def test_every_option_of_meson_exists(self):
        options = re.findall(r"(?<!\S)-D\S+", self.text)
        self.assertGreater(len(options), 0)
        for option in options:
            self.assertTrue(kit.is_option(option), option)

    def test_every_suite_exists(self):
        known = set()
        for folder, _, files in os.walk(kit.path("tests")):
            if "meson.build" in files:
                with open(os.path.join(folder, "meson.build"), encoding="utf-8") as file:
                    known |= set(re.findall(r"suite: '(\w+)'", file.read()))
        for suite in re.findall(r"--(?:no-)?suite (\w+)", self.text):
            self.assertIn(suite, known)

    def test_every_dependency_is_installed(self):
        self.assertEqual(set(kit.dependencies()), set(PACKAGES))
        for column, system in enumerate(SYSTEMS):
            steps = self.jobs[system]["steps"]
            words = " ".join(s.get("run", "") + " " + str(s.get("with", {}).get("install", "")) for s in steps).split()
            words = [re.sub(r"^mingw-w64-ucrt-x86_64-", "", w) for w in words]
            for dependency, names in PACKAGES.items():
                if names[column] is not None:
                    self.assertIn(names[column], words, f"{system}: {dependency}")
            for tool in ("meson", "gettext"):
                self.assertIn(tool, words, system)


if __name__ == "__main__":
    kit.main()
