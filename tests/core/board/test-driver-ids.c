/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "board/catalogue.h"

#include <string.h>

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* The ids of all boot loaders of the catalogue as lines of a driver package, each once, in order. */
static char *
expected_lines (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpCatalogue) catalogue = jmp_catalogue_new_built_in (&error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *boards;

  assert_no_error (error);
  boards = jmp_catalogue_get_boards (catalogue);
  for (guint i = 0; i < boards->len; i++) {
    const JmpBoard *board = boards->pdata[i];

    for (guint j = 0; j < board->dfu_ids->len; j++) {
      const JmpUsbId *id = &g_array_index (board->dfu_ids, JmpUsbId, j);
      char *line = g_strdup_printf ("%%Board.%04X.%04X%% = Board, USB\\VID_%04X&PID_%04X",
                                    id->vid,
                                    id->pid,
                                    id->vid,
                                    id->pid);

      if (g_hash_table_contains (seen, line)) {
        g_free (line);
        continue;
      }
      g_hash_table_add (seen, line);
      g_ptr_array_add (lines, line);
    }
  }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **)lines->pdata);
}

/* The lines of a section, without its headline. */
static char *
read_section (const char *inf, const char *name)
{
  g_autofree char *headline = g_strdup_printf ("\n[%s]\n", name);
  const char *start = strstr (inf, headline);
  const char *end;

  assert_non_null (start);
  start += strlen (headline);
  end = strstr (start, "\n\n");
  assert_non_null (end);
  return g_strndup (start, (gsize)(end - start));
}

/* A driver package that names more would take devices away from their drivers; one that names less
 * leaves boards without. */
static void
test_driver_package_has_the_ids_of_the_catalogue (void **state)
{
  g_autofree char *expected = expected_lines ();
  g_autofree char *inf = NULL;
  g_autofree char *x86 = NULL;
  g_autofree char *arm = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (g_getenv ("JMP_DRIVER_INF"), &inf, NULL, &error);
  assert_no_error (error);
  x86 = read_section (inf, "Boards.NTamd64");
  arm = read_section (inf, "Boards.NTarm64");
  assert_string_equal (x86, expected);
  assert_string_equal (arm, expected);
}

/* Every name that is used is there, and the driver is Windows' own. */
static void
test_driver_package_is_complete (void **state)
{
  g_autofree char *inf = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) name = g_regex_new ("%([A-Za-z0-9.]+)% =", 0, 0, &error);
  g_autoptr (GMatchInfo) match = NULL;

  assert_no_error (error);
  g_file_get_contents (g_getenv ("JMP_DRIVER_INF"), &inf, NULL, &error);
  assert_no_error (error);
  assert_true (g_regex_match (name, inf, 0, &match));
  for (; g_match_info_matches (match); g_match_info_next (match, NULL)) {
    g_autofree char *word = g_match_info_fetch (match, 1);
    g_autofree char *text = g_strdup_printf ("\n%s =", word);
    g_autofree char *aligned = g_strdup_printf ("\n%-15s =", word);

    if (strstr (inf, text) == NULL && strstr (inf, aligned) == NULL)
      fail_msg ("%s is not in [Strings]", word);
  }
  assert_non_null (strstr (inf, "\nInclude = winusb.inf\nNeeds   = WINUSB.NT\n"));
  assert_non_null (strstr (inf, "\nInclude = winusb.inf\nNeeds   = WINUSB.NT.Services\n"));
  assert_null (strstr (inf, "CopyFiles"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_driver_package_has_the_ids_of_the_catalogue),
    cmocka_unit_test (test_driver_package_is_complete),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
