# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of packaging/ share."""

import os
import re
import subprocess
import sys
import unittest

ROOT = os.environ.get("JUMPER_SOURCE", os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
APP_ID = "io.github.dfujumper.Jumper"


def path(name):
    return os.path.join(ROOT, name)


def read(name):
    with open(path(name), encoding="utf-8") as file:
        return file.read()


def load_yaml(name):
    """The file as data; a computer without PyYAML skips the whole program."""
    try:
        import yaml  # pylint: disable=import-outside-toplevel
    except ImportError:
        print("python3-yaml is not installed")
        sys.exit(77)
    return yaml.safe_load(read(name))


def dependencies():
    """What meson.build asks pkg-config for, without what only tests need: name -> least version."""
    found = re.findall(r"^\w+_dep = dependency\('([^']+)'(?:, version: '>= ([^']+)')?([^\n]*)", read("meson.build"), re.M)
    return {name: version for name, version, rest in found if "get_option('tests')" not in rest and "umockdev" not in rest}


def meson_options():
    return set(re.findall(r"^option\('([^']+)'", read("meson_options.txt"), re.M))


def is_option(text):
    """Whether "-Dname=value" is one of the project's options, or of meson's own."""
    name = re.fullmatch(r"-D(\w+)=\S+", text).group(1)
    return name in meson_options() or name in ("werror", "buildtype", "prefix") or name.startswith("b_")


def shell_problem(text):
    """What bash says against a script; None when nothing."""
    run = subprocess.run(["bash", "-n"], input=text, capture_output=True, text=True, check=False)
    return None if run.returncode == 0 else run.stderr


def main():
    unittest.main(verbosity=1)
