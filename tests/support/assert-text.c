/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

void
assert_lines_equal (const char *actual, const char *expected)
{
  g_auto (GStrv) a = g_strsplit (actual, "\n", -1);
  g_auto (GStrv) e = g_strsplit (expected, "\n", -1);

  for (guint i = 0; a[i] != NULL || e[i] != NULL; i++) {
    if (g_strcmp0 (a[i], e[i]) != 0)
      fail_msg ("line %u differs\n  expected: %s\n  actual:   %s\nwhole text:\n%s",
                i + 1,
                e[i] != NULL ? e[i] : "(end)",
                a[i] != NULL ? a[i] : "(end)",
                actual);
    if (a[i] == NULL || e[i] == NULL)
      return;
  }
}

void
assert_error (const GError *error, GQuark domain, int code, const char *part)
{
  if (error == NULL)
    fail_msg ("no error, where %s %d was expected", g_quark_to_string (domain), code);
  if (!g_error_matches (error, domain, code))
    fail_msg (
        "wrong error: %s %d: %s", g_quark_to_string (error->domain), error->code, error->message);
  if (part != NULL && strstr (error->message, part) == NULL)
    fail_msg ("\"%s\" is not in the message \"%s\"", part, error->message);
}

void
assert_no_error (const GError *error)
{
  if (error != NULL)
    fail_msg ("error: %s %d: %s", g_quark_to_string (error->domain), error->code, error->message);
}

char *
firmware_path (const char *name)
{
  const char *dir = g_getenv ("JMP_FIRMWARE_DIR");
  g_autofree char *path = NULL;

  if (dir == NULL)
    return NULL;
  path = g_build_filename (dir, name, NULL);
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return NULL;
  return g_steal_pointer (&path);
}
