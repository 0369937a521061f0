/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A fuzz target: one parser, any bytes. libFuzzer calls it, and so does replay-main.c with every file
 * of the target's corpus. A rule that is broken ends in fuzz_check(). */

#pragma once

#include <gio/gio.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define fuzz_check(rule)                                             \
  do {                                                               \
    if (!(rule)) {                                                   \
      g_printerr ("%s:%d: broken: %s\n", __FILE__, __LINE__, #rule); \
      abort ();                                                      \
    }                                                                \
  } while (0)
