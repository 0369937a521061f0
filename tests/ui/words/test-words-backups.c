/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "words/words-backups.h"

/* 2026-11-21 12:00:00 UTC */
#define NOON 1795262400
#define HOUR 3600
#define DAY  (24 * HOUR)

static void
test_words_of_a_date (void **state)
{
  const struct {
    const char *name;
    gint64 date;
    const char *expected;
  } rows[] = {
    { "now", NOON, "Today, 12:00" },
    { "this morning", NOON - 12 * HOUR, "Today, 00:00" },
    { "last night", NOON - 12 * HOUR - 1, "Yesterday, 23:59" },
    { "the day before", NOON - DAY, "Yesterday, 12:00" },
    { "two days before", NOON - 2 * DAY, "19 November 2026, 12:00" },
    { "a day of one digit", NOON - 14 * DAY, "7 November 2026, 12:00" },
    { "a year before, the same day", NOON - 365 * DAY, "21 November 2025, 12:00" },
    { "a clock that was wrong", NOON + DAY, "22 November 2026, 12:00" },
    { "no date at all", G_MAXINT64, "Unknown date" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = jmp_words_when (rows[i].date, NOON);

    print_message ("  %s\n", rows[i].name);
    assert_string_equal (text, rows[i].expected);
  }
}

static void
test_words_of_a_backup (void **state)
{
  JmpBackup backup = { .date = NOON,
                       .size = 1024 * 1024,
                       .version = (char *)"v1.28.0",
                       .reason = JMP_BACKUP_FIRST_FLASH };
  g_autofree char *full = jmp_words_backup (&backup);
  g_autofree char *name = jmp_words_backup_name (&backup, NOON);
  g_autofree char *unknown = NULL;

  assert_string_equal (full, "1 MiB · v1.28.0 · Before the first update");
  assert_string_equal (name, "Backup: Today, 12:00");
  backup.version = NULL;
  unknown = jmp_words_backup (&backup);
  assert_string_equal (unknown, "1 MiB · Before the first update");
}

/* Every reason, and every end of every kind of work, is told apart from the others. */
static void
test_words_are_all_different (void **state)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int i = 0; i < JMP_BACKUP_REASON_N; i++)
    assert_true (g_hash_table_add (seen, (gpointer)jmp_words_backup_reason ((JmpBackupReason)i)));
  for (int kind = 0; kind < JMP_HISTORY_KIND_N; kind++)
    for (int result = 0; result < JMP_HISTORY_RESULT_N; result++)
      assert_true (g_hash_table_add (
          seen,
          (gpointer)jmp_words_history_result ((JmpHistoryKind)kind, (JmpHistoryResult)result)));
}

static void
test_words_of_what_was_done (void **state)
{
  JmpHistoryEntry entry = { .board = (char *)"Pyboard",
                            .firmware = (char *)"MicroPython",
                            .version = (char *)"v1.29.0",
                            .seconds = 12,
                            .bytes = 4096 };
  g_autofree char *full = jmp_words_history (&entry);
  g_autofree char *less = NULL;

  assert_true (g_str_has_prefix (full, "Pyboard · MicroPython (v1.29.0) · 4 KiB in 12"));
  entry = (JmpHistoryEntry){ .seconds = 12 };
  less = jmp_words_history (&entry);
  assert_true (g_str_has_prefix (less, "Unknown board · 12"));
}

/* Before anything asks GLib, which remembers the answer. */
static int
setup (void **state)
{
  return g_setenv ("TZ", "UTC", TRUE) ? 0 : -1;
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_words_of_a_date),
    cmocka_unit_test (test_words_of_a_backup),
    cmocka_unit_test (test_words_are_all_different),
    cmocka_unit_test (test_words_of_what_was_done),
  };

  return cmocka_run_group_tests_name ("ui/words-backups", tests, setup, NULL);
}
