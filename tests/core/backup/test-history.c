/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "backup/history.h"
#include "base/error.h"

#include <glib/gstdio.h>
#include <string.h>

#define DATE 1795262400

typedef struct {
  char *root;
  char *folder;
} Fixture;

static int
set_up (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->root = g_dir_make_tmp ("jumper-history-XXXXXX", NULL);
  self->folder = g_build_filename (self->root, "state", "history", NULL);
  *state = self;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *self = *state;
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  g_autofree char *parent = g_path_get_dirname (self->folder);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (self->folder, name, NULL);

    g_remove (path);
  }
  g_remove (self->folder);
  g_remove (parent);
  g_remove (self->root);
  g_free (self->folder);
  g_free (self->root);
  g_free (self);
  return 0;
}

static GPtrArray *
list (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = jmp_history_list (self->folder, NULL, &error);

  assert_no_error (error);
  return entries;
}

static void
add (Fixture *self, gint64 date, const char *board)
{
  const JmpHistoryEntry entry = { .date = date, .board = (char *)board };
  g_autoptr (GError) error = NULL;

  assert_true (jmp_history_add (self->folder, &entry, &error));
}

static guint
count_files (Fixture *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_history_is_empty_at_first (void **state)
{
  g_autoptr (GPtrArray) entries = list (*state);
  Fixture *self = *state;

  assert_int_equal (entries->len, 0);
  assert_true (jmp_history_clear (self->folder, NULL));
}

static void
test_history_keeps_what_was_done (void **state)
{
  Fixture *self = *state;
  const JmpHistoryEntry entry = {
    .date = DATE,
    .kind = JMP_HISTORY_RESTORE,
    .result = JMP_HISTORY_FAILED,
    .board = (char *)"pyboard v1.1",
    .serial = (char *)"3254335D3037",
    .firmware = (char *)"PYBV11-20260601.dfu",
    .version = (char *)"v1.29.0",
    .error = (char *)"erasing 0x08004000: the board went away\n",
    .error_code = (char *)"disconnected",
    .seconds = 12.5,
    .bytes = 367000,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  const JmpHistoryEntry *found;

  assert_true (jmp_history_add (self->folder, &entry, &error));
  entries = list (self);
  assert_int_equal (entries->len, 1);
  found = g_ptr_array_index (entries, 0);
  assert_int_equal (found->date, DATE);
  assert_int_equal (found->kind, JMP_HISTORY_RESTORE);
  assert_int_equal (found->result, JMP_HISTORY_FAILED);
  assert_string_equal (found->board, entry.board);
  assert_string_equal (found->serial, entry.serial);
  assert_string_equal (found->firmware, entry.firmware);
  assert_string_equal (found->version, entry.version);
  assert_string_equal (found->error, "erasing 0x08004000: the board went away ");
  assert_string_equal (found->error_code, "disconnected");
  assert_true (found->seconds > 12.49 && found->seconds < 12.51);
  assert_int_equal (found->bytes, 367000);
}

static void
test_history_is_newest_first_and_bounded (void **state)
{
  Fixture *self = *state;
  g_autoptr (GPtrArray) entries = NULL;

  add (self, DATE + JMP_HISTORY_MAX + 5, "last");
  for (guint i = 0; i < JMP_HISTORY_MAX + 5; i++)
    add (self, DATE + i, "board");
  entries = list (self);
  assert_int_equal (entries->len, JMP_HISTORY_MAX);
  assert_int_equal (count_files (self), JMP_HISTORY_MAX);
  assert_string_equal (((JmpHistoryEntry *)g_ptr_array_index (entries, 0))->board, "last");
  for (guint i = 1; i < entries->len; i++)
    assert_int_equal (((JmpHistoryEntry *)g_ptr_array_index (entries, i))->date,
                      DATE + JMP_HISTORY_MAX + 5 - i);
}

static void
test_history_leaves_out_what_is_damaged (void **state)
{
  static const char *const contents[] = {
    "",
    "{",
    "[]",
    "{}",
    "{\"date\": -1, \"kind\": \"install\", \"result\": \"done\"}",
    "{\"date\": 1, \"kind\": \"danced\", \"result\": \"done\"}",
    "{\"date\": 1, \"kind\": \"install\", \"result\": 7}",
    "\xff\xfe",
  };
  Fixture *self = *state;
  g_autoptr (GPtrArray) entries = NULL;

  add (self, DATE, "board");
  for (guint i = 0; i < G_N_ELEMENTS (contents); i++) {
    g_autofree char *name = g_strdup_printf ("9%u.json", i);
    g_autofree char *path = g_build_filename (self->folder, name, NULL);

    assert_true (g_file_set_contents (path, contents[i], -1, NULL));
  }
  entries = list (self);
  assert_int_equal (entries->len, 1);
}

static void
test_history_takes_any_text (void **state)
{
  Fixture *self = *state;
  g_autofree char *text = g_strnfill (100000, 'x');
  const JmpHistoryEntry entry = { .board = text,
                                  .serial = (char *)"a\nb\x01\xff\xe2\x80\xae",
                                  .firmware = (char *)"" };
  g_autoptr (GPtrArray) entries = NULL;
  const JmpHistoryEntry *found;

  assert_true (jmp_history_add (self->folder, &entry, NULL));
  entries = list (self);
  assert_int_equal (entries->len, 1);
  found = g_ptr_array_index (entries, 0);
  assert_true (strlen (found->board) > 900 && strlen (found->board) < 1000);
  assert_string_equal (found->serial, "a b \xef\xbf\xbd ");
  assert_null (found->firmware);
  assert_true (found->date > DATE - 1000000000);
}

static void
test_history_is_forgotten_when_asked (void **state)
{
  Fixture *self = *state;
  g_autofree char *foreign = g_build_filename (self->folder, "notes.txt", NULL);
  g_autoptr (GPtrArray) entries = NULL;

  add (self, DATE, "one");
  add (self, DATE, "other");
  assert_true (g_file_set_contents (foreign, "x", -1, NULL));
  assert_true (jmp_history_clear (self->folder, NULL));
  entries = list (self);
  assert_int_equal (entries->len, 0);
  assert_int_equal (count_files (self), 1);
}

static void
test_history_says_when_it_cannot_be_kept (void **state)
{
  Fixture *self = *state;
  g_autofree char *parent = g_path_get_dirname (self->folder);
  const JmpHistoryEntry entry = { .date = DATE };
  g_autoptr (GError) error = NULL;

  assert_true (g_file_set_contents (parent, "a file", -1, NULL));
  assert_false (jmp_history_add (self->folder, &entry, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, "keeping the history");
}

int
main (void)
{
#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    TEST (test_history_is_empty_at_first),
    TEST (test_history_keeps_what_was_done),
    TEST (test_history_is_newest_first_and_bounded),
    TEST (test_history_leaves_out_what_is_damaged),
    TEST (test_history_takes_any_text),
    TEST (test_history_is_forgotten_when_asked),
    TEST (test_history_says_when_it_cannot_be_kept),
  };

  return cmocka_run_group_tests_name ("backup/history", tests, NULL, NULL);
}
