/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Assertions on text, and the cmocka preamble: include this first in every test. */

#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gio/gio.h>

/* Compares line by line and shows the first line that differs. */
void assert_lines_equal (const char *actual, const char *expected);
/* Checks domain and code, and that the message contains @part (which may be NULL). */
void assert_error (const GError *error, GQuark domain, int code, const char *part);
void assert_no_error (const GError *error);
/* The file is there, and nobody but its owner may read it, where the system has such a thing. */
void assert_only_owner_reads (const char *path);
/* A real firmware file, or NULL where ../shared/firmware is absent: skip() then. */
char *firmware_path (const char *name);
