/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "base/error.h"
#include "board/known-boards.h"

#include <glib/gstdio.h>
#include <string.h>

#define T(text)    ((char *)(text))
#define SERIAL     "207A3C7D3030"
#define ANOTHER    "336B376B3238"
#define RUNNING    "3F0037000C50"
#define NOT_UNIQUE "000000000000"

static int
make_folder (void **state)
{
  *state = g_dir_make_tmp ("jumper-boards-XXXXXX", NULL);
  return *state == NULL ? -1 : 0;
}

static int
remove_folder (void **state)
{
  g_autofree char *path = *state;
  g_autofree char *inner = g_build_filename (path, "boards", NULL);
  g_autoptr (GDir) folder = g_dir_open (inner, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *file = g_build_filename (inner, name, NULL);

    g_remove (file);
  }
  g_remove (inner);
  return g_rmdir (path);
}

static JmpKnownBoards *
open_boards (void **state)
{
  g_autofree char *inner = g_build_filename (*state, "boards", NULL);

  return jmp_known_boards_new (inner);
}

static char *
file_of (void **state, const char *serial)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, serial, -1);
  g_autofree char *name = g_strconcat (hash, ".json", NULL);

  return g_build_filename (*state, "boards", name, NULL);
}

static void
set (JmpKnownBoards *boards, const JmpKnownBoard *board)
{
  g_autoptr (GError) error = NULL;

  assert_true (jmp_known_boards_set (boards, board, &error));
  assert_no_error (error);
}

static void
assert_no_problem (JmpKnownBoards *boards)
{
  g_autoptr (GError) problem = jmp_known_boards_steal_problem (boards);

  assert_no_error (problem);
}

static void
test_known_boards_there_and_back (void **state)
{
  g_autoptr (JmpKnownBoards) boards = open_boards (state);
  const JmpKnownBoard all = { T (SERIAL),   T ("Anna’s \"board\""),
                              T ("PYBV11"), T ("DP"),
                              T ("1.29.0"), T (RUNNING),
                              TRUE,         TRUE };
  const JmpKnownBoard little = { .serial = T (SERIAL), .nickname = T ("Left") };
  g_autoptr (JmpKnownBoard) none = jmp_known_boards_find (boards, SERIAL);
  g_autoptr (JmpKnownBoard) found = NULL;
  g_autoptr (JmpKnownBoard) replaced = NULL;

  assert_null (none);
  set (boards, &all);
  found = jmp_known_boards_find (boards, SERIAL);
  assert_string_equal (found->serial, SERIAL);
  assert_string_equal (found->nickname, "Anna’s \"board\"");
  assert_string_equal (found->board_id, "PYBV11");
  assert_string_equal (found->variant, "DP");
  assert_string_equal (found->version, "1.29.0");
  assert_string_equal (found->running_serial, RUNNING);
  assert_true (found->backed_up);
  assert_true (found->unfinished);
  set (boards, &little);
  replaced = jmp_known_boards_find (boards, SERIAL);
  assert_string_equal (replaced->nickname, "Left");
  assert_null (replaced->board_id);
  assert_null (replaced->running_serial);
  assert_false (replaced->backed_up);
  assert_no_problem (boards);
}

/* Nothing is left of the way it was written, and nobody else may read it. */
static void
test_known_boards_writes_one_file (void **state)
{
  g_autoptr (JmpKnownBoards) boards = open_boards (state);
  const JmpKnownBoard board = { .serial = T (SERIAL), .board_id = T ("PYBV11") };
  g_autofree char *path = file_of (state, SERIAL);
  g_autofree char *inner = g_build_filename (*state, "boards", NULL);
  g_autoptr (GDir) folder = NULL;

  set (boards, &board);
  set (boards, &board);
  folder = g_dir_open (inner, 0, NULL);
  assert_non_null (g_dir_read_name (folder));
  assert_null (g_dir_read_name (folder));
  assert_only_owner_reads (path);
}

static void
test_known_boards_finds_a_running_board (void **state)
{
  g_autoptr (JmpKnownBoards) boards = open_boards (state);
  const JmpKnownBoard one = { .serial = T (SERIAL), .running_serial = T (RUNNING) };
  const JmpKnownBoard other = { .serial = T (ANOTHER), .running_serial = T ("3F0037000C51") };
  const JmpKnownBoard twin = { .serial = T (ANOTHER), .running_serial = T (RUNNING) };
  g_autoptr (JmpKnownBoard) found = NULL;

  assert_null (jmp_known_boards_find_running (boards, RUNNING));
  set (boards, &one);
  set (boards, &other);
  found = jmp_known_boards_find_running (boards, RUNNING);
  assert_string_equal (found->serial, SERIAL);
  assert_null (jmp_known_boards_find_running (boards, "3F0037000C52"));
  assert_null (jmp_known_boards_find_running (boards, NULL));
  set (boards, &twin);
  assert_null (jmp_known_boards_find_running (boards, RUNNING));
  assert_no_problem (boards);
}

static void
test_known_boards_keeps_nothing_of_shared_numbers (void **state)
{
  static const char *const serials[] = { NULL, "", NOT_UNIQUE, "FFFFFFFEFFFF" };
  g_autofree char *inner = g_build_filename (*state, "boards", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (serials); i++) {
    g_autoptr (JmpKnownBoards) boards = open_boards (state);
    const JmpKnownBoard board = { .serial = T (serials[i]), .nickname = T ("Mine") };

    set (boards, &board);
    assert_null (jmp_known_boards_find (boards, serials[i]));
  }
  assert_false (g_file_test (inner, G_FILE_TEST_EXISTS));
}

static void
test_known_boards_refuses_what_it_could_not_read (void **state)
{
  static const struct {
    const char *name;
    JmpKnownBoard board;
  } cases[] = {
    { "two lines", { .serial = T (SERIAL), .nickname = T ("a\nb") } },
    { "not UTF-8", { .serial = T (SERIAL), .nickname = T ("\xFF\xFE") } },
    { "no plain name", { .serial = T (SERIAL), .board_id = T ("../PYBV11") } },
    { "a blank", { .serial = T (SERIAL), .version = T ("1.29 beta") } },
  };
  g_autofree char *inner = g_build_filename (*state, "boards", NULL);
  g_autoptr (JmpKnownBoards) boards = open_boards (state);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    if (jmp_known_boards_set (boards, &cases[i].board, &error))
      fail_msg ("%s was taken", cases[i].name);
    assert_error (error, JMP_ERROR, JMP_ERROR_USAGE, "cannot be kept");
  }
  assert_false (g_file_test (inner, G_FILE_TEST_EXISTS));
}

static void
damage (void **state, const char *text)
{
  g_autofree char *path = file_of (state, SERIAL);
  g_autofree char *inner = g_path_get_dirname (path);

  g_mkdir (inner, 0700);
  assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* The person may still want what was in it. */
static void
test_known_boards_puts_a_damaged_file_aside (void **state)
{
  static const char *const texts[] = {
    "",
    "{\"schema\": 1, \"serial\": \"207A",
    "{\"schema\": 1}",
    "{\"schema\": 1, \"serial\": \"207A3C7D3030\", \"colour\": \"red\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (JmpKnownBoards) boards = open_boards (state);
    const JmpKnownBoard board = { .serial = T (SERIAL), .nickname = T ("Mine") };
    g_autofree char *path = file_of (state, SERIAL);
    g_autofree char *aside = g_strconcat (path, ".damaged", NULL);
    g_autofree char *kept = NULL;
    g_autoptr (JmpKnownBoard) found = NULL;
    g_autoptr (GError) problem = NULL;

    damage (state, texts[i]);
    assert_null (jmp_known_boards_find (boards, SERIAL));
    problem = jmp_known_boards_steal_problem (boards);
    assert_error (problem, JMP_ERROR, JMP_ERROR_INVALID_FILE, aside);
    assert_no_problem (boards);
    assert_true (g_file_get_contents (aside, &kept, NULL, NULL));
    assert_string_equal (kept, texts[i]);
    set (boards, &board);
    found = jmp_known_boards_find (boards, SERIAL);
    assert_string_equal (found->nickname, "Mine");
    assert_no_problem (boards);
  }
}

/* What a newer version of the program has written is not lost to an older one. */
static void
test_known_boards_leaves_a_newer_file_alone (void **state)
{
  const char *text = "{\"schema\": 2, \"serial\": \"207A3C7D3030\"}";
  g_autoptr (JmpKnownBoards) boards = open_boards (state);
  const JmpKnownBoard board = { .serial = T (SERIAL), .nickname = T ("Mine") };
  g_autofree char *path = file_of (state, SERIAL);
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) problem = NULL;

  damage (state, text);
  assert_null (jmp_known_boards_find (boards, SERIAL));
  assert_false (jmp_known_boards_set (boards, &board, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "schema 2");
  problem = jmp_known_boards_steal_problem (boards);
  assert_error (problem, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, path);
  assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  assert_string_equal (kept, text);
}

static void
test_known_boards_of_another_serial_number (void **state)
{
  g_autoptr (JmpKnownBoards) boards = open_boards (state);

  damage (state, "{\"schema\": 1, \"serial\": \"336B376B3238\", \"nickname\": \"Theirs\"}");
  assert_null (jmp_known_boards_find (boards, SERIAL));
}

static void
test_known_boards_without_a_folder (void **state)
{
  g_autofree char *inner = g_build_filename (*state, "boards", NULL);
  g_autoptr (JmpKnownBoards) boards = open_boards (state);
  const JmpKnownBoard board = { .serial = T (SERIAL), .nickname = T ("Mine") };
  g_autoptr (GError) error = NULL;

  assert_true (g_file_set_contents (inner, "a file where a folder is meant", -1, NULL));
  assert_null (jmp_known_boards_find (boards, SERIAL));
  assert_null (jmp_known_boards_find_running (boards, RUNNING));
  assert_false (jmp_known_boards_set (boards, &board, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, inner);
}

static void
test_known_boards_of_two_programs (void **state)
{
  g_autoptr (JmpKnownBoards) window = open_boards (state);
  g_autoptr (JmpKnownBoards) command = open_boards (state);
  const JmpKnownBoard first = { .serial = T (SERIAL), .nickname = T ("Mine") };
  const JmpKnownBoard second = { .serial = T (ANOTHER), .version = T ("1.29.0") };
  g_autoptr (JmpKnownBoard) changed = NULL;
  g_autoptr (JmpKnownBoard) both = NULL;
  g_autoptr (JmpKnownBoard) other = NULL;

  set (window, &first);
  set (command, &second);
  changed = jmp_known_boards_find (command, SERIAL);
  changed->version = g_strdup ("1.28.0");
  set (command, changed);
  both = jmp_known_boards_find (window, SERIAL);
  assert_string_equal (both->nickname, "Mine");
  assert_string_equal (both->version, "1.28.0");
  other = jmp_known_boards_find (window, ANOTHER);
  assert_string_equal (other->version, "1.29.0");
}

#define N_THREADS 8
#define N_ROUNDS  20

typedef struct {
  char *folder;
  guint index;
} Program;

/* Each has a board of its own, and one that all of them change. */
static gpointer
change_boards (gpointer data)
{
  const Program *program = data;
  g_autoptr (JmpKnownBoards) boards = jmp_known_boards_new (program->folder);
  g_autofree char *serial = g_strdup_printf ("207A3C7D30%02u", program->index);

  for (guint round = 0; round < N_ROUNDS; round++) {
    g_autofree char *name = g_strdup_printf ("round %u", round);
    const JmpKnownBoard own = { .serial = serial, .nickname = name };
    const JmpKnownBoard shared = { .serial = T (ANOTHER), .nickname = serial };
    g_autoptr (JmpKnownBoard) seen = NULL;

    if (!jmp_known_boards_set (boards, &own, NULL) || !jmp_known_boards_set (boards, &shared, NULL))
      return T ("a board was not kept");
    seen = jmp_known_boards_find (boards, ANOTHER);
    if (seen == NULL || !g_str_has_prefix (seen->nickname, "207A3C7D30"))
      return T ("half a file was seen");
    jmp_known_board_free (g_steal_pointer (&seen));
    seen = jmp_known_boards_find (boards, serial);
    if (seen == NULL || strcmp (seen->nickname, name) != 0)
      return T ("the own board has changed");
  }
  return NULL;
}

static void
test_known_boards_changed_by_many_at_once (void **state)
{
  g_autofree char *inner = g_build_filename (*state, "boards", NULL);
  Program programs[N_THREADS];
  GThread *threads[N_THREADS];
  const char *complaint = NULL;

  for (guint i = 0; i < N_THREADS; i++) {
    programs[i] = (Program){ inner, i };
    threads[i] = g_thread_new ("program", change_boards, &programs[i]);
  }
  for (guint i = 0; i < N_THREADS; i++) {
    const char *said = g_thread_join (threads[i]);

    complaint = said != NULL ? said : complaint;
  }
  if (complaint != NULL)
    fail_msg ("%s", complaint);
}

#define FOLDER_TEST(name) cmocka_unit_test_setup_teardown (name, make_folder, remove_folder)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    FOLDER_TEST (test_known_boards_there_and_back),
    FOLDER_TEST (test_known_boards_writes_one_file),
    FOLDER_TEST (test_known_boards_finds_a_running_board),
    FOLDER_TEST (test_known_boards_keeps_nothing_of_shared_numbers),
    FOLDER_TEST (test_known_boards_refuses_what_it_could_not_read),
    FOLDER_TEST (test_known_boards_puts_a_damaged_file_aside),
    FOLDER_TEST (test_known_boards_leaves_a_newer_file_alone),
    FOLDER_TEST (test_known_boards_of_another_serial_number),
    FOLDER_TEST (test_known_boards_without_a_folder),
    FOLDER_TEST (test_known_boards_of_two_programs),
    FOLDER_TEST (test_known_boards_changed_by_many_at_once),
  };

  return cmocka_run_group_tests_name ("core/board/known-boards", tests, NULL, NULL);
}
