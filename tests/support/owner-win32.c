/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

/* Windows has no modes: a file is as private as the folder of the person that it is in. */
void
assert_only_owner_reads (const char *path)
{
  assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}
