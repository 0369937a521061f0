#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Stands in for udevadm in the tests of the helper: writes down what it was asked for. It lies beside the
# log, and is given no environment to speak of.
echo "$*" >>"$(dirname "$0")/udevadm.log"
