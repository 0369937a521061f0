/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "device/practice.h"
#include "jumperctl/session.h"

static CtlBoard *
add (CtlSession *session, const char *text)
{
  g_autoptr (JmpDevice) device = jmp_practice_device_parse (text, NULL);

  assert_non_null (device);
  return ctl_session_add_board (session, device);
}

static void
test_board_labels_are_unique (void **state)
{
  g_autoptr (CtlSession) session = ctl_session_new (&ctl_command_flash);
  CtlBoard *first = add (session, "virtual:pyboard,speed=0");
  CtlBoard *other = add (session, "virtual:f072,speed=0");
  CtlBoard *second = add (session, "virtual:pyboard,speed=0");
  CtlBoard *third = add (session, "virtual:pyboard,speed=0");
  g_autofree char *name = ctl_board_file_name (third, ".dfu");

  assert_ptr_equal (first, session->board);
  assert_int_equal (session->boards->len, 4);
  assert_string_equal (first->label, "virtual:pyboard");
  assert_string_equal (other->label, "virtual:f072");
  assert_string_equal (second->label, "virtual:pyboard#2");
  assert_string_equal (third->label, "virtual:pyboard#3");
  assert_string_equal (name, "virtual-pyboard-3.dfu");
}

static void
test_board_keeps_its_warnings (void **state)
{
  g_autoptr (CtlBoard) board = ctl_board_new ();

  ctl_board_warn (board, "%s %d", "one", 1);
  assert_int_equal (board->warnings->len, 1);
  assert_string_equal (g_ptr_array_index (board->warnings, 0), "one 1");
  assert_null (ctl_board_get_outcome (board));
}

static void
test_board_paths_depend_on_what_was_asked_for (void **state)
{
  static const struct {
    const char *name;
    const char *arguments;
    gboolean several;
    const char *path;
  } rows[] = {
    { "the only board", "a", FALSE, "there" },
    { "one that is named", "a -d virtual:pyboard", FALSE, "there" },
    { "two that are named", "a -d virtual -d virtual", TRUE, "there/virtual-pyboard.dfu" },
    { "all that are there", "a --all", TRUE, "there/virtual-pyboard.dfu" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (CtlSession) session = ctl_session_new (&ctl_command_flash);
    g_auto (GStrv) arguments = g_strsplit (rows[i].arguments, " ", -1);
    g_autoptr (GError) error = NULL;
    g_autofree char *path = NULL;
    g_autofree char *none = NULL;
    g_autofree char *expected = g_strdelimit (g_strdup (rows[i].path), "/", G_DIR_SEPARATOR);

    print_message ("%s\n", rows[i].name);
    ctl_options_parse (&session->options, session->command, (const char *const *)arguments, &error);
    assert_no_error (error);
    add (session, "virtual:pyboard,speed=0");
    assert_int_equal (ctl_session_is_for_several (session), rows[i].several);
    path = ctl_session_make_path (session, session->board, "there", ".dfu");
    assert_string_equal (path, expected);
    none = ctl_session_make_path (session, session->board, NULL, ".dfu");
    assert_null (none);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_board_labels_are_unique),
    cmocka_unit_test (test_board_keeps_its_warnings),
    cmocka_unit_test (test_board_paths_depend_on_what_was_asked_for),
  };

  return cmocka_run_group_tests_name ("app/board", tests, NULL, NULL);
}
