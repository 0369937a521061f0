/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Gives every file of a corpus folder to the fuzz target, in the order of their names, so that the
 * normal tests run what the fuzzer once found. */

#include "fuzz.h"

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
list_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  g_ptr_array_sort (names, compare_names);
  return names;
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) names = list_folder (argc == 2 ? argv[1] : "");

  if (names->len == 0) {
    g_printerr ("usage: %s FOLDER, which has files in it\n", argv[0]);
    return 2;
  }
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *data = NULL;
    gsize size;

    g_print ("%s\n", (char *)names->pdata[i]);
    if (!g_file_get_contents (names->pdata[i], &data, &size, NULL))
      return 1;
    LLVMFuzzerTestOneInput ((const guint8 *)data, size);
  }
  return 0;
}
